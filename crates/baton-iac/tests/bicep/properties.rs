//! What holds for every text.

use baton_iac::bicep::{self, DeclarationKind};
use baton_source::Span;
use proptest::collection::vec;
use proptest::prelude::*;

pub(crate) const PIECES: &[&str] = &[
    "param ",
    "var ",
    "type ",
    "func ",
    "resource ",
    "module ",
    "output ",
    "import ",
    "using ",
    "extension ",
    "targetScope",
    "metadata ",
    "existing ",
    "if ",
    "for ",
    "in ",
    "from ",
    "as ",
    "with ",
    "a",
    "b",
    "é",
    "1",
    "'s'",
    "'",
    "'''",
    "$'''",
    "$$",
    "${",
    "}",
    "{",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "@",
    "@secure()\n",
    ",",
    ".",
    "...",
    ":",
    "::",
    "?",
    "??",
    "=",
    "=>",
    "==",
    "!",
    "=~",
    "&&",
    "||",
    "|",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "//",
    "/*",
    "*/",
    "#disable",
    "\\",
    "\\u{",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\u{feff}",
    "null",
    "true",
    "'a${",
    "}b'",
    "resource a 'b' = {\n",
    "  resource c 'd' = {\n",
    "type t = {\n",
    "[for x in y: ",
    "(x, y) => ",
    "param p string\n",
];

fn fits(span: Span, text: &str) -> bool {
    span.start <= span.end
        && text.is_char_boundary(span.start as usize)
        && text.is_char_boundary(span.end as usize)
}

fn check(text: &str) {
    let tokens = bicep::lex(text);
    let mut end = 0;
    for token in &tokens {
        assert_eq!(token.span.start, end, "{text:?}");
        assert!(!token.span.is_empty() && fits(token.span, text), "{text:?}");
        end = token.span.end;
    }
    assert_eq!(end as usize, text.len(), "{text:?}");

    let (file, errors) = bicep::parse(text);
    let mut last = 0;
    for error in &errors {
        assert!(
            fits(error.span, text) && error.span.start >= last,
            "{text:?} {errors:?}"
        );
        last = error.span.start;
    }
    let mut end = 0;
    for declaration in &file.declarations {
        assert!(fits(declaration.span, text), "{text:?}");
        assert!(declaration.span.start >= end, "{text:?}");
        assert!(!declaration.span.is_empty(), "{text:?}");
        end = declaration.span.end;
        let own = errors.iter().filter(|error| {
            (declaration.span.start..=declaration.span.end).contains(&error.span.start)
        });
        let expected = usize::from(declaration.kind == DeclarationKind::Broken);
        assert!((expected..=1).contains(&own.count()), "{text:?} {errors:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_text(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_pieces(pieces in vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn damaged_samples(cut in 0_usize..8_000, length in 0_usize..40, piece in prop::sample::select(PIECES)) {
        for sample in [
            include_str!("../../../../fixtures/parsers/bicep/resources.bicep"),
            include_str!("../../../../fixtures/parsers/bicep/types.bicep"),
            include_str!("../../../../fixtures/parsers/bicep/strings.bicep"),
        ] {
            let chars: Vec<char> = sample.chars().collect();
            let start = cut % (chars.len() + 1);
            let damaged: String = chars
                .iter()
                .take(start)
                .chain(piece.chars().collect::<Vec<_>>().iter())
                .chain(chars.iter().skip(start + length))
                .collect();
            check(&damaged);
        }
    }
}
