//! Looking at tokens, taking them, and counting depth.

use baton_source::{Span, SyntaxError};

use super::{Parsed, Parser};
use crate::bicep::MAX_DEPTH;
use crate::bicep::expression::Name;
use crate::bicep::token::{Token, TokenKind};

impl Parser<'_> {
    pub(super) fn token(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    pub(super) fn kind(&self) -> Option<TokenKind> {
        self.kind_at(self.at)
    }

    pub(super) fn kind_at(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn is(&self, kind: TokenKind) -> bool {
        self.kind() == Some(kind)
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The identifier at `at`, or nothing.
    pub(super) fn word_at(&self, at: usize) -> &str {
        match self.tokens.get(at) {
            Some(token) if token.kind == TokenKind::Identifier => token.span.of(self.text),
            _ => "",
        }
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.word_at(self.at) == word
    }

    /// The position of the next token that is not a line break.
    pub(super) fn past_newline(&self) -> usize {
        self.at + usize::from(self.is(TokenKind::Newline))
    }

    pub(super) fn skip_newlines(&mut self) {
        self.at = self.past_newline();
    }

    /// Where the current token stands; at the end of the text, the end of the last token.
    pub(super) fn here(&self) -> Span {
        match self.token() {
            Some(token) => token.span,
            None => Span::at(self.last_end()),
        }
    }

    /// The end of the token taken last, line breaks apart.
    fn last_end(&self) -> usize {
        let taken = self.tokens.get(..self.at).unwrap_or_default();
        let mut last = taken.iter().rev();
        last.find(|token| token.kind != TokenKind::Newline)
            .map_or(0, |token| token.span.end as usize)
    }

    /// From a start to the end of the token taken last.
    pub(super) fn since(&self, start: Span) -> Span {
        Span::new(start.start as usize, self.last_end())
    }

    /// Takes the current token, whatever it is.
    pub(super) fn bump(&mut self) -> Span {
        let span = self.here();
        self.at += usize::from(!self.at_end());
        span
    }

    pub(super) fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.is(kind);
        self.at += usize::from(found);
        found
    }

    /// Takes a token of that kind, or says what was expected.
    pub(super) fn expect(&mut self, kind: TokenKind, what: &str) -> Parsed<Span> {
        if self.is(kind) {
            return Ok(self.bump());
        }
        Err(self.expected(what))
    }

    pub(super) fn expect_word(&mut self, word: &str, what: &str) -> Parsed<Span> {
        if self.is_word(word) {
            return Ok(self.bump());
        }
        Err(self.expected(what))
    }

    pub(super) fn name(&mut self, what: &str) -> Parsed<Name> {
        let text = self.word_at(self.at).to_owned();
        let span = self.expect(TokenKind::Identifier, what)?;
        Ok(Name { span, text })
    }

    /// An error at the current token, or after the last one when the line ends.
    pub(super) fn expected(&self, what: &str) -> SyntaxError {
        let span = match self.token() {
            Some(token) if token.kind != TokenKind::Newline => token.span,
            _ => Span::at(self.last_end()),
        };
        SyntaxError::new(span, format!("expected {what}"))
    }

    /// Goes one level down; every return from it goes up again with [`Parser::leave`].
    pub(super) fn enter(&mut self) -> Parsed<()> {
        self.depth += 1;
        self.deepen(self.depth)
    }

    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Starts a chain such as `a.b.c` or `a + b + c`, whose nodes grow around the first.
    ///
    /// The parser does not go down for them, but the tree does.
    pub(super) fn open_chain(&mut self) -> u32 {
        std::mem::replace(&mut self.deepest, self.depth)
    }

    /// Puts one more node around the chain; `before` is `deepest` before the node's other parts.
    pub(super) fn wrap(&mut self, before: u32) -> Parsed<()> {
        self.deepen(before + 1)
    }

    /// Ends a chain.
    pub(super) fn close_chain(&mut self, outer: u32) {
        self.deepest = self.deepest.max(outer);
    }

    fn deepen(&mut self, depth: u32) -> Parsed<()> {
        self.deepest = self.deepest.max(depth);
        if self.deepest <= MAX_DEPTH {
            return Ok(());
        }
        let message = format!("nested more than {MAX_DEPTH} levels deep");
        Err(SyntaxError::new(self.here(), message))
    }
}
