//! The signs a YAML text is made of, with positions: what rules about layout look at.
//!
//! Reads as PyYAML does, in one pass over all documents of the text, and stops at the first
//! sign that cannot stand where it stands; whether the text is YAML is for the parser to say.

mod block;
mod scalar;
mod scanner;
#[cfg(test)]
mod tests;

use baton_source::{Span, Spanned};

/// What a text is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// The signs in the order in which they stand.
    pub tokens: Vec<Token>,
    /// The comments in the same order; those behind `|` and `>` are left out.
    pub comments: Vec<Comment>,
    /// Where reading stopped because a sign cannot stand there.
    pub stopped: Option<usize>,
}

/// One sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its place; empty for those that are not written.
    pub span: Span,
    /// Its line, from 0.
    pub line: usize,
    /// The line it ends on.
    pub end_line: usize,
    /// The characters before it on its line.
    pub column: usize,
}

/// What a sign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// `%YAML 1.2`
    Directive,
    /// `---`
    DocumentStart,
    /// `...`
    DocumentEnd,
    /// A list of lines with `-` begins; not written. One at its key's indentation has none.
    SequenceStart,
    /// A mapping of lines with `:` begins; not written.
    MappingStart,
    /// One of the two ends; not written.
    BlockEnd,
    /// `[`
    FlowSequenceStart,
    /// `]`
    FlowSequenceEnd,
    /// `{`
    FlowMappingStart,
    /// `}`
    FlowMappingEnd,
    /// `-`
    Entry,
    /// `,`
    Comma,
    /// A key begins: a `?`, or not written.
    Key,
    /// `:`
    Value,
    /// `*name`
    Alias,
    /// `&name`
    Anchor,
    /// `!name`
    Tag,
    /// Text without quotes.
    Plain,
    /// Text in single quotes.
    Single,
    /// Text in double quotes.
    Double,
    /// `|` or `>` and the lines below.
    Block,
}

/// A comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// Its place, without the line ending.
    pub span: Span,
    /// Its line, from 0.
    pub line: usize,
    /// The characters before it on its line.
    pub column: usize,
    /// Whether a sign stands before it on its line.
    pub is_inline: bool,
    /// The number of signs before it.
    pub after: usize,
}

impl TokenKind {
    /// Whether it is text.
    pub fn is_scalar(self) -> bool {
        use TokenKind::{Block, Double, Plain, Single};
        matches!(self, Plain | Single | Double | Block)
    }

    /// Whether it opens a `[` or `{`.
    pub fn is_flow_start(self) -> bool {
        matches!(self, Self::FlowSequenceStart | Self::FlowMappingStart)
    }

    /// Whether it closes a `[` or `{`.
    pub fn is_flow_end(self) -> bool {
        matches!(self, Self::FlowSequenceEnd | Self::FlowMappingEnd)
    }
}

impl Spanned for Token {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Comment {
    fn span(&self) -> Span {
        self.span
    }
}

/// Reads the signs of a text; a byte order mark before it is ignored.
pub fn tokens(text: &str) -> Tokens {
    scanner::scan(text)
}
