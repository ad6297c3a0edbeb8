//! Strings: single quotes, `'''`, `$'''`, and the pieces between interpolations.

use baton_source::{Span, SyntaxError};

use super::{Lexer, Open};
use crate::bicep::token::TokenKind;

const ESCAPES: &str =
    "unknown escape, known are `\\n`, `\\r`, `\\t`, `\\\\`, `\\'`, `\\$` and `\\u{…}`";

impl Lexer<'_> {
    /// At a quote or a `$`.
    pub(super) fn string_start(&mut self) -> TokenKind {
        let start = self.at;
        let dollars = self.run(b'$');
        let quotes = (0..3).take_while(|&n| self.peek(n) == Some(b'\'')).count();
        if quotes == 3 {
            self.at += 3;
            return self.block_string(dollars, true);
        }
        if dollars > 0 {
            self.error(start, "unexpected character `$` outside a string");
            return TokenKind::Unknown;
        }
        self.at += 1;
        self.line_string(true)
    }

    /// The rest of a string in single quotes, or of a piece of it.
    pub(super) fn line_string(&mut self, first: bool) -> TokenKind {
        let start = self.at.saturating_sub(1);
        loop {
            match self.peek(0) {
                None | Some(b'\n' | b'\r') => {
                    self.error(start, "the string is not closed with `'` on its line");
                    return closed(first);
                }
                Some(b'\'') => {
                    self.at += 1;
                    return closed(first);
                }
                Some(b'$') if self.peek(1) == Some(b'{') => {
                    self.at += 2;
                    self.open.push(Open::Line);
                    return interpolated(first);
                }
                Some(b'\\') => self.escape(),
                Some(_) => self.at += 1,
            }
        }
    }

    /// The rest of a `'''` string, or of a piece of it.
    pub(super) fn block_string(&mut self, dollars: usize, first: bool) -> TokenKind {
        let start = self.at;
        while let Some(byte) = self.peek(0) {
            let closes = byte == b'\'' && self.run(b'\'') >= 3;
            if closes {
                return closed(first);
            }
            let opens = byte == b'$' && dollars > 0 && self.run(b'$') >= dollars;
            if opens && self.peek(0) == Some(b'{') {
                self.at += 1;
                self.open.push(Open::Block(dollars));
                return interpolated(first);
            }
            self.skip_while(|next| !matches!(next, b'\'' | b'$'));
            if dollars == 0 {
                self.run(b'$');
            }
        }
        self.errors.push(SyntaxError::new(
            Span::new(start.saturating_sub(1), start),
            "the string that starts here is never closed with `'''`",
        ));
        closed(first)
    }

    /// Skips a byte as often as it is repeated; returns how often.
    fn run(&mut self, byte: u8) -> usize {
        let start = self.at;
        self.skip_while(|next| next == byte);
        self.at - start
    }

    /// At a backslash; a line end after it is left to end the string.
    fn escape(&mut self) {
        let start = self.at;
        self.at += 1;
        match self.peek(0) {
            None | Some(b'\n' | b'\r') => {}
            Some(b'n' | b'r' | b't' | b'\\' | b'\'' | b'$') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                self.code_point(start);
            }
            Some(_) => {
                self.skip_char();
                self.error(start, ESCAPES);
            }
        }
    }

    fn code_point(&mut self, start: usize) {
        let opened = self.peek(0) == Some(b'{');
        self.at += usize::from(opened);
        let digits = self.at;
        if opened {
            self.skip_while(|byte| byte.is_ascii_hexdigit());
        }
        let digits = Span::new(digits, self.at).of(self.text);
        let known = u32::from_str_radix(digits, 16).is_ok_and(|point| point <= 0x0010_FFFF);
        let ended = opened && self.peek(0) == Some(b'}');
        self.at += usize::from(ended);
        if !(ended && known) {
            self.error(
                start,
                "`\\u` takes the hexadecimal number of a character in braces, as in `\\u{1F600}`",
            );
        }
    }
}

fn closed(first: bool) -> TokenKind {
    if first {
        TokenKind::StringComplete
    } else {
        TokenKind::StringRight
    }
}

fn interpolated(first: bool) -> TokenKind {
    if first {
        TokenKind::StringLeft
    } else {
        TokenKind::StringMiddle
    }
}
