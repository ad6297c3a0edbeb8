//! Words: their quoting, and what ends them.

use super::braces::fold;
use super::cursor::{Cursor, is_meta};
use super::{Part, PartKind, Word};
use crate::excerpt::Excerpt;

/// What surrounds the text that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// Nothing: a word.
    None,
    /// A pattern of `[[ … =~ … ]]`, where signs stand for themselves.
    Regex,
    /// The parentheses of an extended pattern.
    Pattern,
    /// `"…"`.
    Double,
    /// The body of a here-document, up to the end of the region.
    HereDoc,
    /// `${name:-…}` outside double quotes, or with an operator that takes a pattern.
    Braces,
    /// `"${name:-…}"`, where `'` stands for itself.
    QuotedBraces,
    /// An arithmetic expression or a subscript, up to the end of the region.
    Arithmetic,
}

impl Quoting {
    /// Whether only `$`, backticks and backslashes mean something.
    fn is_quoted(self) -> bool {
        matches!(
            self,
            Quoting::Double | Quoting::HereDoc | Quoting::QuotedBraces
        )
    }

    /// Whether words end, are split and matched against files here.
    fn is_word(self) -> bool {
        matches!(self, Quoting::None | Quoting::Regex | Quoting::Pattern)
    }
}

/// What is known about the parts read so far.
struct Reading {
    quoting: Quoting,
    parts: Vec<Part>,
    /// Where the text not yet made a part begins.
    text: usize,
    /// Where each `[` stands among the parts that a `]` may close.
    bracket: Option<usize>,
    /// How many parentheses of a pattern are open.
    open: usize,
    /// Signs of a brace expansion among the parts.
    braces: Vec<usize>,
}

impl Cursor<'_> {
    /// A word, if one begins here.
    pub(super) fn word(&mut self, quoting: Quoting) -> Option<Word> {
        let start = self.pos;
        let mut parts = Vec::new();
        if let Some(tilde) = self.tilde() {
            parts.push(tilde);
        }
        parts.extend(self.parts(quoting));
        (self.pos > start).then(|| Word {
            span: self.since(start),
            parts,
        })
    }

    /// Parts up to what ends this kind of text.
    pub(super) fn parts(&mut self, quoting: Quoting) -> Vec<Part> {
        let mut reading = Reading {
            quoting,
            parts: Vec::new(),
            text: self.pos,
            bracket: None,
            open: 0,
            braces: Vec::new(),
        };
        while let Some(byte) = self.peek() {
            if self.ends(&mut reading, byte) {
                break;
            }
            self.part(&mut reading, byte);
        }
        self.flush(&mut reading);
        fold(reading.parts, &reading.braces)
    }

    /// `~` or `~name` where a word begins.
    pub(super) fn tilde(&mut self) -> Option<Part> {
        if self.peek() != Some(b'~') {
            return None;
        }
        let start = self.pos;
        let mut end = start + 1;
        let is_name =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'.');
        while self.byte(end).is_some_and(is_name) {
            end += 1;
        }
        let ends = |byte: u8| matches!(byte, b'/' | b':') || is_meta(byte);
        if !self.byte(end).is_none_or(ends) {
            return None;
        }
        self.pos = end;
        Some(Part {
            span: self.since(start),
            kind: PartKind::Tilde(self.slice(start, end).to_owned()),
        })
    }

    /// Whether the text ends before this byte.
    fn ends(&mut self, reading: &mut Reading, byte: u8) -> bool {
        match reading.quoting {
            Quoting::None => is_meta(byte) && !self.at_process_substitution() && !self.lone_cr(),
            Quoting::Regex => match byte {
                b'(' => {
                    reading.open += 1;
                    false
                }
                b')' => {
                    reading.open = reading.open.saturating_sub(1);
                    false
                }
                b' ' | b'\t' => reading.open == 0,
                b'\n' => true,
                _ => false,
            },
            Quoting::Pattern => match byte {
                b'(' => {
                    reading.open += 1;
                    false
                }
                b')' if reading.open == 0 => true,
                b')' => {
                    reading.open -= 1;
                    false
                }
                _ => false,
            },
            Quoting::Double => byte == b'"',
            Quoting::Braces | Quoting::QuotedBraces => byte == b'}',
            Quoting::HereDoc | Quoting::Arithmetic => false,
        }
    }

    /// Whether a carriage return stands here that ends no line.
    fn lone_cr(&self) -> bool {
        self.peek() == Some(b'\r') && !matches!(self.ahead(1), Some(b'\n') | None)
    }

    /// Reads one part, or adds a byte to the text before it.
    fn part(&mut self, reading: &mut Reading, byte: u8) {
        let start = self.pos;
        let quoting = reading.quoting;
        let kind = match byte {
            b'\\' => self.backslash(reading),
            b'$' => self.dollar(reading),
            b'`' => {
                self.flush(reading);
                Some(self.backticks())
            }
            b'\'' if !quoting.is_quoted() => {
                self.flush(reading);
                Some(self.single_quoted())
            }
            b'"' if quoting != Quoting::Double && quoting != Quoting::HereDoc => {
                self.flush(reading);
                Some(self.double_quoted())
            }
            b'<' | b'>' if quoting == Quoting::None => {
                self.flush(reading);
                Some(self.process())
            }
            b'?' | b'*' | b'+' | b'@' | b'!' if quoting.is_word() => self.pattern(reading, byte),
            b'[' | b']' | b'{' | b'}' | b',' if quoting == Quoting::None => {
                self.sign(reading, byte);
                None
            }
            _ => {
                self.pos += 1;
                None
            }
        };
        if let Some(kind) = kind {
            let span = self.since(start);
            reading.parts.push(Part { span, kind });
            reading.text = self.pos;
        }
    }

    /// Makes the text read so far a part.
    fn flush(&mut self, reading: &mut Reading) {
        if reading.text < self.pos {
            let text = self.slice(reading.text, self.pos).to_owned();
            reading.parts.push(Part {
                span: self.since(reading.text),
                kind: PartKind::Literal(text),
            });
        }
        reading.text = self.pos;
    }

    /// A sign that may begin or end a bracket expression or a brace expansion.
    fn sign(&mut self, reading: &mut Reading, byte: u8) {
        self.flush(reading);
        self.pos += 1;
        let index = reading.parts.len();
        match byte {
            b'[' => reading.bracket = Some(index),
            b']' => {
                let open = reading.bracket.take().filter(|open| open + 1 < index);
                if let Some(part) = open.and_then(|open| reading.parts.get_mut(open)) {
                    part.kind = PartKind::Glob(Vec::new());
                }
            }
            _ => reading.braces.push(index),
        }
        self.flush(reading);
    }

    /// A sign of a pattern, or the beginning of an extended one.
    fn pattern(&mut self, reading: &mut Reading, byte: u8) -> Option<PartKind> {
        if self.ahead(1) == Some(b'(') && reading.quoting != Quoting::Regex {
            self.flush(reading);
            let start = self.pos;
            self.pos += 2;
            let parts = self.nested(|cursor| cursor.parts(Quoting::Pattern));
            self.close(b')', start, "the pattern's parenthesis is not closed");
            return Some(PartKind::Glob(parts));
        }
        if !matches!(byte, b'?' | b'*') {
            self.pos += 1;
            return None;
        }
        self.flush(reading);
        self.pos += 1;
        Some(PartKind::Glob(Vec::new()))
    }

    fn backslash(&mut self, reading: &mut Reading) -> Option<PartKind> {
        let continued = self.continuation(self.pos);
        if continued > 0 {
            self.flush(reading);
            self.pos += continued;
            reading.text = self.pos;
            return None;
        }
        let escapes = match (reading.quoting, self.ahead(1)) {
            (_, None) => false,
            (Quoting::Double, Some(byte)) => matches!(byte, b'$' | b'`' | b'"' | b'\\'),
            (Quoting::HereDoc, Some(byte)) => matches!(byte, b'$' | b'`' | b'\\'),
            (Quoting::QuotedBraces, Some(byte)) => {
                matches!(byte, b'$' | b'`' | b'"' | b'\\' | b'}')
            }
            _ => true,
        };
        if !escapes {
            self.pos += 1;
            return None;
        }
        self.flush(reading);
        let next = self.slice(self.pos + 1, self.end).chars().next();
        let text = next.map(String::from).unwrap_or_default();
        self.pos += 1 + text.len();
        Some(PartKind::Escaped(text))
    }

    fn dollar(&mut self, reading: &mut Reading) -> Option<PartKind> {
        let quotes = !reading.quoting.is_quoted();
        let before = self.pos;
        let kind = match self.ahead(1) {
            Some(b'\'') if quotes => {
                self.flush(reading);
                Some(self.ansi_quoted())
            }
            Some(b'"') if quotes => {
                self.flush(reading);
                self.pos += 1;
                Some(self.double_quoted())
            }
            _ => {
                self.flush(reading);
                self.expansion(reading.quoting)
            }
        };
        if kind.is_none() {
            self.pos = before + 1;
        }
        kind
    }

    fn single_quoted(&mut self) -> PartKind {
        let start = self.pos;
        let from = start + 1;
        let length = self.slice(from, self.end).find('\'');
        let end = length.map_or(self.end, |length| from + length);
        self.pos = end;
        self.close(b'\'', start, "the single quote is not closed");
        PartKind::SingleQuoted(self.slice(from, end).to_owned())
    }

    pub(super) fn double_quoted(&mut self) -> PartKind {
        let start = self.pos;
        self.pos += 1;
        let parts = self.nested(|cursor| cursor.parts(Quoting::Double));
        self.close(b'"', start, "the double quote is not closed");
        PartKind::DoubleQuoted(parts)
    }

    /// Reads what closes something, or reports where that began.
    pub(super) fn close(&mut self, byte: u8, start: usize, message: &str) {
        if self.peek() == Some(byte) {
            self.pos += 1;
        } else {
            self.error(start, start + 1, message);
        }
    }
}

/// Appends the text that parts stand for; `false` when it depends on something.
pub(super) fn static_text(parts: &[Part], text: &mut String) -> bool {
    parts.iter().all(|part| match &part.kind {
        PartKind::Literal(piece)
        | PartKind::Escaped(piece)
        | PartKind::SingleQuoted(piece)
        | PartKind::AnsiQuoted(piece) => {
            text.push_str(piece);
            true
        }
        PartKind::DoubleQuoted(parts) => static_text(parts, text),
        _ => false,
    })
}

/// Appends the text that parts stand for, with `*` where that is not known.
pub(super) fn known_text(parts: &[Part], text: &mut String) {
    for part in parts {
        match &part.kind {
            PartKind::DoubleQuoted(parts) => known_text(parts, text),
            _ => {
                if !static_text(std::slice::from_ref(part), text) {
                    text.push('*');
                }
            }
        }
    }
}

/// The same with the places of the pieces; what `$'…'` decodes stands at its start.
pub(super) fn static_excerpt(parts: &[Part], excerpt: &mut Excerpt) -> bool {
    parts.iter().all(|part| {
        let (before, piece) = match &part.kind {
            PartKind::Literal(piece) => (0, piece),
            PartKind::Escaped(piece) | PartKind::SingleQuoted(piece) => (1, piece),
            PartKind::AnsiQuoted(piece) => (2, piece),
            PartKind::DoubleQuoted(parts) => return static_excerpt(parts, excerpt),
            _ => return false,
        };
        excerpt.push(piece, part.span.start as usize + before);
        true
    })
}
