//! Operators, calls and accesses.

use super::{Parsed, Parser};
use crate::bicep::expression::{BinaryOperator, Expr, ExprKind, Name, UnaryOperator};
use crate::bicep::token::TokenKind;

impl Parser<'_> {
    // What a nested value passes through on its way down is kept apart from what only some
    // values need: the stack for the deepest text stays small.

    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        self.enter()?;
        let mut expr = self.binary(0)?;
        if self.kind_at(self.past_newline()) == Some(TokenKind::Question) {
            expr = self.ternary(expr)?;
        }
        self.leave();
        Ok(expr)
    }

    fn ternary(&mut self, condition: Expr) -> Parsed<Expr> {
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
        Ok(Expr {
            span: condition.span.to(otherwise.span),
            kind: ExprKind::Ternary {
                condition: Box::new(condition),
                then: Box::new(then),
                otherwise: Box::new(otherwise),
            },
        })
    }

    /// Operators that bind closer than `floor`, left to right.
    fn binary(&mut self, floor: u8) -> Parsed<Expr> {
        let outer = self.open_chain();
        let mut left = self.unary()?;
        while let Some(operator) = self.kind().and_then(binary_operator)
            && precedence(operator) > floor
        {
            left = self.operation(left, operator)?;
        }
        self.close_chain(outer);
        Ok(left)
    }

    /// At the operator after `left`.
    fn operation(&mut self, left: Expr, operator: BinaryOperator) -> Parsed<Expr> {
        let operator_span = self.bump();
        let before = self.deepest;
        self.enter()?;
        let right = self.binary(precedence(operator))?;
        self.leave();
        self.wrap(before)?;
        Ok(Expr {
            span: left.span.to(right.span),
            kind: ExprKind::Binary {
                operator,
                operator_span,
                left: Box::new(left),
                right: Box::new(right),
            },
        })
    }

    fn unary(&mut self) -> Parsed<Expr> {
        match self.kind().and_then(unary_operator) {
            Some(operator) => self.negated(operator),
            None => self.access(),
        }
    }

    fn negated(&mut self, operator: UnaryOperator) -> Parsed<Expr> {
        let start = self.bump();
        self.enter()?;
        let operand = Box::new(self.access()?);
        self.leave();
        Ok(Expr {
            span: self.since(start),
            kind: ExprKind::Unary { operator, operand },
        })
    }

    /// A value and everything that is taken from it.
    fn access(&mut self) -> Parsed<Expr> {
        let outer = self.open_chain();
        let mut expr = self.primary()?;
        while matches!(
            self.kind(),
            Some(
                TokenKind::LeftBracket
                    | TokenKind::Dot
                    | TokenKind::DoubleColon
                    | TokenKind::Exclamation
            )
        ) {
            expr = self.accessed(expr)?;
        }
        self.close_chain(outer);
        Ok(expr)
    }

    /// What is taken from a value.
    fn accessed(&mut self, object: Expr) -> Parsed<Expr> {
        let before = self.deepest;
        let start = object.span;
        let object = Box::new(object);
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
        Ok(Expr {
            span: self.since(start),
            kind,
        })
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

fn binary_operator(kind: TokenKind) -> Option<BinaryOperator> {
    Some(match kind {
        TokenKind::DoubleQuestion => BinaryOperator::Coalesce,
        TokenKind::Or => BinaryOperator::Or,
        TokenKind::And => BinaryOperator::And,
        TokenKind::Equal => BinaryOperator::Equal,
        TokenKind::NotEqual => BinaryOperator::NotEqual,
        TokenKind::EqualIgnoringCase => BinaryOperator::EqualIgnoringCase,
        TokenKind::NotEqualIgnoringCase => BinaryOperator::NotEqualIgnoringCase,
        TokenKind::Less => BinaryOperator::Less,
        TokenKind::LessOrEqual => BinaryOperator::LessOrEqual,
        TokenKind::Greater => BinaryOperator::Greater,
        TokenKind::GreaterOrEqual => BinaryOperator::GreaterOrEqual,
        TokenKind::Plus => BinaryOperator::Add,
        TokenKind::Minus => BinaryOperator::Subtract,
        TokenKind::Asterisk => BinaryOperator::Multiply,
        TokenKind::Slash => BinaryOperator::Divide,
        TokenKind::Percent => BinaryOperator::Modulo,
        _ => return None,
    })
}

/// How closely an operator binds.
fn precedence(operator: BinaryOperator) -> u8 {
    match operator {
        BinaryOperator::Coalesce => 1,
        BinaryOperator::Or => 2,
        BinaryOperator::And => 3,
        BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::EqualIgnoringCase
        | BinaryOperator::NotEqualIgnoringCase => 4,
        BinaryOperator::Less
        | BinaryOperator::LessOrEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterOrEqual => 5,
        BinaryOperator::Add | BinaryOperator::Subtract => 6,
        BinaryOperator::Multiply | BinaryOperator::Divide | BinaryOperator::Modulo => 7,
    }
}
