//! From words to an expression; the first error ends it.

use baton_source::{Span, SyntaxError};

use super::lexer::{Lexer, Token, TokenKind};
use super::{Expr, ExprKind, MAX_DEPTH, Step};

/// Reads one expression from a text that begins at `base`.
pub(super) fn expression(text: &str, base: usize) -> Result<Expr, SyntaxError> {
    let mut lexer = Lexer::new(text, base);
    let next = lexer.next()?;
    let mut parser = Parser { lexer, next };
    let expr = parser.value(0)?;
    match parser.next.kind {
        TokenKind::End => Ok(expr),
        _ => Err(parser.expected("the end of the expression")),
    }
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    next: Token<'t>,
}

impl<'t> Parser<'t> {
    fn value(&mut self, depth: u32) -> Result<Expr, SyntaxError> {
        if depth >= MAX_DEPTH {
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            return Err(SyntaxError::new(self.next.span, message));
        }
        let span = self.next.span;
        let kind = match &self.next.kind {
            TokenKind::String(text) => ExprKind::String(text.clone()),
            TokenKind::Number(lexeme) => ExprKind::Number((*lexeme).to_owned()),
            TokenKind::Name(name) => {
                let name = (*name).to_owned();
                return self.call(name, depth);
            }
            TokenKind::Sign(_) | TokenKind::End => return Err(self.expected("a value")),
        };
        self.take()?;
        self.steps(Expr { span, kind }, depth)
    }

    /// A call whose name begins with the next word.
    fn call(&mut self, mut name: String, depth: u32) -> Result<Expr, SyntaxError> {
        let first = self.take()?;
        let mut end = first.span;
        while self.is('.') {
            self.take()?;
            let word = self.name()?;
            name.push('.');
            name.push_str(word.1);
            end = word.0.span;
        }
        if !self.is('(') {
            let message = "expected `(` after the name of a function";
            return Err(SyntaxError::new(first.span.to(end), message));
        }
        self.take()?;
        let arguments = self.arguments(depth)?;
        let close = self.take()?;
        let call = Expr {
            span: first.span.to(close.span),
            kind: ExprKind::Call { name, arguments },
        };
        self.steps(call, depth)
    }

    /// What stands before the closing parenthesis.
    fn arguments(&mut self, depth: u32) -> Result<Vec<Expr>, SyntaxError> {
        let mut arguments = Vec::new();
        if self.is(')') {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.value(depth + 1)?);
            if self.is(')') {
                return Ok(arguments);
            }
            if !self.is(',') {
                return Err(self.expected("`,` or `)`"));
            }
            self.take()?;
        }
    }

    /// What is taken out of a value.
    fn steps(&mut self, base: Expr, depth: u32) -> Result<Expr, SyntaxError> {
        let mut path = Vec::new();
        let mut span = base.span;
        while let Some((step, end)) = self.step(depth)? {
            path.push(step);
            span = span.to(end);
        }
        if path.is_empty() {
            return Ok(base);
        }
        let base = Box::new(base);
        let kind = ExprKind::Access { base, path };
        Ok(Expr { span, kind })
    }

    /// One step and its last word; `None` where there is none.
    fn step(&mut self, depth: u32) -> Result<Option<(Step, Span)>, SyntaxError> {
        if self.is('.') {
            self.take()?;
            let (token, name) = self.name()?;
            return Ok(Some((Step::Name(name.to_owned()), token.span)));
        }
        if !self.is('[') {
            return Ok(None);
        }
        self.take()?;
        let index = self.value(depth + 1)?;
        if !self.is(']') {
            return Err(self.expected("`]`"));
        }
        Ok(Some((Step::Index(index), self.take()?.span)))
    }

    fn name(&mut self) -> Result<(Token<'t>, &'t str), SyntaxError> {
        let (TokenKind::Name(name) | TokenKind::Number(name)) = self.next.kind else {
            return Err(self.expected("a name"));
        };
        Ok((self.take()?, name))
    }

    fn is(&self, sign: char) -> bool {
        self.next.kind == TokenKind::Sign(sign)
    }

    /// The next word, and on to the one after it.
    fn take(&mut self) -> Result<Token<'t>, SyntaxError> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    fn expected(&self, what: &str) -> SyntaxError {
        SyntaxError::new(self.next.span, format!("expected {what}"))
    }
}
