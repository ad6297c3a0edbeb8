//! The words of an expression.

use baton_source::{Span, SyntaxError};

/// A word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'t> {
    pub(super) span: Span,
    pub(super) kind: TokenKind<'t>,
}

/// What a word is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind<'t> {
    /// A name, without its namespace.
    Name(&'t str),
    /// A text, decoded.
    String(String),
    /// A number as it was written.
    Number(&'t str),
    /// One of `( ) [ ] , .` or something that may not stand there.
    Sign(char),
    /// The end of the text.
    End,
}

/// Reads one word after another.
pub(super) struct Lexer<'t> {
    text: &'t str,
    base: usize,
    at: usize,
}

impl<'t> Lexer<'t> {
    /// Words of a text that begins at `base`.
    pub(super) fn new(text: &'t str, base: usize) -> Lexer<'t> {
        Lexer { text, base, at: 0 }
    }

    /// The next word; [`TokenKind::End`] for ever after the last.
    pub(super) fn next(&mut self) -> Result<Token<'t>, SyntaxError> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        let (start, rest) = (self.at, self.rest());
        let Some(first) = rest.chars().next() else {
            return Ok(self.token(start, TokenKind::End));
        };
        let kind = match first {
            '\'' => TokenKind::String(self.string()?),
            '0'..='9' => TokenKind::Number(self.taken(is_of_number)),
            '-' if rest.get(1..).is_some_and(starts_with_digit) => {
                self.at += 1;
                self.taken(is_of_number);
                TokenKind::Number(self.text.get(start..self.at).unwrap_or(""))
            }
            first if is_of_name(first) => TokenKind::Name(self.taken(is_of_name)),
            sign => {
                self.at += sign.len_utf8();
                TokenKind::Sign(sign)
            }
        };
        Ok(self.token(start, kind))
    }

    /// What follows the opening quote, up to the closing one.
    fn string(&mut self) -> Result<String, SyntaxError> {
        let start = self.at;
        self.at += 1;
        let mut decoded = String::new();
        loop {
            let rest = self.rest();
            let Some(quote) = rest.find('\'') else {
                let span = Span::new(start, start + 1).shifted(self.base);
                return Err(SyntaxError::new(span, "`'` is never closed"));
            };
            decoded.push_str(rest.get(..quote).unwrap_or(""));
            self.at += quote + 1;
            if !self.rest().starts_with('\'') {
                return Ok(decoded);
            }
            decoded.push('\'');
            self.at += 1;
        }
    }

    fn taken(&mut self, belongs: fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn token(&self, start: usize, kind: TokenKind<'t>) -> Token<'t> {
        Token {
            span: Span::new(start, self.at).shifted(self.base),
            kind,
        }
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}
