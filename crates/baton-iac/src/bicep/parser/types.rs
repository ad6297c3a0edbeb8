//! Types.

use super::expression::unary_operator;
use super::list::Words;
use super::{Parsed, Parser};
use crate::bicep::expression::Name;
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
        let start = self.here();
        let first = self.postfix_type(what)?;
        if !leading && !self.is_pipe() {
            self.leave();
            return Ok(first);
        }
        let mut members = vec![first];
        while self.eat_pipe() {
            members.push(self.postfix_type("a type after `|`")?);
        }
        self.leave();
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
        let start = self.here();
        let mut ty = self.unary_type(what)?;
        loop {
            let before = self.deepest;
            let kind = if self.eat(TokenKind::Question) {
                TypeKind::Nullable(Box::new(ty))
            } else if self.eat(TokenKind::Exclamation) {
                TypeKind::NonNull(Box::new(ty))
            } else {
                break;
            };
            self.wrap(before)?;
            let span = self.since(start);
            ty = TypeExpr { span, kind };
        }
        self.close_chain(outer);
        Ok(ty)
    }

    fn unary_type(&mut self, what: &str) -> Parsed<TypeExpr> {
        let Some(operator) = self.kind().and_then(unary_operator) else {
            return self.access_type(what);
        };
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
        let start = self.here();
        let mut ty = self.primary_type(what)?;
        loop {
            let before = self.deepest;
            let kind = if self.eat(TokenKind::LeftBracket) {
                self.bracketed_type(Box::new(ty))?
            } else if self.eat(TokenKind::Dot) {
                self.member_type(Box::new(ty))?
            } else {
                break;
            };
            self.wrap(before)?;
            let span = self.since(start);
            ty = TypeExpr { span, kind };
        }
        self.close_chain(outer);
        Ok(ty)
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
            Some(TokenKind::Identifier) => {
                let name = self.name(what)?;
                self.named_type(name)?
            }
            Some(TokenKind::StringComplete | TokenKind::StringLeft) => {
                TypeKind::String(self.string(what)?)
            }
            Some(TokenKind::LeftBrace) => {
                self.bump();
                let close = TokenKind::RightBrace;
                TypeKind::Object(self.items(close, OBJECT, Self::type_property)?)
            }
            Some(TokenKind::LeftBracket) => {
                self.bump();
                let close = TokenKind::RightBracket;
                TypeKind::Tuple(self.items(close, TUPLE, Self::tuple_item)?)
            }
            Some(TokenKind::LeftParen) => {
                self.bump();
                let inner = self.type_expression("a type after `(`")?;
                self.expect(TokenKind::RightParen, "`)` after the type")?;
                TypeKind::Paren(Box::new(inner))
            }
            Some(TokenKind::Integer) => TypeKind::Integer(self.integer()?),
            Some(TokenKind::True | TokenKind::False | TokenKind::Null) => self.literal_type(),
            _ => return Err(self.expected(what)),
        };
        Ok(TypeExpr {
            span: self.since(start),
            kind,
        })
    }

    fn literal_type(&mut self) -> TypeKind {
        let kind = match self.kind() {
            Some(TokenKind::True) => TypeKind::Bool(true),
            Some(TokenKind::False) => TypeKind::Bool(false),
            _ => TypeKind::Null,
        };
        self.bump();
        kind
    }

    fn named_type(&mut self, name: Name) -> Parsed<TypeKind> {
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
