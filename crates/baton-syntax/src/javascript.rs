//! Modules of JavaScript that hold nothing but data: what they export, as one tree.
//!
//! Literals, names of constants of the same module and `defineConfig(…)` around an object are
//! read; anything that would have to be run is left out and said.

mod scanner;

use baton_source::{Span, SyntaxError};

use crate::node::{Document, Entry, Node, Value};
use scanner::{Kind, Token};

/// How deep values may nest.
const MAX_DEPTH: usize = 64;

/// What a module exports. Errors tell what was not read; `root` is `None` when nothing was.
pub fn parse(text: &str) -> Document {
    let mut reader = Reader {
        text,
        tokens: scanner::tokens(text),
        errors: Vec::new(),
    };
    let root = if let Some(at) = reader.export() {
        reader.value(at, 0).map(|(node, _)| node)
    } else {
        let message = "nothing is exported in a way that can be read without running it";
        reader.errors.push(SyntaxError {
            span: Span::at(0),
            message: message.to_owned(),
        });
        None
    };
    Document {
        root,
        errors: reader.errors,
        duplicates: Vec::new(),
    }
}

struct Reader<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    errors: Vec<SyntaxError>,
}

/// Numbers of commitlint that have names.
const NAMES: [(&str, &str); 3] = [("Disabled", "0"), ("Warning", "1"), ("Error", "2")];

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| token.span.of(self.text))
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn span(&self, at: usize) -> Span {
        let end = Span::at(self.text.len());
        self.tokens.get(at).map_or(end, |token| token.span)
    }

    /// Where the exported value begins.
    fn export(&self) -> Option<usize> {
        (0..self.tokens.len()).find_map(|at| match self.word(at) {
            "export" if self.word(at + 1) == "default" => Some(at + 2),
            "module" if self.word(at + 1) == "." && self.word(at + 2) == "exports" => {
                (self.word(at + 3) == "=").then_some(at + 4)
            }
            _ => None,
        })
    }

    /// Where the value of a constant begins; types may stand between name and value.
    fn constant(&self, name: &str) -> Option<usize> {
        let declares = |at: &usize| {
            matches!(self.word(*at), "const" | "let" | "var") && self.word(at + 1) == name
        };
        let at = (0..self.tokens.len()).find(declares)?;
        let mut sign = at + 2;
        while !matches!(self.word(sign), "=" | ";" | "") {
            sign += 1;
        }
        (self.word(sign) == "=").then_some(sign + 1)
    }

    /// The value at a token and the token behind it; `None`, with an error, when it is no data.
    fn value(&mut self, at: usize, depth: usize) -> Option<(Node, usize)> {
        if depth > MAX_DEPTH {
            return self.refuse(at, "this is nested too deeply");
        }
        let span = self.span(at);
        let found = match (self.kind(at)?, self.word(at)) {
            (Kind::Text, _) => (text_node(self.text, span), at + 1),
            (Kind::Number, _) => (number(span, self.word(at)), at + 1),
            (Kind::Sign, "-") if self.kind(at + 1) == Some(Kind::Number) => {
                let lexeme = format!("-{}", self.word(at + 1));
                (number(span.to(self.span(at + 1)), &lexeme), at + 2)
            }
            (Kind::Sign, "{") => self.object(at, depth)?,
            (Kind::Sign, "[") => self.list(at, depth)?,
            (Kind::Sign, "(") => {
                let (node, next) = self.value(at + 1, depth + 1)?;
                let closed = self.word(next) == ")";
                return self.ends(node, if closed { next + 1 } else { next }, at);
            }
            (Kind::Word, "true") => (node(span, Value::Bool(true)), at + 1),
            (Kind::Word, "false") => (node(span, Value::Bool(false)), at + 1),
            (Kind::Word, "null" | "undefined") => (node(span, Value::Null), at + 1),
            (Kind::Word, "defineConfig") if self.word(at + 1) == "(" => {
                let (node, next) = self.value(at + 2, depth + 1)?;
                (node, next + 1)
            }
            (Kind::Word, "RuleConfigSeverity") if self.word(at + 1) == "." => {
                let name = self.word(at + 2);
                let Some((_, lexeme)) = NAMES.iter().find(|(known, _)| *known == name) else {
                    return self.refuse(at, "this is no level that commitlint knows");
                };
                (number(span.to(self.span(at + 2)), lexeme), at + 3)
            }
            (Kind::Word, name) => match self.constant(name) {
                Some(place) if place != at => {
                    let (node, _) = self.value(place, depth + 1)?;
                    (node, at + 1)
                }
                _ => return self.refuse(at, "this would have to be run to be known"),
            },
            _ => return self.refuse(at, "this would have to be run to be known"),
        };
        self.ends(found.0, found.1, at)
    }

    /// The value, if nothing is done with it.
    fn ends(&mut self, node: Node, next: usize, at: usize) -> Option<(Node, usize)> {
        match self.word(next) {
            "as" | "satisfies" => {
                let mut end = next;
                while !matches!(self.word(end), "," | ";" | "}" | "]" | ")" | "") {
                    end += 1;
                }
                Some((node, end))
            }
            // A statement may end without a sign.
            "," | ";" | "}" | "]" | ")" | "" | "export" | "module" | "const" | "let" | "var"
            | "import" => Some((node, next)),
            _ => self.refuse(at, "this would have to be run to be known"),
        }
    }

    fn refuse(&mut self, at: usize, message: &str) -> Option<(Node, usize)> {
        self.errors.push(SyntaxError {
            span: self.span(at),
            message: message.to_owned(),
        });
        None
    }

    fn list(&mut self, at: usize, depth: usize) -> Option<(Node, usize)> {
        let mut items = Vec::new();
        let mut next = at + 1;
        loop {
            match self.word(next) {
                "]" => break,
                "" => return None,
                "," => next += 1,
                _ => match self.value(next, depth + 1) {
                    Some((item, after)) => {
                        items.push(item);
                        next = after;
                    }
                    None => next = self.skipped(next),
                },
            }
        }
        let span = self.span(at).to(self.span(next));
        Some((node(span, Value::Sequence(items)), next + 1))
    }

    fn object(&mut self, at: usize, depth: usize) -> Option<(Node, usize)> {
        let mut entries = Vec::new();
        let mut next = at + 1;
        loop {
            match self.word(next) {
                "}" => break,
                "" => return None,
                "," => next += 1,
                _ => next = self.entry(next, depth, &mut entries),
            }
        }
        let span = self.span(at).to(self.span(next));
        Some((node(span, Value::Mapping(entries)), next + 1))
    }

    /// Reads one entry and tells where the next one may begin.
    fn entry(&mut self, at: usize, depth: usize, entries: &mut Vec<Entry>) -> usize {
        let key_span = self.span(at);
        let key = match self.kind(at) {
            Some(Kind::Text) => text_of(self.text, key_span),
            Some(Kind::Word | Kind::Number) => self.word(at).to_owned(),
            _ => {
                let _ = self.refuse(at, "this would have to be run to be known");
                return self.skipped(at);
            }
        };
        let (place, short) = match self.word(at + 1) {
            ":" => (at + 2, false),
            "," | "}" => (at, true),
            _ => {
                let _ = self.refuse(at, "this would have to be run to be known");
                return self.skipped(at);
            }
        };
        match self.value(place, depth + 1) {
            Some((value, next)) => {
                entries.push(Entry {
                    key,
                    key_span,
                    value,
                });
                if short { at + 1 } else { next }
            }
            None => self.skipped(place),
        }
    }

    /// The token that ends what begins here: a comma or the bracket around it.
    fn skipped(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        let mut next = at;
        while next < self.tokens.len() {
            let is_sign = self.kind(next) == Some(Kind::Sign);
            match self.word(next) {
                "{" | "[" | "(" if is_sign => depth += 1,
                "}" | "]" | ")" | "," if is_sign && depth == 0 => return next,
                "}" | "]" | ")" if is_sign => depth -= 1,
                _ => {}
            }
            next += 1;
        }
        next
    }
}

fn node(span: Span, value: Value) -> Node {
    Node { span, value }
}

fn number(span: Span, lexeme: &str) -> Node {
    node(span, Value::Number(lexeme.to_owned()))
}

fn text_node(text: &str, span: Span) -> Node {
    node(span, Value::String(text_of(text, span)))
}

/// A literal without its quotes, escapes decoded.
fn text_of(text: &str, span: Span) -> String {
    let inner = Span::new(
        span.start as usize + 1,
        (span.end as usize).saturating_sub(1),
    );
    let mut decoded = String::new();
    let mut signs = inner.of(text).chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n') => decoded.push('\n'),
                Some('t') => decoded.push('\t'),
                Some('\n') | None => {}
                Some(other) => decoded.push(other),
            },
            sign => decoded.push(sign),
        }
    }
    decoded
}
