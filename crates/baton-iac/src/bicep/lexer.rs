//! Bicep text to tokens, every byte in exactly one of them.

mod string;

use baton_source::{Span, SyntaxError};

use super::token::{Token, TokenKind};

/// The tokens of a text and what was wrong with them, both in the order of the text.
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    pub(super) errors: Vec<SyntaxError>,
}

/// Something `}` may close while a string waits for its end.
#[derive(Clone, Copy)]
enum Open {
    /// A `{` of an object inside an interpolation.
    Brace,
    /// An interpolation of a string in single quotes.
    Line,
    /// An interpolation of a `'''` string that starts with so many `$`.
    Block(usize),
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    open: Vec<Open>,
    line_start: bool,
    errors: Vec<SyntaxError>,
}

/// Splits a text into tokens.
pub(super) fn tokenize(text: &str) -> Lexed {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        open: Vec::new(),
        line_start: true,
        errors: Vec::new(),
    };
    let mut tokens = Vec::with_capacity(text.len() / 4);
    while lexer.at < text.len() {
        let start = lexer.at;
        let kind = lexer.token();
        match kind {
            TokenKind::Newline => lexer.line_start = true,
            TokenKind::Whitespace | TokenKind::ByteOrderMark => {}
            _ => lexer.line_start = false,
        }
        let span = Span::new(start, lexer.at);
        tokens.push(Token { kind, span });
    }
    lexer.errors.sort_by_key(|error| error.span.start);
    Lexed {
        tokens,
        errors: lexer.errors,
    }
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn error(&mut self, start: usize, message: &str) {
        let span = Span::new(start, self.at);
        self.errors.push(SyntaxError::new(span, message));
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.at += 1;
        }
    }

    /// Moves over one character, however many bytes it has.
    fn skip_char(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        self.at += rest.chars().next().map_or(1, char::len_utf8);
    }

    fn token(&mut self) -> TokenKind {
        let next = self.peek(1);
        match self.peek(0).unwrap_or_default() {
            b' ' | b'\t' => {
                self.skip_while(|byte| matches!(byte, b' ' | b'\t'));
                TokenKind::Whitespace
            }
            b'\n' | b'\r' => self.newline(),
            b'/' if next == Some(b'/') => {
                self.skip_while(|byte| !matches!(byte, b'\n' | b'\r'));
                TokenKind::LineComment
            }
            b'/' if next == Some(b'*') => self.block_comment(),
            b'#' if self.line_start && next.is_some_and(|byte| byte.is_ascii_alphabetic()) => {
                self.directive()
            }
            b'\'' | b'$' => self.string_start(),
            b'{' => self.left_brace(),
            b'}' => self.right_brace(),
            b'0'..=b'9' => {
                self.skip_while(|byte| byte.is_ascii_digit());
                TokenKind::Integer
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            0xEF if self.at == 0 && self.text.starts_with('\u{feff}') => {
                self.skip_char();
                TokenKind::ByteOrderMark
            }
            first => self.operator(first, next),
        }
    }

    fn newline(&mut self) -> TokenKind {
        let start = self.at;
        let pair = self.peek(0) == Some(b'\r') && self.peek(1) == Some(b'\n');
        if !self.open.is_empty() {
            // Closing all open strings keeps the damage to one line.
            self.open.clear();
            self.errors.push(SyntaxError::new(
                Span::at(start),
                "an interpolation `${…}` must end on the line it starts on",
            ));
        }
        self.at += if pair { 2 } else { 1 };
        TokenKind::Newline
    }

    fn block_comment(&mut self) -> TokenKind {
        let start = self.at;
        self.at += 2;
        loop {
            match self.peek(0) {
                Some(b'*') if self.peek(1) == Some(b'/') => {
                    self.at += 2;
                    break;
                }
                Some(_) => self.at += 1,
                None => {
                    let opening = Span::new(start, start + 2);
                    self.errors.push(SyntaxError::new(
                        opening,
                        "the comment that starts here is never closed with `*/`",
                    ));
                    break;
                }
            }
        }
        TokenKind::BlockComment
    }

    fn directive(&mut self) -> TokenKind {
        self.at += 1;
        let mut end = self.at;
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' => self.at += 1,
                b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                    self.at += 1;
                    end = self.at;
                }
                _ => break,
            }
        }
        self.at = end;
        TokenKind::Directive
    }

    fn word(&mut self) -> TokenKind {
        let start = self.at;
        self.skip_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        match self.text.get(start..self.at) {
            Some("true") => TokenKind::True,
            Some("false") => TokenKind::False,
            Some("null") => TokenKind::Null,
            _ => TokenKind::Identifier,
        }
    }

    fn left_brace(&mut self) -> TokenKind {
        self.at += 1;
        if !self.open.is_empty() {
            self.open.push(Open::Brace);
        }
        TokenKind::LeftBrace
    }

    fn right_brace(&mut self) -> TokenKind {
        self.at += 1;
        match self.open.pop() {
            Some(Open::Line) => self.line_string(false),
            Some(Open::Block(dollars)) => self.block_string(dollars, false),
            Some(Open::Brace) | None => TokenKind::RightBrace,
        }
    }

    fn operator(&mut self, first: u8, next: Option<u8>) -> TokenKind {
        if first == b'.' && next == Some(b'.') && self.peek(2) == Some(b'.') {
            self.at += 3;
            return TokenKind::Ellipsis;
        }
        if let Some(kind) = next.and_then(|next| two_byte_operator(first, next)) {
            self.at += 2;
            return kind;
        }
        let start = self.at;
        self.skip_char();
        let kind = one_byte_operator(first);
        if kind == TokenKind::Unknown {
            self.unknown(start);
        }
        kind
    }

    fn unknown(&mut self, start: usize) {
        let text = Span::new(start, self.at).of(self.text);
        let message = match text {
            "\"" => "strings are written in single quotes".to_owned(),
            ";" => "no `;` is needed, a line break ends a declaration".to_owned(),
            "`" => "a backtick has no meaning in Bicep".to_owned(),
            _ if text.chars().all(char::is_control) => "unexpected control character".to_owned(),
            _ => format!("unexpected character `{text}`"),
        };
        self.error(start, &message);
    }
}

fn two_byte_operator(first: u8, next: u8) -> Option<TokenKind> {
    Some(match (first, next) {
        (b':', b':') => TokenKind::DoubleColon,
        (b'?', b'?') => TokenKind::DoubleQuestion,
        (b'=', b'>') => TokenKind::Arrow,
        (b'=', b'=') => TokenKind::Equal,
        (b'=', b'~') => TokenKind::EqualIgnoringCase,
        (b'!', b'=') => TokenKind::NotEqual,
        (b'!', b'~') => TokenKind::NotEqualIgnoringCase,
        (b'<', b'=') => TokenKind::LessOrEqual,
        (b'>', b'=') => TokenKind::GreaterOrEqual,
        (b'&', b'&') => TokenKind::And,
        (b'|', b'|') => TokenKind::Or,
        _ => return None,
    })
}

fn one_byte_operator(byte: u8) -> TokenKind {
    match byte {
        b'[' => TokenKind::LeftBracket,
        b']' => TokenKind::RightBracket,
        b'(' => TokenKind::LeftParen,
        b')' => TokenKind::RightParen,
        b'@' => TokenKind::At,
        b',' => TokenKind::Comma,
        b'.' => TokenKind::Dot,
        b':' => TokenKind::Colon,
        b'?' => TokenKind::Question,
        b'=' => TokenKind::Assign,
        b'<' => TokenKind::Less,
        b'>' => TokenKind::Greater,
        b'!' => TokenKind::Exclamation,
        b'|' => TokenKind::Pipe,
        b'+' => TokenKind::Plus,
        b'-' => TokenKind::Minus,
        b'*' => TokenKind::Asterisk,
        b'/' => TokenKind::Slash,
        b'%' => TokenKind::Percent,
        b'^' => TokenKind::Hat,
        _ => TokenKind::Unknown,
    }
}
