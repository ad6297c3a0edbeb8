//! Finding the next declaration after a broken one.

use baton_source::Span;

use super::Parser;
use crate::bicep::token::TokenKind;

impl Parser<'_> {
    /// Moves to the line on which the next declaration starts; returns what was left behind.
    ///
    /// The search begins at the broken declaration's own keyword, not at the error: a missing
    /// brace is noticed only in the declarations after it. A line inside brackets counts only
    /// if it is indented no deeper than the broken declaration, since bodies hold nested
    /// resources and decorators.
    pub(super) fn recover(&mut self, start: usize) -> Span {
        let margin = self.indentation(start);
        let mut brackets = 0_i64;
        let mut next = self.anchor + 1;
        while let Some(kind) = self.kind_at(next) {
            brackets += bracket(kind);
            let line = next + 1;
            if kind == TokenKind::Newline
                && self.starts_declaration(line)
                && (brackets <= 0 || self.indentation(line) <= margin)
            {
                break;
            }
            next = line;
        }
        let span = self.here_at(start);
        self.at = next;
        self.since(span)
    }

    fn here_at(&self, at: usize) -> Span {
        self.tokens.get(at).map_or_else(Span::default, |it| it.span)
    }

    /// Bytes between the start of the line and a token that is the first on it.
    fn indentation(&self, at: usize) -> u32 {
        let line = at.checked_sub(1).map_or(0, |at| self.here_at(at).end);
        self.here_at(at).start.saturating_sub(line)
    }

    /// Whether the tokens at `at` can only be the start of a declaration.
    fn starts_declaration(&self, at: usize) -> bool {
        use TokenKind::{Assign, Asterisk, Identifier, LeftBrace, StringComplete, StringLeft};
        let next = self.kind_at(at + 1);
        let name = next == Some(Identifier);
        let string = matches!(next, Some(StringComplete | StringLeft));
        match self.word_at(at) {
            "param" | "var" | "type" | "func" | "resource" | "module" | "test" | "output"
            | "metadata" | "assert" | "extensionConfig" => name,
            "targetScope" => next == Some(Assign),
            "extension" | "provider" | "using" => name || string,
            "extends" => string,
            "import" => string || matches!(next, Some(LeftBrace | Asterisk)),
            _ => self.kind_at(at) == Some(TokenKind::At) && name,
        }
    }
}

fn bracket(kind: TokenKind) -> i64 {
    match kind {
        TokenKind::LeftBrace | TokenKind::LeftBracket | TokenKind::LeftParen => 1,
        TokenKind::RightBrace | TokenKind::RightBracket | TokenKind::RightParen => -1,
        _ => 0,
    }
}
