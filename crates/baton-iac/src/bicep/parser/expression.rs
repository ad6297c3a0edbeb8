//! Operators, calls and accesses.

use super::{Parsed, Parser};
use crate::bicep::expression::{BinaryOperator, Expr, ExprKind, Name, UnaryOperator};
use crate::bicep::token::TokenKind;

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        self.enter()?;
        let start = self.here();
        let mut expr = self.binary(0)?;
        if self.kind_at(self.past_newline()) == Some(TokenKind::Question) {
            self.skip_newlines();
            self.bump();
            let then = self.expression()?;
            if self.kind_at(self.past_newline()) == Some(TokenKind::Colon) {
                self.skip_newlines();
            }
            self.expect(
                TokenKind::Colon,
                "`:` and the value for when the condition is false",
            )?;
            let otherwise = self.expression()?;
            let kind = ExprKind::Ternary {
                condition: Box::new(expr),
                then: Box::new(then),
                otherwise: Box::new(otherwise),
            };
            expr = Expr {
                span: self.since(start),
                kind,
            };
        }
        self.leave();
        Ok(expr)
    }

    /// Operators that bind closer than `floor`, left to right.
    fn binary(&mut self, floor: u8) -> Parsed<Expr> {
        let outer = self.open_chain();
        let mut left = self.unary()?;
        while let Some((operator, precedence)) = self.kind().and_then(binary_operator)
            && precedence > floor
        {
            let operator_span = self.bump();
            let before = self.deepest;
            self.enter()?;
            let right = self.binary(precedence)?;
            self.leave();
            self.wrap(before)?;
            let span = left.span.to(right.span);
            let kind = ExprKind::Binary {
                operator,
                operator_span,
                left: Box::new(left),
                right: Box::new(right),
            };
            left = Expr { span, kind };
        }
        self.close_chain(outer);
        Ok(left)
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let Some(operator) = self.kind().and_then(unary_operator) else {
            return self.access();
        };
        let start = self.bump();
        self.enter()?;
        let operand = Box::new(self.unary()?);
        self.leave();
        Ok(Expr {
            span: self.since(start),
            kind: ExprKind::Unary { operator, operand },
        })
    }

    /// A value and everything that is taken from it.
    fn access(&mut self) -> Parsed<Expr> {
        let outer = self.open_chain();
        let start = self.here();
        let mut expr = self.primary()?;
        loop {
            let before = self.deepest;
            let object = match self.kind() {
                Some(
                    TokenKind::LeftBracket
                    | TokenKind::Dot
                    | TokenKind::DoubleColon
                    | TokenKind::Exclamation,
                ) => Box::new(expr),
                _ => break,
            };
            let kind = match self.kind() {
                Some(TokenKind::LeftBracket) => self.index(object)?,
                Some(TokenKind::Dot) => self.member(object)?,
                Some(TokenKind::DoubleColon) => {
                    self.bump();
                    let name = self.name("the name of a nested resource after `::`")?;
                    ExprKind::Nested { object, name }
                }
                _ => {
                    self.bump();
                    ExprKind::NonNull(object)
                }
            };
            self.wrap(before)?;
            let span = self.since(start);
            expr = Expr { span, kind };
        }
        self.close_chain(outer);
        Ok(expr)
    }

    fn index(&mut self, object: Box<Expr>) -> Parsed<ExprKind> {
        self.bump();
        let safe = self.eat(TokenKind::Question);
        let from_end = self.eat(TokenKind::Hat);
        let index = Box::new(self.expression()?);
        self.expect(TokenKind::RightBracket, "`]` after the index")?;
        Ok(ExprKind::Index {
            object,
            safe,
            from_end,
            index,
        })
    }

    fn member(&mut self, object: Box<Expr>) -> Parsed<ExprKind> {
        self.bump();
        let safe = self.eat(TokenKind::Question);
        let name = self.name("a property or function name after `.`")?;
        if safe || !self.is(TokenKind::LeftParen) {
            return Ok(ExprKind::Member { object, safe, name });
        }
        let arguments = self.arguments()?;
        Ok(ExprKind::MethodCall {
            object,
            name,
            arguments,
        })
    }

    /// What stands after the `@` of a decorator: a name or call, possibly in a namespace.
    pub(super) fn decorator_expression(&mut self) -> Parsed<Expr> {
        let name = self.name("the name of a decorator after `@`")?;
        let outer = self.open_chain();
        let start = name.span;
        let kind = self.named(name)?;
        let mut expr = Expr {
            span: self.since(start),
            kind,
        };
        while self.is(TokenKind::Dot) {
            let before = self.deepest;
            let kind = self.member(Box::new(expr))?;
            self.wrap(before)?;
            expr = Expr {
                span: self.since(start),
                kind,
            };
        }
        self.close_chain(outer);
        Ok(expr)
    }

    /// A name that was taken: a call, or the value it stands for.
    pub(super) fn named(&mut self, name: Name) -> Parsed<ExprKind> {
        if !self.is(TokenKind::LeftParen) {
            return Ok(ExprKind::Variable(name));
        }
        let arguments = self.arguments()?;
        Ok(ExprKind::Call { name, arguments })
    }
}

pub(super) fn unary_operator(kind: TokenKind) -> Option<UnaryOperator> {
    Some(match kind {
        TokenKind::Exclamation => UnaryOperator::Not,
        TokenKind::Minus => UnaryOperator::Minus,
        TokenKind::Plus => UnaryOperator::Plus,
        _ => return None,
    })
}

/// The operator and how closely it binds.
fn binary_operator(kind: TokenKind) -> Option<(BinaryOperator, u8)> {
    Some(match kind {
        TokenKind::DoubleQuestion => (BinaryOperator::Coalesce, 1),
        TokenKind::Or => (BinaryOperator::Or, 2),
        TokenKind::And => (BinaryOperator::And, 3),
        TokenKind::Equal => (BinaryOperator::Equal, 4),
        TokenKind::NotEqual => (BinaryOperator::NotEqual, 4),
        TokenKind::EqualIgnoringCase => (BinaryOperator::EqualIgnoringCase, 4),
        TokenKind::NotEqualIgnoringCase => (BinaryOperator::NotEqualIgnoringCase, 4),
        TokenKind::Less => (BinaryOperator::Less, 5),
        TokenKind::LessOrEqual => (BinaryOperator::LessOrEqual, 5),
        TokenKind::Greater => (BinaryOperator::Greater, 5),
        TokenKind::GreaterOrEqual => (BinaryOperator::GreaterOrEqual, 5),
        TokenKind::Plus => (BinaryOperator::Add, 6),
        TokenKind::Minus => (BinaryOperator::Subtract, 6),
        TokenKind::Asterisk => (BinaryOperator::Multiply, 7),
        TokenKind::Slash => (BinaryOperator::Divide, 7),
        TokenKind::Percent => (BinaryOperator::Modulo, 7),
        _ => return None,
    })
}
