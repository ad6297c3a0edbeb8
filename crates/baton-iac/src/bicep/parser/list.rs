//! Things in brackets, one after another.

use baton_source::SyntaxError;

use super::{Parsed, Parser};
use crate::bicep::expression::Expr;
use crate::bicep::token::TokenKind;

/// The words for a list in messages.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// What ends it.
    pub(super) close: &'static str,
    /// What may follow one of its items.
    pub(super) next: &'static str,
}

const ARGUMENTS: Words = Words {
    close: "`)` to end the arguments",
    next: "`,` or `)` after the argument",
};

impl Parser<'_> {
    /// Items on lines of their own or with commas between; opened before, closed here.
    pub(super) fn items<T>(
        &mut self,
        close: TokenKind,
        words: Words,
        mut item: impl FnMut(&mut Self) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        let mut items = Vec::new();
        self.skip_newlines();
        while !self.eat(close) {
            if self.at_end() {
                return Err(self.expected(words.close));
            }
            items.push(item(self)?);
            match self.kind() {
                Some(TokenKind::Newline) => self.skip_newlines(),
                Some(TokenKind::Comma) => self.comma(),
                Some(kind) if kind == close => {}
                None => return Err(self.expected(words.close)),
                Some(_) => return Err(self.expected(words.next)),
            }
        }
        Ok(items)
    }

    fn comma(&mut self) {
        let span = self.bump();
        if self.is(TokenKind::Newline) {
            self.minor.get_or_insert_with(|| {
                SyntaxError::new(
                    span,
                    "a comma at the end of a line: items are separated by a comma or by a line break, not by both",
                )
            });
            self.skip_newlines();
        }
    }

    /// Items with commas between and line breaks after each comma; opened before, closed here.
    pub(super) fn comma_separated<T>(
        &mut self,
        close: TokenKind,
        words: Words,
        mut item: impl FnMut(&mut Self) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        let mut items = Vec::new();
        self.skip_newlines();
        if self.eat(close) {
            return Ok(items);
        }
        loop {
            items.push(item(self)?);
            if self.kind_at(self.past_newline()) == Some(close) {
                self.skip_newlines();
                self.bump();
                return Ok(items);
            }
            match self.kind_at(self.past_newline()) {
                None => return Err(self.expected(words.close)),
                Some(_) => self.expect(TokenKind::Comma, words.next)?,
            };
            self.skip_newlines();
        }
    }

    /// `(…)` after the name of a function.
    pub(super) fn arguments(&mut self) -> Parsed<Vec<Expr>> {
        self.expect(TokenKind::LeftParen, "`(`")?;
        self.comma_separated(TokenKind::RightParen, ARGUMENTS, Self::expression)
    }
}
