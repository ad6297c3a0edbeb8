//! Types.

use super::expression::unary_operator;
use super::list::Words;
use super::{Parsed, Parser};
use crate::bicep::expression::UnaryOperator;
use crate::bicep::token::TokenKind;
use crate::bicep::types::{TupleItem, TypeExpr, TypeKind, TypeProperty};

const OBJECT: Words = Words {
    close: "`}` to end the object type",
    next: "`,` or a line break before the next property",
};
const TUPLE: Words = Words {
    close: "`]` to end the tuple type",
    next: "`,` or a line break before the next item",
};
const ARGUMENTS: Words = Words {
    close: "`>` to end the type arguments",
    next: "`,` or `>` after the type argument",
};

impl Parser<'_> {
    /// A type as it stands after a parameter or output name; `what` names it when there is none.
    pub(super) fn declared_type(&mut self, what: &str) -> Parsed<TypeExpr> {
        let generic = self.kind_at(self.at + 1) == Some(TokenKind::Less);
        if !self.is_word("resource") || generic {
            return self.type_expression(what);
        }
        let start = self.bump();
        let string = if self.kind().is_some_and(TokenKind::is_string) {
            Some(self.string("a resource type in quotes")?)
        } else {
            None
        };
        Ok(TypeExpr {
            span: self.since(start),
            kind: TypeKind::Resource(string),
        })
    }

    pub(super) fn type_expression(&mut self, what: &str) -> Parsed<TypeExpr> {
        self.enter()?;
        let leading = self.eat_pipe();
        let mut ty = self.postfix_type(what)?;
        if leading || self.is_pipe() {
            ty = self.union(ty)?;
        }
        self.leave();
        Ok(ty)
    }

    fn union(&mut self, first: TypeExpr) -> Parsed<TypeExpr> {
        let start = first.span;
        let mut members = vec![first];
        while self.eat_pipe() {
            members.push(self.postfix_type("a type after `|`")?);
        }
        Ok(TypeExpr {
            span: self.since(start),
            kind: TypeKind::Union(members),
        })
    }

    fn is_pipe(&self) -> bool {
        self.kind_at(self.past_newline()) == Some(TokenKind::Pipe)
    }

    fn eat_pipe(&mut self) -> bool {
        let found = self.is_pipe();
        if found {
            self.skip_newlines();
            self.bump();
        }
        found
    }

    fn postfix_type(&mut self, what: &str) -> Parsed<TypeExpr> {
        let outer = self.open_chain();
        let mut ty = self.unary_type(what)?;
        while matches!(
            self.kind(),
            Some(TokenKind::Question | TokenKind::Exclamation)
        ) {
            ty = self.marked_type(ty)?;
        }
        self.close_chain(outer);
        Ok(ty)
    }

    /// At the `?` or `!` after a type.
    fn marked_type(&mut self, ty: TypeExpr) -> Parsed<TypeExpr> {
        self.wrap(self.deepest)?;
        let start = ty.span;
        let inner = Box::new(ty);
        let kind = if self.is(TokenKind::Question) {
            TypeKind::Nullable(inner)
        } else {
            TypeKind::NonNull(inner)
        };
        self.bump();
        Ok(TypeExpr {
            span: self.since(start),
            kind,
        })
    }

    fn unary_type(&mut self, what: &str) -> Parsed<TypeExpr> {
        match self.kind().and_then(unary_operator) {
            Some(operator) => self.negated_type(operator, what),
            None => self.access_type(what),
        }
    }

    fn negated_type(&mut self, operator: UnaryOperator, what: &str) -> Parsed<TypeExpr> {
        let start = self.bump();
        self.enter()?;
        let operand = Box::new(self.access_type(what)?);
        self.leave();
        Ok(TypeExpr {
            span: self.since(start),
            kind: TypeKind::Unary { operator, operand },
        })
    }

    fn access_type(&mut self, what: &str) -> Parsed<TypeExpr> {
        let outer = self.open_chain();
        let mut ty = self.primary_type(what)?;
        while matches!(self.kind(), Some(TokenKind::LeftBracket | TokenKind::Dot)) {
            ty = self.accessed_type(ty)?;
        }
        self.close_chain(outer);
        Ok(ty)
    }

    /// At the `[` or `.` after a type.
    fn accessed_type(&mut self, object: TypeExpr) -> Parsed<TypeExpr> {
        let before = self.deepest;
        let start = object.span;
        let object = Box::new(object);
        let kind = if self.eat(TokenKind::LeftBracket) {
            self.bracketed_type(object)?
        } else {
            self.bump();
            self.member_type(object)?
        };
        self.wrap(before)?;
        Ok(TypeExpr {
            span: self.since(start),
            kind,
        })
    }

    fn bracketed_type(&mut self, object: Box<TypeExpr>) -> Parsed<TypeKind> {
        if self.eat(TokenKind::RightBracket) {
            return Ok(TypeKind::Array(object));
        }
        let kind = if self.eat(TokenKind::Asterisk) {
            TypeKind::Items(object)
        } else {
            let index = Box::new(self.expression()?);
            TypeKind::Index { object, index }
        };
        self.expect(TokenKind::RightBracket, "`]`")?;
        Ok(kind)
    }

    fn member_type(&mut self, object: Box<TypeExpr>) -> Parsed<TypeKind> {
        if self.eat(TokenKind::Asterisk) {
            return Ok(TypeKind::FurtherProperties(object));
        }
        let name = self.name("the name of a type or property after `.`")?;
        if !self.is(TokenKind::Less) {
            return Ok(TypeKind::Member { object, name });
        }
        let arguments = self.type_arguments()?;
        Ok(TypeKind::GenericMember {
            object,
            name,
            arguments,
        })
    }

    fn primary_type(&mut self, what: &str) -> Parsed<TypeExpr> {
        let start = self.here();
        let kind = match self.kind() {
            Some(TokenKind::Identifier) => self.named_type(what),
            Some(TokenKind::LeftBrace) => self.object_type(),
            Some(TokenKind::LeftBracket) => self.tuple_type(),
            Some(TokenKind::LeftParen) => self.paren_type(),
            _ => self.literal_type(what),
        };
        Ok(TypeExpr {
            kind: kind?,
            span: self.since(start),
        })
    }

    fn object_type(&mut self) -> Parsed<TypeKind> {
        self.bump();
        let properties = self.items(TokenKind::RightBrace, OBJECT, Self::type_property)?;
        Ok(TypeKind::Object(properties))
    }

    fn tuple_type(&mut self) -> Parsed<TypeKind> {
        self.bump();
        let items = self.items(TokenKind::RightBracket, TUPLE, Self::tuple_item)?;
        Ok(TypeKind::Tuple(items))
    }

    fn paren_type(&mut self) -> Parsed<TypeKind> {
        self.bump();
        let inner = Box::new(self.type_expression("a type after `(`")?);
        self.expect(TokenKind::RightParen, "`)` after the type")?;
        Ok(TypeKind::Paren(inner))
    }

    fn literal_type(&mut self, what: &str) -> Parsed<TypeKind> {
        match self.kind() {
            Some(TokenKind::StringComplete | TokenKind::StringLeft) => {
                return Ok(TypeKind::String(self.string(what)?));
            }
            Some(TokenKind::Integer) => return Ok(TypeKind::Integer(self.integer()?)),
            _ => {}
        }
        let kind = match self.kind() {
            Some(TokenKind::True) => TypeKind::Bool(true),
            Some(TokenKind::False) => TypeKind::Bool(false),
            Some(TokenKind::Null) => TypeKind::Null,
            _ => return Err(self.expected(what)),
        };
        self.bump();
        Ok(kind)
    }

    fn named_type(&mut self, what: &str) -> Parsed<TypeKind> {
        let name = self.name(what)?;
        if !self.is(TokenKind::Less) {
            return Ok(TypeKind::Name(name));
        }
        let arguments = self.type_arguments()?;
        Ok(TypeKind::Generic { name, arguments })
    }

    fn type_arguments(&mut self) -> Parsed<Vec<TypeExpr>> {
        self.bump();
        self.comma_separated(TokenKind::Greater, ARGUMENTS, |it| {
            it.type_expression("a type argument")
        })
    }

    fn type_property(&mut self) -> Parsed<TypeProperty> {
        let start = self.here();
        let decorators = self.decorators()?;
        let key = if self.eat(TokenKind::Asterisk) {
            None
        } else {
            Some(self.key("a property name or `*`")?)
        };
        self.expect(TokenKind::Colon, "`:` after the property name")?;
        let ty = self.type_expression("a type after `:`")?;
        Ok(TypeProperty {
            span: self.since(start),
            decorators,
            key,
            ty,
        })
    }

    fn tuple_item(&mut self) -> Parsed<TupleItem> {
        let start = self.here();
        let decorators = self.decorators()?;
        let ty = self.type_expression("a type")?;
        Ok(TupleItem {
            span: self.since(start),
            decorators,
            ty,
        })
    }
}
