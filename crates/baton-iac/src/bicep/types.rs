//! Bicep types as they are written.

use baton_source::{Span, Spanned};

use super::expression::{Expr, Key, Name, StringLiteral, UnaryOperator};
use super::tree::Decorator;

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeExpr {
    /// All of its text.
    pub span: Span,
    /// What it is.
    pub kind: TypeKind,
}

/// The kinds of type.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// `string`, or the name of a declared or imported type.
    Name(Name),
    /// `name<…>`, as in `resourceInput<'…'>`
    Generic {
        /// Before the `<`.
        name: Name,
        /// In the order of the text.
        arguments: Vec<TypeExpr>,
    },
    /// `resource '…'`; an output may leave the type out.
    Resource(Option<StringLiteral>),
    /// The string that is meant.
    String(StringLiteral),
    /// The number that is meant.
    Integer(u64),
    /// The truth value that is meant.
    Bool(bool),
    /// `null`
    Null,
    /// `-1`
    Unary {
        /// The operator.
        operator: UnaryOperator,
        /// What it applies to.
        operand: Box<TypeExpr>,
    },
    /// `a.b`
    Member {
        /// Before the `.`: an imported namespace or an object type.
        object: Box<TypeExpr>,
        /// The type or property.
        name: Name,
    },
    /// `a.b<…>`
    GenericMember {
        /// Before the `.`.
        object: Box<TypeExpr>,
        /// Before the `<`.
        name: Name,
        /// In the order of the text.
        arguments: Vec<TypeExpr>,
    },
    /// `a.*`: what further properties of an object type are.
    FurtherProperties(Box<TypeExpr>),
    /// `a[0]`
    Index {
        /// A tuple type.
        object: Box<TypeExpr>,
        /// Between the brackets.
        index: Box<Expr>,
    },
    /// `a[*]`: what the items of an array type are.
    Items(Box<TypeExpr>),
    /// `a[]`
    Array(Box<TypeExpr>),
    /// `a?`
    Nullable(Box<TypeExpr>),
    /// `a!`
    NonNull(Box<TypeExpr>),
    /// `( … )`
    Paren(Box<TypeExpr>),
    /// `a | b`
    Union(Vec<TypeExpr>),
    /// `{ … }`
    Object(Vec<TypeProperty>),
    /// `[ … ]`
    Tuple(Vec<TupleItem>),
}

/// `key: type` in an object type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeProperty {
    /// From the first decorator to the last byte.
    pub span: Span,
    /// In the order of the text.
    pub decorators: Vec<Decorator>,
    /// Before the `:`; `None` for `*`, any further property.
    pub key: Option<Key>,
    /// After the `:`.
    pub ty: TypeExpr,
}

/// An item of a tuple type.
#[derive(Debug, Clone, PartialEq)]
pub struct TupleItem {
    /// From the first decorator to the last byte.
    pub span: Span,
    /// In the order of the text.
    pub decorators: Vec<Decorator>,
    /// The item's type.
    pub ty: TypeExpr,
}

impl Spanned for TypeExpr {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for TypeProperty {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for TupleItem {
    fn span(&self) -> Span {
        self.span
    }
}
