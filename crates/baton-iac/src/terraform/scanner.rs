//! The tokens of any HCL text, whether it parses or not.
//!
//! Every byte that is not blank belongs to exactly one token, in order. The scanner knows strings,
//! heredocs and what is interpolated in them, so that a `#` in a string is no comment.

use baton_source::Span;

use super::BYTE_ORDER_MARK;

mod code;
mod text;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// LF or CR LF outside comments, strings and heredocs.
    Newline,
    /// `# …` or `// …` with the line ending.
    LineComment,
    /// `/* … */`.
    BlockComment,
    /// A name or a keyword.
    Identifier,
    /// A number.
    Number,
    /// One operator or bracket.
    Punctuation,
    /// `"` before a string.
    OpenQuote,
    /// Text in a string.
    QuotedText,
    /// `"` after a string.
    CloseQuote,
    /// `<<WORD` or `<<-WORD` with the line ending.
    OpenHeredoc,
    /// A line, or a piece of one, in a heredoc; with the line ending if it has one.
    HeredocText,
    /// The word that ends a heredoc.
    CloseHeredoc,
    /// `${` or `%{`, with `~` if it strips.
    OpenTemplate,
    /// The `}` that belongs to it, with `~` if it strips.
    CloseTemplate,
    /// A character HCL has no use for.
    Invalid,
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
}

/// All tokens of a text; a byte order mark belongs to none.
pub fn tokens(text: &str) -> Vec<Token> {
    let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mut scanner = Scanner {
        text,
        at: text.len() - body.len(),
        modes: Vec::new(),
        tokens: Vec::new(),
    };
    while scanner.at < text.len() {
        match scanner.modes.last().cloned() {
            None | Some(Mode::Interpolation { .. }) => code::scan(&mut scanner),
            Some(Mode::Quoted) => text::scan_quoted(&mut scanner),
            Some(Mode::Heredoc { word, line_start }) => {
                text::scan_heredoc(&mut scanner, word, line_start);
            }
        }
    }
    scanner.tokens
}

/// Where the comments of a text stand, without the line ending.
pub fn comments(text: &str) -> Vec<Span> {
    let trimmed = |span: Span| {
        let comment = span.of(text).trim_end_matches(['\n', '\r']);
        Span::new(span.start as usize, span.start as usize + comment.len())
    };
    tokens(text)
        .into_iter()
        .filter_map(|token| match token.kind {
            TokenKind::LineComment => Some(trimmed(token.span)),
            TokenKind::BlockComment => Some(token.span),
            _ => None,
        })
        .collect()
}

/// What the scanner is inside of, innermost last.
#[derive(Debug, Clone)]
enum Mode<'t> {
    /// `${ … }`, with the number of braces open in it.
    Interpolation { braces: usize },
    /// `"…"`.
    Quoted,
    /// A heredoc, and whether the next byte begins a line of it.
    Heredoc { word: &'t str, line_start: bool },
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    modes: Vec<Mode<'t>>,
    tokens: Vec<Token>,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Makes the next `length` bytes a token; none if there are none.
    fn push(&mut self, kind: TokenKind, length: usize) {
        if length == 0 {
            return;
        }
        let end = self.at + length;
        self.tokens.push(Token {
            kind,
            span: Span::new(self.at, end),
        });
        self.at = end;
    }
}

/// The length of the line ending `rest` begins with.
fn line_ending(rest: &str) -> usize {
    match rest.as_bytes() {
        [b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        _ => 0,
    }
}

/// The length of the line `rest` begins with, its ending included.
fn line(rest: &str) -> usize {
    rest.find('\n').map_or(rest.len(), |at| at + 1)
}

#[cfg(test)]
mod tests;
