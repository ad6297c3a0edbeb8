//! Bicep expressions.

use baton_source::{Span, Spanned};

use super::tree::Declaration;

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name's own text.
    pub span: Span,
    /// The name.
    pub text: String,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// All of its text.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The kinds of expression.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Digits; a sign is an operator around it.
    Integer(u64),
    /// A string of any kind.
    String(StringLiteral),
    /// A name that stands for a value.
    Variable(Name),
    /// `{ … }`
    Object(Object),
    /// `[ … ]`
    Array(Vec<Item>),
    /// `( … )`
    Paren(Box<Expr>),
    /// `-a`, `!a`, `+a`
    Unary {
        /// The operator.
        operator: UnaryOperator,
        /// What it applies to.
        operand: Box<Expr>,
    },
    /// `a + b` and its kin.
    Binary {
        /// The operator.
        operator: BinaryOperator,
        /// Where the operator stands.
        operator_span: Span,
        /// Before the operator.
        left: Box<Expr>,
        /// After the operator.
        right: Box<Expr>,
    },
    /// `condition ? then : otherwise`
    Ternary {
        /// Before the `?`.
        condition: Box<Expr>,
        /// Between `?` and `:`.
        then: Box<Expr>,
        /// After the `:`.
        otherwise: Box<Expr>,
    },
    /// `name(…)`
    Call {
        /// The function.
        name: Name,
        /// In the order of the text.
        arguments: Vec<Expr>,
    },
    /// `object.name(…)`
    MethodCall {
        /// Before the `.`: a resource, an extension, a namespace.
        object: Box<Expr>,
        /// The function.
        name: Name,
        /// In the order of the text.
        arguments: Vec<Expr>,
    },
    /// `object.name`, `object.?name`
    Member {
        /// Before the `.`.
        object: Box<Expr>,
        /// Whether it is `.?`: null when the member is missing.
        safe: bool,
        /// The member.
        name: Name,
    },
    /// `object[index]`, `object[?index]`, `object[^index]`
    Index {
        /// Before the `[`.
        object: Box<Expr>,
        /// Whether it is `[?`: null when the item is missing.
        safe: bool,
        /// Whether it is `^`: counted from the end, starting at 1.
        from_end: bool,
        /// Between the brackets.
        index: Box<Expr>,
    },
    /// `resource::nested`
    Nested {
        /// Before the `::`.
        object: Box<Expr>,
        /// The nested resource.
        name: Name,
    },
    /// `a!`: surely not null.
    NonNull(Box<Expr>),
    /// `x => …`, `(x, y) => …`
    Lambda {
        /// In the order of the text.
        parameters: Vec<Name>,
        /// After the `=>`.
        body: Box<Expr>,
    },
    /// `[for … in …: …]`
    For(Box<For>),
    /// `if (…) {…}`, the body of a resource or module.
    If {
        /// Between the parentheses.
        condition: Box<Expr>,
        /// The object.
        body: Box<Expr>,
    },
}

/// `[for item in items: body]`, `[for (item, index) in items: body]`
#[derive(Debug, Clone, PartialEq)]
pub struct For {
    /// Stands for each item.
    pub item: Name,
    /// Stands for each item's position.
    pub index: Option<Name>,
    /// What is gone through.
    pub items: Expr,
    /// What each item becomes; for a resource or module an object or an `if`.
    pub body: Expr,
}

/// `{ … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// Braces included.
    pub span: Span,
    /// In the order of the text.
    pub entries: Vec<Entry>,
}

/// What stands in an object.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// `key: value`
    Property(Property),
    /// `...value`
    Spread(Spread),
    /// A resource inside the body of another.
    Resource(Declaration),
}

/// `key: value`
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Key and value.
    pub span: Span,
    /// Before the `:`.
    pub key: Key,
    /// After the `:`.
    pub value: Expr,
}

/// What stands in an array.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A value.
    Value(Expr),
    /// `...value`
    Spread(Spread),
}

/// `...value`
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// Dots included.
    pub span: Span,
    /// After the dots.
    pub value: Expr,
}

/// A name that may be written in quotes.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// An identifier.
    Name(Name),
    /// A string, possibly with interpolations.
    String(StringLiteral),
}

/// A string.
#[derive(Debug, Clone, PartialEq)]
pub struct StringLiteral {
    /// Quotes included.
    pub span: Span,
    /// Whether it is written in three quotes.
    pub multiline: bool,
    /// In the order of the text; no two texts in a row, none of them empty.
    pub parts: Vec<StringPart>,
}

/// A piece of a string.
#[derive(Debug, Clone, PartialEq)]
pub enum StringPart {
    /// Text.
    Text {
        /// As written.
        span: Span,
        /// With escapes decoded.
        value: String,
    },
    /// What stands in `${…}`.
    Expr(Expr),
}

/// Operators before one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `!`
    Not,
    /// `-`
    Minus,
    /// `+`
    Plus,
}

/// Operators between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `=~`
    EqualIgnoringCase,
    /// `!~`
    NotEqualIgnoringCase,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `??`
    Coalesce,
}

impl Expr {
    /// The text of a string without interpolations.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::String(string) => string.as_str(),
            _ => None,
        }
    }

    /// The object, also behind `if` and `for`, as in the body of a resource or module.
    pub fn object(&self) -> Option<&Object> {
        match &self.kind {
            ExprKind::Object(object) => Some(object),
            ExprKind::If { body, .. } => body.object(),
            ExprKind::For(it) => it.body.object(),
            _ => None,
        }
    }
}

impl Object {
    /// The first property of that name.
    pub fn get(&self, key: &str) -> Option<&Property> {
        self.properties().find(|it| it.key.as_str() == Some(key))
    }

    /// The properties, without spreads and nested resources.
    pub fn properties(&self) -> impl Iterator<Item = &Property> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Property(property) => Some(property),
            _ => None,
        })
    }
}

impl Key {
    /// The key's text; `None` when it has interpolations.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Key::Name(name) => Some(&name.text),
            Key::String(string) => string.as_str(),
        }
    }
}

impl StringLiteral {
    /// The string's text with escapes decoded; `None` when it has interpolations.
    pub fn as_str(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [StringPart::Text { value, .. }] => Some(value),
            _ => None,
        }
    }
}

impl Spanned for Name {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Expr {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Object {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Property {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Spread {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for StringLiteral {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Key {
    fn span(&self) -> Span {
        match self {
            Key::Name(name) => name.span,
            Key::String(string) => string.span,
        }
    }
}
