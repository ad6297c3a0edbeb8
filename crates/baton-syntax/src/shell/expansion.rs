//! Substitutions and arithmetic.

use super::cursor::{Aside, Cursor};
use super::word::Quoting;
use super::{List, Parameter, PartKind};
use crate::excerpt::{self, Excerpt};

impl Cursor<'_> {
    /// What a `$` begins; `None` when it stands for itself.
    pub(super) fn expansion(&mut self, quoting: Quoting) -> Option<PartKind> {
        let start = self.pos;
        self.pos += 1;
        self.pos += self.continuation(self.pos);
        match self.peek()? {
            b'(' => Some(self.parenthesis(start)),
            b'{' => Some(self.nested_parameter(start, quoting)),
            b'[' => Some(self.old_arithmetic(start)),
            byte if byte.is_ascii_digit() || b"@*#?$!-".contains(&byte) => {
                self.pos += 1;
                Some(named(self.slice(self.pos - 1, self.pos)))
            }
            _ => {
                let from = self.pos;
                self.pos = self.name_end(from);
                (self.pos > from).then(|| named(self.slice(from, self.pos)))
            }
        }
    }

    /// Where a variable's name ends.
    pub(super) fn name_end(&self, start: usize) -> usize {
        let mut end = start;
        while let Some(byte) = self.byte(end) {
            let digit = byte.is_ascii_digit() && end > start;
            if !(byte.is_ascii_alphabetic() || byte == b'_' || digit) {
                break;
            }
            end += 1;
        }
        end
    }

    /// `$(…)` or `$((…))`.
    fn parenthesis(&mut self, start: usize) -> PartKind {
        if self.ahead(1) == Some(b'(')
            && let Some(end) = self.arithmetic_end(self.pos + 2)
        {
            let from = self.pos + 2;
            let parts = self.nested(|cursor| {
                cursor.region(from, end, |cursor| cursor.parts(Quoting::Arithmetic))
            });
            self.pos = (end + 2).min(self.end);
            return PartKind::Arithmetic(parts);
        }
        PartKind::Substitution(self.commands(start))
    }

    /// `<(…)` or `>(…)`.
    pub(super) fn process(&mut self) -> PartKind {
        let start = self.pos;
        self.pos += 1;
        PartKind::Process(self.commands(start))
    }

    /// Commands in parentheses, the first of which stands here.
    fn commands(&mut self, start: usize) -> List {
        self.pos += 1;
        let mut list = self.nested(Cursor::list);
        self.close_list(&mut list, start, "the parenthesis is not closed");
        list
    }

    /// Reads the parenthesis that closes a list; what cannot stand before it is passed.
    pub(super) fn close_list(&mut self, list: &mut List, start: usize, message: &str) {
        while self.pos < self.end && self.peek() != Some(b')') {
            self.unexpected();
            let more = self.nested(Cursor::list);
            list.span = list.span.to(more.span);
            list.statements.extend(more.statements);
        }
        self.close(b')', start, message);
    }

    /// Where the `))` of an arithmetic expression stands; `None` when the parentheses are
    /// those of a subshell.
    pub(super) fn arithmetic_end(&self, start: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut quote = None;
        let mut at = start;
        while let Some(byte) = self.byte(at) {
            match (quote, byte) {
                (None | Some(b'"'), b'\\') => at += 1,
                (Some(open), _) => quote = Some(open).filter(|open| *open != byte),
                (None, b'\'' | b'"') => quote = Some(byte),
                (None, b'(') => depth += 1,
                (None, b')') if depth > 0 => depth -= 1,
                (None, b')') => return (self.byte(at + 1) == Some(b')')).then_some(at),
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// `$[…]`.
    fn old_arithmetic(&mut self, start: usize) -> PartKind {
        let from = self.pos + 1;
        let end = self.bracket_end(from);
        let parts = self.nested(|cursor| {
            let end = end.unwrap_or(from);
            cursor.region(from, end, |cursor| cursor.parts(Quoting::Arithmetic))
        });
        self.close(b']', start, "the bracket is not closed");
        PartKind::Arithmetic(parts)
    }

    /// Where the `]` of a subscript stands, if it stands on this line.
    pub(super) fn bracket_end(&mut self, start: usize) -> Option<usize> {
        if self.no_bracket.0 <= start && start < self.no_bracket.1 {
            return None;
        }
        let mut depth = 0_usize;
        let mut quote = None;
        let mut at = start;
        while let Some(byte) = self.byte(at).filter(|byte| *byte != b'\n') {
            match (quote, byte) {
                (None | Some(b'"'), b'\\') => at += 1,
                (Some(open), _) => quote = Some(open).filter(|open| *open != byte),
                (None, b'\'' | b'"') => quote = Some(byte),
                (None, b'[') => depth += 1,
                (None, b']') if depth > 0 => depth -= 1,
                (None, b']') => return Some(at),
                _ => {}
            }
            at += 1;
        }
        self.no_bracket = (start, at);
        None
    }

    /// Commands in backticks.
    pub(super) fn backticks(&mut self) -> PartKind {
        let start = self.pos;
        let from = start + 1;
        let mut inner = Excerpt::default();
        let mut at = from;
        let mut text = from;
        while let Some(byte) = self.byte(at).filter(|byte| *byte != b'`') {
            let escapes = byte == b'\\' && matches!(self.byte(at + 1), Some(b'`' | b'\\' | b'$'));
            if escapes {
                inner.push(self.slice(text, at), self.place(text));
                text = at + 1;
                at += 1;
            }
            at += 1;
        }
        let at = at.min(self.end);
        let list = if text == from {
            self.nested(|cursor| cursor.region(from, at, Cursor::script))
        } else {
            inner.push(self.slice(text, at), self.place(text));
            self.nested(|cursor| cursor.apart(&inner))
        };
        self.pos = self.pos.max(at);
        self.close(b'`', start, "the backtick is not closed");
        PartKind::Substitution(list)
    }

    /// Reads another text as part of this one.
    fn apart(&mut self, inner: &Excerpt) -> List {
        let pending = std::mem::take(&mut self.aside.pending);
        let mut cursor = Cursor::new(&inner.text, &inner.pieces);
        cursor.aside = std::mem::take(&mut self.aside);
        let list = cursor.script();
        self.aside = Aside {
            pending,
            ..cursor.aside
        };
        list
    }

    /// Where an offset stands in the text that the caller knows.
    fn place(&self, at: usize) -> usize {
        excerpt::source(self.pieces, at)
    }

    /// `$'…'`.
    pub(super) fn ansi_quoted(&mut self) -> PartKind {
        let start = self.pos;
        self.pos += 2;
        let mut text = String::new();
        while let Some(next) = self.rest().chars().next() {
            if next == '\'' {
                break;
            }
            self.pos += next.len_utf8();
            if next == '\\' {
                self.ansi_escape(&mut text);
            } else {
                text.push(next);
            }
        }
        self.close(b'\'', start, "the quote is not closed");
        PartKind::AnsiQuoted(text)
    }

    /// What follows a backslash in `$'…'`.
    fn ansi_escape(&mut self, text: &mut String) {
        let Some(sign) = self.rest().chars().next() else {
            return;
        };
        self.pos += sign.len_utf8();
        let decoded = match sign {
            'a' => Some('\u{7}'),
            'b' => Some('\u{8}'),
            'e' | 'E' => Some('\u{1b}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'v' => Some('\u{b}'),
            '\\' | '\'' | '"' | '?' => Some(sign),
            'x' => self.number(16, 2),
            'u' => self.number(16, 4),
            'U' => self.number(16, 8),
            '0'..='7' => {
                self.pos -= 1;
                self.number(8, 3)
            }
            _ => None,
        };
        match decoded {
            Some(decoded) => text.push(decoded),
            None => text.extend(['\\', sign]),
        }
    }

    /// A character by its number.
    fn number(&mut self, radix: u32, most: usize) -> Option<char> {
        let digits: usize = self
            .rest()
            .chars()
            .take(most)
            .take_while(|digit| digit.is_digit(radix))
            .count();
        let written = self.slice(self.pos, self.pos + digits);
        let decoded = u32::from_str_radix(written, radix).ok()?;
        self.pos += digits;
        char::from_u32(decoded)
    }
}

fn named(name: &str) -> PartKind {
    PartKind::Parameter(Box::new(Parameter {
        name: name.to_owned(),
        ..Parameter::default()
    }))
}
