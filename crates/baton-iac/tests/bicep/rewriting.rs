//! What formatting keeps of every text.

use baton_iac::bicep::format::{IndentKind, Newline, Options, format};
use baton_iac::bicep::{self, DeclarationKind, TokenKind};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::properties::PIECES;

/// Tokens and comments in their order; what the formatter sets itself is left out.
fn said(text: &str) -> Vec<String> {
    let is_said = |kind| {
        !matches!(
            kind,
            TokenKind::Whitespace
                | TokenKind::Newline
                | TokenKind::Comma
                | TokenKind::Pipe
                | TokenKind::ByteOrderMark
        )
    };
    let tokens = bicep::lex(text).into_iter();
    let said = tokens.filter(|token| is_said(token.kind));
    said.map(|token| {
        let text = token
            .span
            .of(text)
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        match token.kind {
            TokenKind::Directive => text.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => text,
        }
    })
    .collect()
}

/// The same without blanks: a string that is not closed runs on into the last line end.
fn letters(text: &str) -> String {
    let said = said(text).concat();
    said.chars()
        .filter(|it| !it.is_whitespace() && *it != '\u{feff}')
        .collect()
}

fn settles(text: &str, options: &Options) -> String {
    let once = format(text, options);
    assert_eq!(format(&once, options), once, "{text:?}");
    once
}

fn options() -> impl Strategy<Value = Options> {
    let newline = prop_oneof![Just(Newline::Lf), Just(Newline::CrLf), Just(Newline::Cr)];
    let kind = prop_oneof![Just(IndentKind::Space), Just(IndentKind::Tab)];
    (kind, 0_usize..5, newline, 0_usize..130, any::<bool>()).prop_map(
        |(indent_kind, indent_size, newline, width, final_newline)| Options {
            indent_kind,
            indent_size,
            newline,
            width,
            final_newline,
        },
    )
}

/// Writes a file that can be read, choice by choice; without choices left, the plainest.
struct Writer {
    choices: Vec<u8>,
}

const VALUES: [&str; 5] = [
    "name",
    "12",
    "'a ${ b }  ${'c${d}'} e'",
    "'''\n  lines \n'''",
    "null",
];
const TYPES: [&str; 4] = ["string", "'text'", "res<'A/b@1'>", "a.b?"];

impl Writer {
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.number(of.len())]
    }

    fn number(&mut self, below: usize) -> usize {
        usize::from(self.choices.pop().unwrap_or_default()) % below
    }

    /// Blanks and comments that may stand between any two tokens of a line.
    fn gap(&mut self) -> &'static str {
        self.one(&["", "", " ", "\t ", " /* é */ "])
    }

    /// A line break, with what may stand before it.
    fn newline(&mut self) -> &'static str {
        self.one(&["\n", "\n\n", " // c\n", "\n  \t\n\n", "\n// d\n", "\r\n"])
    }

    fn space(&mut self) -> &'static str {
        match self.number(2) {
            0 => self.gap(),
            _ => self.newline(),
        }
    }

    fn between(&mut self) -> &'static str {
        match self.number(2) {
            0 => ",",
            _ => self.newline(),
        }
    }

    /// Items with commas or line breaks between.
    fn items(&mut self, depth: usize, item: fn(&mut Self, usize) -> String) -> String {
        let mut text = self.space().to_owned();
        for at in 0..self.number(4) {
            text.push_str(if at > 0 { self.between() } else { "" });
            text.push_str(&item(self, depth));
        }
        text + self.space()
    }

    fn call(&mut self, depth: usize) -> String {
        let first = self.space();
        let argument = |it: &mut Self, at: usize| {
            let gap = if at > 0 { it.space() } else { "" };
            format!("{gap}{}", it.value(depth))
        };
        let count = self.number(4);
        let arguments: Vec<String> = (0..count).map(|at| argument(self, at)).collect();
        format!("call({first}{}{})", arguments.join(","), self.space())
    }

    fn property(&mut self, depth: usize) -> String {
        match self.number(4) {
            0 => format!("...{}", self.value(depth)),
            _ => format!("key{}:{}{}", self.gap(), self.gap(), self.value(depth)),
        }
    }

    fn item(&mut self, depth: usize) -> String {
        match self.number(4) {
            0 => format!("...{}", self.value(depth)),
            _ => self.value(depth),
        }
    }

    fn value(&mut self, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else {
            return self.one(&VALUES).to_owned();
        };
        let choice = self.number(9);
        let (x, y) = (self.space(), self.gap());
        match choice {
            0 => self.one(&VALUES).to_owned(),
            1 => format!("{{{}}}", self.items(depth, Self::property)),
            2 => format!("[{}]", self.items(depth, Self::item)),
            3 => self.call(depth),
            4 => format!("a{y}+{}{} == b", self.gap(), self.value(depth)),
            5 => {
                let then = self.value(depth);
                format!("a && b{x}? {then}{}: {}", self.space(), self.value(depth))
            }
            6 => format!("call(x,(y, z) =>{x}{})", self.value(depth)),
            7 => format!("({y}{}{}).b[{y}0]", self.value(depth), self.gap()),
            _ => format!("[{x}for i in is:{}{}]", self.value(depth), self.space()),
        }
    }

    fn typed_property(&mut self, depth: usize) -> String {
        let decorator = self.one(&["", "@sealed()\n"]);
        format!("{decorator}key:{}{}", self.gap(), self.ty(depth))
    }

    fn ty(&mut self, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else {
            return self.one(&TYPES).to_owned();
        };
        match self.number(5) {
            0 => self.one(&TYPES).to_owned(),
            1 => format!("{{{}}}", self.items(depth, Self::typed_property)),
            2 => format!("[{}]", self.items(depth, Self::ty)),
            3 => {
                let first = self.ty(depth);
                format!("{{u: {first}{}|{}}}", self.union_space(), self.ty(depth))
            }
            _ => format!("({}{})[]", self.gap(), self.ty(depth)),
        }
    }

    /// A union goes on only right behind one run of line ends.
    fn union_space(&mut self) -> &'static str {
        self.one(&["", " ", " /* é */ ", "\n", "\n\n"])
    }

    fn declaration(&mut self) -> String {
        let choice = self.number(5);
        let (x, y) = (self.space(), self.gap());
        match choice {
            0 => format!("var{y} a{}={}{}", self.gap(), self.gap(), self.value(4)),
            1 => format!("@secure({x})\n\nparam p {}", self.ty(3)),
            2 => format!("type t={}| {}\n| 'b'", self.union_space(), self.ty(2)),
            3 => format!("func f(a {}) string =>{x}{}", self.ty(2), self.value(3)),
            _ => format!(
                "resource r 'A/b@1' ={y}{{\n a:{}\n@batchSize(1)\nresource s 'c' = {{}}\n}}",
                self.value(3)
            ),
        }
    }

    fn file(&mut self) -> String {
        let one = |it: &mut Self| format!("{}{}", it.declaration(), it.newline());
        (0..self.number(4)).map(|_| one(self)).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(384) })]

    #[test]
    fn any_text(text in "\\PC*", options in options()) {
        settles(&text, &options);
    }

    #[test]
    fn any_pieces(pieces in vec(prop::sample::select(PIECES), 0..60), options in options()) {
        let text = pieces.concat();
        let new = settles(&text, &options);
        prop_assert_eq!(letters(&text), letters(&new), "{:?} {:?}", text, new);
    }

    #[test]
    fn any_file(choices in vec(any::<u8>(), 0..200), options in options()) {
        let text = Writer { choices }.file();
        let (tree, errors) = bicep::parse(&text);
        prop_assert!(errors.is_empty(), "{:?} {:?}", text, errors);
        let new = settles(&text, &options);
        prop_assert_eq!(said(&text), said(&new), "{:?} {:?}", text, new);
        let (again, errors) = bicep::parse(&new);
        prop_assert!(errors.is_empty(), "{:?} {:?} {:?}", text, new, errors);
        prop_assert_eq!(tree.declarations.len(), again.declarations.len());
        let broken = |it: &bicep::Declaration| it.kind == DeclarationKind::Broken;
        prop_assert!(!again.declarations.iter().any(broken));
    }
}

#[test]
fn samples_settle() {
    for sample in crate::samples::all() {
        for width in [0, 40, 120] {
            let options = Options {
                width,
                ..Options::default()
            };
            let new = settles(&sample, &options);
            assert_eq!(said(&sample), said(&new));
        }
    }
}
