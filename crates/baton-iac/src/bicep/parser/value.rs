//! Literals, strings, objects, arrays, loops and lambdas.

use baton_source::SyntaxError;

use super::list::Words;
use super::{Parsed, Parser};
use crate::bicep::decode::{Ends, Quote};
use crate::bicep::expression::{
    Entry, Expr, ExprKind, For, Item, Key, Name, Object, Property, Spread, StringLiteral,
    StringPart,
};
use crate::bicep::token::TokenKind;

const OBJECT: Words = Words {
    close: "`}` to end the object",
    next: "`,` or a line break before the next property",
};
const ARRAY: Words = Words {
    close: "`]` to end the array",
    next: "`,` or a line break before the next item",
};

/// Whether an object may hold resources: only the body of a resource does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Resources {
    Allowed,
    Forbidden,
}

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> Parsed<Expr> {
        let start = self.here();
        let kind = match self.kind() {
            Some(TokenKind::Identifier) => self.named_or_lambda(),
            Some(TokenKind::LeftBrace) => self.object_kind(),
            Some(TokenKind::LeftBracket) if self.is_loop() => self.for_loop(Self::expression),
            Some(TokenKind::LeftBracket) => self.array(),
            Some(TokenKind::LeftParen) => self.paren_or_lambda(),
            Some(TokenKind::StringLeft) => self.string_kind(),
            _ => self.literal(),
        };
        Ok(Expr {
            kind: kind?,
            span: self.since(start),
        })
    }

    fn object_kind(&mut self) -> Parsed<ExprKind> {
        Ok(ExprKind::Object(self.object(Resources::Forbidden)?))
    }

    fn array(&mut self) -> Parsed<ExprKind> {
        self.bump();
        let items = self.items(TokenKind::RightBracket, ARRAY, Self::array_item)?;
        Ok(ExprKind::Array(items))
    }

    fn string_kind(&mut self) -> Parsed<ExprKind> {
        Ok(ExprKind::String(self.string("a string")?))
    }

    fn literal(&mut self) -> Parsed<ExprKind> {
        match self.kind() {
            Some(TokenKind::StringComplete) => return self.string_kind(),
            Some(TokenKind::Integer) => return Ok(ExprKind::Integer(self.integer()?)),
            _ => {}
        }
        let kind = match self.kind() {
            Some(TokenKind::True) => ExprKind::Bool(true),
            Some(TokenKind::False) => ExprKind::Bool(false),
            Some(TokenKind::Null) => ExprKind::Null,
            _ => return Err(self.expected("a value")),
        };
        self.bump();
        Ok(kind)
    }

    pub(super) fn integer(&mut self) -> Parsed<u64> {
        let span = self.bump();
        span.of(self.text)
            .parse()
            .map_err(|_| SyntaxError::new(span, "the number is too large"))
    }

    fn named_or_lambda(&mut self) -> Parsed<ExprKind> {
        let name = self.name("a name")?;
        if self.is(TokenKind::Arrow) {
            return self.lambda(vec![name]);
        }
        self.named(name)
    }

    fn paren_or_lambda(&mut self) -> Parsed<ExprKind> {
        self.bump();
        self.skip_newlines();
        let mut exprs = Vec::new();
        while !self.is(TokenKind::RightParen) {
            exprs.push(self.expression()?);
            self.skip_newlines();
            if !self.eat(TokenKind::Comma) {
                break;
            }
            self.skip_newlines();
        }
        let close = self.expect(TokenKind::RightParen, "`)`")?;
        if self.is(TokenKind::Arrow) {
            let parameters = exprs.into_iter().map(parameter);
            return self.lambda(parameters.collect::<Parsed<_>>()?);
        }
        let mut exprs = exprs.into_iter();
        match (exprs.next(), exprs.next()) {
            (Some(expr), None) => Ok(ExprKind::Paren(Box::new(expr))),
            (Some(_), Some(second)) => Err(SyntaxError::new(
                second.span,
                "parentheses hold one value, or the parameters of a lambda before `=>`",
            )),
            (None, _) => Err(SyntaxError::new(close, "expected a value before `)`")),
        }
    }

    /// At the `=>`.
    fn lambda(&mut self, parameters: Vec<Name>) -> Parsed<ExprKind> {
        self.bump();
        self.skip_newlines();
        let body = Box::new(self.expression()?);
        Ok(ExprKind::Lambda { parameters, body })
    }

    /// A string; `what` names it when there is none.
    pub(super) fn string(&mut self, what: &str) -> Parsed<StringLiteral> {
        let start = self.here();
        let quote = Quote::of(start.of(self.text));
        let mut string = StringLiteral {
            span: start,
            multiline: quote.multiline,
            parts: Vec::new(),
        };
        let whole = self.is(TokenKind::StringComplete);
        if !whole && !self.is(TokenKind::StringLeft) {
            return Err(self.expected(what));
        }
        let ends = Ends {
            first: true,
            last: whole,
        };
        self.text_part(&mut string, quote, ends);
        let mut last = whole;
        while !last {
            let expr = self.expression()?;
            string.parts.push(StringPart::Expr(expr));
            last = match self.kind() {
                Some(TokenKind::StringMiddle) => false,
                Some(TokenKind::StringRight) => true,
                _ => return Err(self.expected("`}` to end the interpolation")),
            };
            let ends = Ends { first: false, last };
            self.text_part(&mut string, quote, ends);
        }
        string.span = self.since(start);
        Ok(string)
    }

    fn text_part(&mut self, string: &mut StringLiteral, quote: Quote, ends: Ends) {
        let token = self.bump();
        let span = quote.content(token, self.text, ends);
        if !span.is_empty() {
            let value = quote.decode(span.of(self.text));
            string.parts.push(StringPart::Text { span, value });
        }
    }

    pub(super) fn object(&mut self, resources: Resources) -> Parsed<Object> {
        let start = self.expect(TokenKind::LeftBrace, "`{`")?;
        let entries = self.items(TokenKind::RightBrace, OBJECT, |it| it.entry(resources))?;
        Ok(Object {
            span: self.since(start),
            entries,
        })
    }

    fn entry(&mut self, resources: Resources) -> Parsed<Entry> {
        if resources == Resources::Allowed && self.is_nested_resource() {
            return Ok(Entry::Resource(self.nested_resource()?));
        }
        if self.is(TokenKind::Ellipsis) {
            return Ok(Entry::Spread(self.spread()?));
        }
        self.property().map(Entry::Property)
    }

    fn property(&mut self) -> Parsed<Property> {
        let start = self.here();
        let key = self.key("a property name")?;
        self.expect(TokenKind::Colon, "`:` after the property name")?;
        let value = self.expression()?;
        Ok(Property {
            span: self.since(start),
            key,
            value,
        })
    }

    fn is_nested_resource(&self) -> bool {
        let named = self.kind_at(self.at + 1) == Some(TokenKind::Identifier);
        self.is(TokenKind::At) || (self.is_word("resource") && named)
    }

    /// A name or a string; `what` names it when there is neither.
    pub(super) fn key(&mut self, what: &str) -> Parsed<Key> {
        if self.is(TokenKind::Identifier) {
            return Ok(Key::Name(self.name(what)?));
        }
        Ok(Key::String(self.string(what)?))
    }

    fn array_item(&mut self) -> Parsed<Item> {
        if self.is(TokenKind::Ellipsis) {
            return Ok(Item::Spread(self.spread()?));
        }
        Ok(Item::Value(self.expression()?))
    }

    fn spread(&mut self) -> Parsed<Spread> {
        let start = self.bump();
        let value = self.expression()?;
        Ok(Spread {
            span: self.since(start),
            value,
        })
    }

    /// Whether the bracket opens a loop rather than an array.
    pub(super) fn is_loop(&self) -> bool {
        let newline = self.kind_at(self.at + 1) == Some(TokenKind::Newline);
        self.word_at(self.at + 1 + usize::from(newline)) == "for"
    }

    /// `[for … in …: …]`
    pub(super) fn for_loop(
        &mut self,
        body: impl FnOnce(&mut Self) -> Parsed<Expr>,
    ) -> Parsed<ExprKind> {
        self.expect(TokenKind::LeftBracket, "`[`")?;
        self.skip_newlines();
        self.expect_word("for", "`for` after `[`")?;
        let (item, index) = self.loop_names()?;
        self.expect_word("in", "`in` after the loop variable")?;
        let items = self.expression()?;
        self.expect(TokenKind::Colon, "`:` before the body of the loop")?;
        let body = body(self)?;
        self.skip_newlines();
        self.expect(TokenKind::RightBracket, "`]` to end the loop")?;
        Ok(ExprKind::For(Box::new(For {
            item,
            index,
            items,
            body,
        })))
    }

    fn loop_names(&mut self) -> Parsed<(Name, Option<Name>)> {
        if !self.eat(TokenKind::LeftParen) {
            return Ok((self.name("a loop variable after `for`")?, None));
        }
        let item = self.name("the loop variable for the item")?;
        self.expect(TokenKind::Comma, "`,` between the item and its index")?;
        let index = self.name("the loop variable for the index")?;
        self.expect(TokenKind::RightParen, "`)` after the loop variables")?;
        Ok((item, Some(index)))
    }
}

/// A value in parentheses before `=>`, which can only be a name.
fn parameter(expr: Expr) -> Parsed<Name> {
    match expr.kind {
        ExprKind::Variable(name) => Ok(name),
        _ => Err(SyntaxError::new(
            expr.span,
            "the parameters of a lambda are plain names",
        )),
    }
}
