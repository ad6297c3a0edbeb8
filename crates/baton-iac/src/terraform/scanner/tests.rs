//! Tokens and comments of Terraform texts.

use super::{TokenKind, comments, tokens};
use proptest::prelude::*;

fn check_comments(text: &str, expected: &[&str]) {
    let found: Vec<&str> = comments(text).iter().map(|span| span.of(text)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn finds_comments_and_only_those() {
    check_comments(
        "a = 1 # one\n// two\r\n/* three\n */ b = 2",
        &["# one", "// two", "/* three\n */"],
    );
    check_comments("\u{feff}# first", &["# first"]);
    check_comments("a = \"# no\" # yes", &["# yes"]);
    check_comments("a = \"\\\" # no\" # yes", &["# yes"]);
    check_comments("a = \"https://x\"", &[]);
    check_comments("a = \"${b[\"# no\"]} # no\" # yes", &["# yes"]);
    check_comments("a = \"${{ b = { c = 1 } }} # no\"", &[]);
    check_comments("a = \"${\n b # inside\n}\"", &["# inside"]);
    check_comments("a = \"$${ # no\"", &[]);
    check_comments("a = <<EOT\n# no\n  EOT no\n\"\nEOT\n# yes", &["# yes"]);
    check_comments(
        "a = <<-EOT\r\n# no ${x # in\r\n} # no\r\n  EOT\r\n# yes\r\n",
        &["# in", "# yes"],
    );
    check_comments("a = <<EOT\nEOT\n# yes", &["# yes"]);
    check_comments("a = 1 << 2 # yes", &["# yes"]);
    check_comments("a = \"${b ~} # no\" # yes", &["# yes"]);
}

#[test]
fn a_broken_text_still_has_comments() {
    check_comments("a = \"lost\n# yes\nb = \"\\\n# too", &["# yes", "# too"]);
    check_comments("}}} # yes", &["# yes"]);
    check_comments("/* open", &["/* open"]);
}

#[test]
fn tokens_have_kinds() {
    let text = "a_b = \"x${-1.5e3}y\" => <<E\nz\nE\n";
    let kinds: Vec<TokenKind> = tokens(text).iter().map(|token| token.kind).collect();
    let expected = [
        TokenKind::Identifier,
        TokenKind::Punctuation,
        TokenKind::OpenQuote,
        TokenKind::QuotedText,
        TokenKind::OpenTemplate,
        TokenKind::Punctuation,
        TokenKind::Number,
        TokenKind::CloseTemplate,
        TokenKind::QuotedText,
        TokenKind::CloseQuote,
        TokenKind::Punctuation,
        TokenKind::OpenHeredoc,
        TokenKind::HeredocText,
        TokenKind::CloseHeredoc,
        TokenKind::Newline,
    ];
    assert_eq!(kinds, expected);
}

proptest! {
    #[test]
    fn tokens_cover_all_but_blanks(text in "([a-z\"#$%{}~<\\-\\\\ \n\r/*é]|<<E\n|E\n|\\$\\{){0,60}") {
        let mut at = 0;
        for token in tokens(&text) {
            let start = token.span.start as usize;
            let between = text.get(at..start).expect("tokens are in order");
            prop_assert!(between.trim().is_empty());
            prop_assert!(!token.span.of(&text).is_empty());
            at = token.span.end as usize;
        }
        prop_assert!(text.get(at..).is_some_and(|rest| rest.trim().is_empty()));
    }
}
