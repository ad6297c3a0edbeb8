//! Finding the next declaration after a broken one.

use baton_source::{Span, SyntaxError};

use super::Parser;
use crate::bicep::token::{Token, TokenKind};

/// A declaration that could not be read.
pub(super) struct Broken {
    /// All of its text.
    pub(super) span: Span,
    /// The bracket that was never closed in it, the innermost.
    open: Option<Span>,
}

impl Parser<'_> {
    /// Moves to the line on which the next declaration starts; returns what was left behind.
    ///
    /// The search begins at the broken declaration's own keyword, not at the error: a missing
    /// brace is noticed only in the declarations after it. A line inside brackets counts only
    /// if it is indented no deeper than the broken declaration, since bodies hold nested
    /// resources and decorators.
    pub(super) fn recover(&mut self, start: usize) -> Broken {
        let margin = self.indentation(start);
        let mut open = Vec::new();
        let mut next = self.tokens.len().min(self.search_from());
        while let Some(token) = self.tokens.get(next) {
            follow_bracket(*token, &mut open);
            let line = next + 1;
            if token.kind == TokenKind::Newline
                && self.starts_declaration(line)
                && (open.is_empty() || self.indentation(line) <= margin)
            {
                break;
            }
            next = line;
        }
        let trailing = next.checked_sub(1).and_then(|at| self.kind_at(at));
        self.at = next - usize::from(trailing == Some(TokenKind::Newline));
        Broken {
            span: self.since(self.here_at(start)),
            open: open.pop(),
        }
    }

    /// Where the search begins: at the line of the error once the text was read often enough.
    fn search_from(&mut self) -> usize {
        let keyword = self.anchor + 1;
        let again = self.at.saturating_sub(keyword);
        let Some(left) = self.rereading.checked_sub(again) else {
            let read = self.tokens.get(keyword..self.at).unwrap_or_default();
            let is_newline = |token: &Token| token.kind == TokenKind::Newline;
            return keyword + read.iter().rposition(is_newline).unwrap_or(read.len());
        };
        self.rereading = left;
        keyword
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

fn follow_bracket(token: Token, open: &mut Vec<Span>) {
    match token.kind {
        TokenKind::LeftBrace | TokenKind::LeftBracket | TokenKind::LeftParen => {
            open.push(token.span);
        }
        TokenKind::RightBrace | TokenKind::RightBracket | TokenKind::RightParen => {
            open.pop();
        }
        _ => {}
    }
}

impl Broken {
    /// An error in the declaration: the one found, or why it was found only further on.
    pub(super) fn error(&self, found: SyntaxError, text: &str) -> SyntaxError {
        if found.span.start <= self.span.end {
            return found;
        }
        let Some(open) = self.open else {
            let end = Span::at(self.span.end as usize);
            return SyntaxError::new(end, "the declaration breaks off here");
        };
        let message = format!("the `{}` that starts here is never closed", open.of(text));
        SyntaxError::new(open, message)
    }
}
