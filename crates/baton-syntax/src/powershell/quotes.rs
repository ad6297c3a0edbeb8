//! Quoted texts and variables.

use super::cursor::Cursor;
use super::{Part, PartKind};

/// What a backtick and this sign stand for.
pub(super) fn escaped(sign: char) -> String {
    let made = match sign {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'e' => '\u{1b}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        other => other,
    };
    made.to_string()
}

fn is_single(sign: char) -> bool {
    matches!(
        sign,
        '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}'
    )
}

fn is_double(sign: char) -> bool {
    matches!(sign, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

impl Cursor<'_> {
    /// `'…'`; two quotes stand for one.
    pub(super) fn single_quoted(&mut self) -> PartKind {
        let start = self.pos;
        self.pos += self.peek().map_or(0, char::len_utf8);
        let mut text = String::new();
        while let Some(sign) = self.peek() {
            self.skip(sign);
            if !is_single(sign) {
                text.push(sign);
                continue;
            }
            match self.peek().filter(|next| is_single(*next)) {
                Some(next) => {
                    self.skip(next);
                    text.push(next);
                }
                None => return PartKind::SingleQuoted(text),
            }
        }
        self.error(start, "the single quote is not closed");
        PartKind::SingleQuoted(text)
    }

    /// `"…"`; two quotes stand for one.
    pub(super) fn double_quoted(&mut self) -> PartKind {
        let start = self.pos;
        self.pos += self.peek().map_or(0, char::len_utf8);
        let mut parts = Vec::new();
        while let Some(sign) = self.peek() {
            if !is_double(sign) {
                self.quoted_part(sign, &mut parts);
                continue;
            }
            self.skip(sign);
            match self.peek().filter(|next| is_double(*next)) {
                Some(next) => self.quoted_text(&mut parts, next.to_string(), next.len_utf8()),
                None => return PartKind::DoubleQuoted(parts),
            }
        }
        self.error(start, "the double quote is not closed");
        PartKind::DoubleQuoted(parts)
    }

    /// One part of a text in double quotes.
    fn quoted_part(&mut self, sign: char, parts: &mut Vec<Part>) {
        match sign {
            '`' => {
                let next = self.rest().chars().nth(1);
                let length = 1 + next.map_or(0, char::len_utf8);
                let text = next.map_or_else(String::new, escaped);
                self.quoted_text(parts, text, length);
            }
            '$' => {
                let start = self.pos;
                let kind = self.dollar();
                let span = self.since(start);
                match kind {
                    PartKind::Literal(text) => {
                        self.pos = start;
                        self.quoted_text(parts, text, 1);
                    }
                    kind => parts.push(Part { span, kind }),
                }
            }
            other => self.quoted_text(parts, other.to_string(), other.len_utf8()),
        }
    }

    /// Text of so many bytes, joined to the text before it.
    fn quoted_text(&mut self, parts: &mut Vec<Part>, text: String, length: usize) {
        let start = self.pos;
        self.pos += length;
        if let Some(Part {
            span,
            kind: PartKind::Literal(last),
        }) = parts.last_mut()
        {
            last.push_str(&text);
            *span = span.to(self.since(start));
            return;
        }
        parts.push(Part {
            span: self.since(start),
            kind: PartKind::Literal(text),
        });
    }

    /// `@'…'@` and `@"…"@`, whose quotes end their lines.
    pub(super) fn here_string(&mut self) -> PartKind {
        let start = self.pos;
        let rest = self.rest();
        let expands = rest.starts_with("@\"");
        let ending = if expands { "\n\"@" } else { "\n'@" };
        let body = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let found = rest
            .get(body.saturating_sub(1)..)
            .and_then(|rest| rest.find(ending));
        let Some(length) = found else {
            self.error(start, "the here-string is not closed");
            self.pos = self.text.len();
            return PartKind::SingleQuoted(rest.get(body..).unwrap_or("").to_owned());
        };
        let end = start + (body + length).saturating_sub(1).max(body);
        let stop = start + body.saturating_sub(1) + length + ending.len();
        let kind = if expands {
            self.pos = start + body;
            let mut parts = Vec::new();
            while self.pos < end
                && let Some(sign) = self.peek()
            {
                self.quoted_part(sign, &mut parts);
            }
            PartKind::DoubleQuoted(parts)
        } else {
            let text = self.text.get(start + body..end).unwrap_or("");
            PartKind::SingleQuoted(text.to_owned())
        };
        self.pos = stop.max(self.pos);
        kind
    }

    /// What a `$` begins.
    pub(super) fn dollar(&mut self) -> PartKind {
        self.pos += 1;
        let rest = self.rest();
        if rest.starts_with('(') {
            return PartKind::Group(self.enclosed(')'));
        }
        if let Some(inner) = rest.strip_prefix('{') {
            let length = inner.find('}').unwrap_or(inner.len());
            let name = inner.get(..length).unwrap_or("").to_owned();
            self.pos += (length + 2).min(rest.len());
            return PartKind::Variable(name);
        }
        let special = rest.chars().next().filter(|sign| "$?^_".contains(*sign));
        let length = name_length(rest);
        match (length, special) {
            (0, Some(sign)) => {
                self.skip(sign);
                PartKind::Variable(sign.to_string())
            }
            (0, None) => PartKind::Literal("$".to_owned()),
            (length, _) => {
                let name = rest.get(..length).unwrap_or("").to_owned();
                self.pos += length;
                PartKind::Variable(name)
            }
        }
    }
}

/// How long a variable's name is, its scope included.
fn name_length(text: &str) -> usize {
    let plain = |text: &str| {
        let end = text.find(|sign: char| !(sign.is_alphanumeric() || sign == '_'));
        end.unwrap_or(text.len())
    };
    let first = plain(text);
    let after = text.get(first..).unwrap_or("");
    match after.strip_prefix(':').map(plain) {
        Some(second) if first > 0 && second > 0 => first + 1 + second,
        _ => first,
    }
}
