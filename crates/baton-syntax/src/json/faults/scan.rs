//! Reading a text token by token, with the open brackets on a stack.

use std::collections::BTreeMap;

use baton_source::Span;

use super::words;
use super::{Fault, FaultKind};
use crate::json::{Dialect, MAX_DEPTH, comment_length};

/// After so many errors of grammar nobody wants to read on.
const MOST_ERRORS: usize = 10;

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    /// After an opening bracket: an item, a key, or the end.
    First,
    /// After a comma.
    Another,
    Colon,
    /// After an item: a comma or the end.
    Comma,
    /// After the value of the text.
    End,
}

/// An open bracket.
struct Open<'t> {
    at: usize,
    is_object: bool,
    keys: BTreeMap<&'t str, Span>,
}

/// How far a text was read.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    dialect: Dialect,
    next: Next,
    open: Vec<Open<'t>>,
    /// The last comma.
    comma: Span,
    /// Where the last token ended.
    end: usize,
    errors: usize,
    faults: Vec<Fault>,
}

/// Says that nothing more can be understood.
pub(super) struct Lost;

pub(super) fn scan(text: &str, dialect: Dialect) -> Vec<Fault> {
    let mut scan = Scan {
        text,
        at: 0,
        dialect,
        next: Next::Value,
        open: Vec::new(),
        comma: Span::at(0),
        end: 0,
        errors: 0,
        faults: Vec::new(),
    };
    if text.starts_with('\u{feff}') {
        scan.at = '\u{feff}'.len_utf8();
        if dialect == Dialect::Strict {
            scan.push(Span::new(0, scan.at), FaultKind::ByteOrderMark);
        }
    }
    scan.end = scan.at;
    while scan.at < text.len() {
        if scan.token().is_err() || scan.errors >= MOST_ERRORS {
            return scan.faults;
        }
    }
    scan.finish();
    scan.faults
}

impl<'t> Scan<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn push(&mut self, span: Span, kind: FaultKind) {
        self.errors += usize::from(matches!(kind, FaultKind::Syntax(_)));
        self.faults.push(Fault { span, kind });
    }

    pub(super) fn syntax(&mut self, span: Span, message: impl Into<String>) {
        self.push(span, FaultKind::Syntax(message.into()));
    }

    /// Reads one token or a stretch of blanks.
    fn token(&mut self) -> Result<(), Lost> {
        let bytes = self.rest().as_bytes();
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let blanks = bytes.iter().take_while(|byte| blank(byte)).count();
        self.at += blanks;
        let Some(first) = bytes.get(blanks) else {
            return Ok(());
        };
        match first {
            b'/' if matches!(bytes.get(blanks + 1), Some(b'/' | b'*')) => return self.comment(),
            b'{' | b'[' => self.opening(*first == b'{')?,
            b'}' | b']' => self.closing(*first == b'}')?,
            b',' => self.comma()?,
            b':' => self.colon()?,
            b'"' => self.quoted()?,
            b'\'' => self.single_quoted()?,
            _ => return self.word(),
        }
        self.end = self.at;
        Ok(())
    }

    fn comment(&mut self) -> Result<(), Lost> {
        let rest = self.rest();
        let length = comment_length(rest.as_bytes());
        let span = Span::new(self.at, self.at + length);
        if rest.starts_with("/*") && (length < 4 || !span.of(self.text).ends_with("*/")) {
            let opening = Span::new(self.at, self.at + 2);
            self.syntax(opening, "the comment that begins here is never closed");
            return Err(Lost);
        }
        self.at += length;
        if self.dialect == Dialect::Strict {
            self.push(span, FaultKind::Comment);
        }
        Ok(())
    }

    /// Makes room for a value or a key.
    fn begin(&mut self) -> Result<(), Lost> {
        match self.next {
            Next::Value | Next::First | Next::Another => Ok(()),
            Next::Comma => {
                self.syntax(Span::at(self.end), "a comma is missing");
                self.next = Next::Another;
                Ok(())
            }
            Next::Colon => {
                self.syntax(Span::at(self.end), "a colon is missing after the key");
                self.next = Next::Value;
                Ok(())
            }
            Next::End => {
                let message = "the text goes on after its value; JSON holds one value";
                self.syntax(Span::at(self.at), message);
                Err(Lost)
            }
        }
    }

    /// Whether a key must stand here.
    fn wants_key(&self) -> bool {
        matches!(self.next, Next::First | Next::Another)
            && self.open.last().is_some_and(|open| open.is_object)
    }

    fn opening(&mut self, is_object: bool) -> Result<(), Lost> {
        self.begin()?;
        let span = Span::new(self.at, self.at + 1);
        if self.wants_key() {
            self.syntax(span, "a key must stand here, in double quotes");
            return Err(Lost);
        }
        if self.open.len() >= MAX_DEPTH {
            self.syntax(span, format!("nested deeper than {MAX_DEPTH} levels"));
            return Err(Lost);
        }
        self.open.push(Open {
            at: self.at,
            is_object,
            keys: BTreeMap::new(),
        });
        self.at += 1;
        self.next = Next::First;
        Ok(())
    }

    fn closing(&mut self, is_object: bool) -> Result<(), Lost> {
        let span = Span::new(self.at, self.at + 1);
        let innermost = self.open.last();
        if innermost.is_none_or(|open| open.is_object != is_object) {
            let message = match (innermost, is_object) {
                (Some(_), true) => "the list before this `}` is still open",
                (Some(_), false) => "the object before this `]` is still open",
                (None, true) => "`}` closes nothing",
                (None, false) => "`]` closes nothing",
            };
            self.syntax(span, message);
            return Err(Lost);
        }
        match self.next {
            Next::Value => self.syntax(Span::at(self.end), "a value is missing"),
            Next::Colon => self.syntax(Span::at(self.end), "the key has no value"),
            Next::Another if self.dialect == Dialect::Strict => {
                self.push(self.comma, FaultKind::TrailingComma);
            }
            _ => {}
        }
        self.open.pop();
        self.at += 1;
        self.value_done();
        Ok(())
    }

    fn comma(&mut self) -> Result<(), Lost> {
        let span = Span::new(self.at, self.at + 1);
        self.at += 1;
        match self.next {
            _ if self.open.is_empty() => {
                self.syntax(span, "a comma stands outside of lists and objects");
                return Err(Lost);
            }
            Next::First | Next::Another => {
                self.syntax(span, "nothing stands before this comma");
                return Ok(());
            }
            Next::Value => self.syntax(Span::at(self.end), "a value is missing"),
            Next::Colon => self.syntax(Span::at(self.end), "the key has no value"),
            Next::Comma | Next::End => {}
        }
        self.comma = span;
        self.next = Next::Another;
        Ok(())
    }

    fn colon(&mut self) -> Result<(), Lost> {
        if self.next != Next::Colon {
            let span = Span::new(self.at, self.at + 1);
            self.syntax(span, "no key stands before this colon");
            return Err(Lost);
        }
        self.at += 1;
        self.next = Next::Value;
        Ok(())
    }

    fn quoted(&mut self) -> Result<(), Lost> {
        self.begin()?;
        let start = self.at;
        let inner = self.inside_quotes()?;
        self.key_or_value(Span::new(start, self.at), inner);
        Ok(())
    }

    /// What was read is a key, where one is wanted, or else a value.
    fn key_or_value(&mut self, span: Span, key: &'t str) {
        if !self.wants_key() {
            self.value_done();
            return;
        }
        self.next = Next::Colon;
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let first = *open.keys.entry(key).or_insert(span);
        if first != span {
            let key = key.to_owned();
            self.push(span, FaultKind::RepeatedKey { key, first });
        }
    }

    fn value_done(&mut self) {
        self.next = if self.open.is_empty() {
            Next::End
        } else {
            Next::Comma
        };
    }

    fn single_quoted(&mut self) -> Result<(), Lost> {
        self.begin()?;
        let inner = self.rest().get(1..).unwrap_or_default();
        let end = inner.find(['\'', '\n', '\r', '\\']);
        let closed = end.filter(|end| inner.as_bytes().get(*end) == Some(&b'\''));
        let message = "text needs double quotes";
        let Some(length) = closed else {
            self.syntax(Span::new(self.at, self.at + 1), message);
            return Err(Lost);
        };
        let span = Span::new(self.at, self.at + length + 2);
        self.syntax(span, message);
        self.at += length + 2;
        self.key_or_value(span, inner.get(..length).unwrap_or_default());
        Ok(())
    }

    /// Reads a word, or a sign that has no meaning.
    fn word(&mut self) -> Result<(), Lost> {
        let rest = self.rest();
        let word = rest.get(..words::length(rest)).unwrap_or_default();
        if word.is_empty() {
            return self.stray_sign();
        }
        self.begin()?;
        let span = Span::new(self.at, self.at + word.len());
        self.at += word.len();
        self.end = self.at;
        if self.wants_key() {
            let message = format!("the key `{}` needs double quotes", words::shown(word));
            self.syntax(span, message);
        } else if let Some(complaint) = words::complaint(word) {
            self.syntax(span, complaint);
        }
        self.key_or_value(span, word);
        Ok(())
    }

    fn stray_sign(&mut self) -> Result<(), Lost> {
        let Some(sign) = self.rest().chars().next() else {
            return Ok(());
        };
        let span = Span::new(self.at, self.at + sign.len_utf8());
        let number = u32::from(sign);
        if sign.is_whitespace() || sign == '\u{feff}' {
            self.at += sign.len_utf8();
            let message = format!(
                "only spaces, tabs and line breaks may stand between values, not U+{number:04X}"
            );
            self.syntax(span, message);
            return Ok(());
        }
        let message = if sign.is_control() {
            format!("U+{number:04X} has no meaning here")
        } else {
            format!("`{sign}` has no meaning here")
        };
        self.syntax(span, message);
        Err(Lost)
    }

    fn finish(&mut self) {
        if let Some(open) = self.open.last() {
            let (at, is_object) = (open.at, open.is_object);
            let kind = if is_object { "object" } else { "list" };
            let message = format!("the {kind} that begins here is never closed");
            self.syntax(Span::new(at, at + 1), message);
        } else if self.next == Next::Value {
            let message = if self.text.trim_start_matches('\u{feff}').trim().is_empty() {
                "the file is empty"
            } else {
                "the file holds no value"
            };
            self.syntax(Span::at(self.end), message);
        }
    }
}
