//! The expressions of all languages.

use baton_source::Span;

/// An expression and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written.
    Number(String),
    /// A string without interpolation, decoded.
    String(String),
    /// A string with interpolation.
    Template(Vec<TemplatePart>),
    /// A list; an element may be an [`ExprKind::Spread`].
    Array(Vec<Expr>),
    /// An object, a map or the body of a block, in the order of the text.
    Object(Vec<Property>),
    /// Something declared elsewhere.
    Reference {
        /// Its address: `x`, `var.x`, `local.x`, `module.x`, `azurerm_storage_account.x`, `each.value` …
        root: String,
        /// What is taken out of it.
        path: Vec<Step>,
    },
    /// Something taken out of an expression that is no reference.
    Access {
        /// The expression.
        base: Box<Expr>,
        /// What is taken out of it.
        path: Vec<Step>,
    },
    /// `condition ? then : otherwise`.
    Conditional {
        /// What decides.
        condition: Box<Expr>,
        /// The value if it holds.
        then: Box<Expr>,
        /// The value if it does not.
        otherwise: Box<Expr>,
    },
    /// A call of a function; its namespace, if it has one, is not kept.
    Call {
        /// The function.
        name: String,
        /// What it is given; the last may be an [`ExprKind::Spread`].
        arguments: Vec<Expr>,
    },
    /// An operator and its operands: one or two; for [`Operator::And`] and [`Operator::Or`] two or more.
    Operation {
        /// The operator.
        operator: Operator,
        /// Its operands.
        operands: Vec<Expr>,
    },
    /// A list or, if it has keys, an object made by a loop.
    For {
        /// The names it binds, and what it goes over.
        each: Box<Loop>,
        /// The key of each round, if it makes an object.
        key: Option<Box<Expr>>,
        /// Which rounds count, if not all.
        condition: Option<Box<Expr>>,
        /// The value of each round.
        body: Box<Expr>,
    },
    /// All elements of a list, put in the place of one.
    Spread(Box<Expr>),
    /// Something whose value only a deployment knows.
    Unknown,
}

/// What a loop binds: a [`ExprKind::Reference`] to one of its names is an element, or its key.
#[derive(Debug, Clone, PartialEq)]
pub struct Loop {
    /// What the element is called: `x`, `each.value`, or `setting.value` in a `dynamic` block.
    pub item: String,
    /// What its key or index is called.
    pub key: Option<String>,
    /// What the loop goes over.
    pub collection: Expr,
}

/// A piece of a string with interpolation.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplatePart {
    /// Text, decoded.
    Literal(String),
    /// The text of a value.
    Value(Expr),
}

/// One step into a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// `.name`.
    Name(String),
    /// `.?name`: null where there is none.
    Optional(String),
    /// `[index]`: a number or a key.
    Index(Expr),
    /// Any other, such as `[*]`.
    Other,
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Its key.
    pub key: Key,
    /// The key as written.
    pub key_span: Span,
    /// Its value; an array of objects if it stands for blocks.
    pub value: Expr,
    /// Whether it stands for the Terraform blocks of that name.
    pub block: bool,
}

/// The key of a property.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// A name or a string.
    Name(String),
    /// A key that has to be computed.
    Computed(Expr),
    /// No key: all properties of the value, put in the place of one.
    Spread,
}

/// An operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `!`
    Not,
    /// `-` before a value.
    Negate,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `=~`: equal but for case.
    EqualIgnoringCase,
    /// `!~`: unequal but for case.
    NotEqualIgnoringCase,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `??`
    Coalesce,
    /// Comparisons and arithmetic: not computed.
    Other,
}

impl Expr {
    /// An expression at `span`.
    pub fn new(span: Span, kind: ExprKind) -> Expr {
        Expr { span, kind }
    }

    /// Makes it and everything in it stand in one place.
    pub(crate) fn place_at(&mut self, span: Span) {
        self.span = span;
        match &mut self.kind {
            ExprKind::Array(parts)
            | ExprKind::Call {
                arguments: parts, ..
            }
            | ExprKind::Operation {
                operands: parts, ..
            } => parts.iter_mut().for_each(|part| part.place_at(span)),
            ExprKind::Object(properties) => {
                let all = properties.iter_mut();
                all.for_each(|property| property.place_at(span));
            }
            ExprKind::Template(parts) => {
                let values = parts.iter_mut().filter_map(|part| match part {
                    TemplatePart::Value(value) => Some(value),
                    TemplatePart::Literal(_) => None,
                });
                values.for_each(|value| value.place_at(span));
            }
            ExprKind::Reference { path, .. } => place_steps(path, span),
            ExprKind::Access { base, path } => {
                base.place_at(span);
                place_steps(path, span);
            }
            ExprKind::Conditional {
                condition,
                then,
                otherwise,
            } => {
                for part in [condition, then, otherwise] {
                    part.place_at(span);
                }
            }
            ExprKind::For {
                each,
                key,
                condition,
                body,
            } => {
                each.collection.place_at(span);
                for part in key.iter_mut().chain(condition).chain([body]) {
                    part.place_at(span);
                }
            }
            ExprKind::Spread(inner) => inner.place_at(span),
            _ => {}
        }
    }

    /// Whether it is one value, written down.
    pub fn is_literal(&self) -> bool {
        matches!(
            self.kind,
            ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::String(_)
        )
    }

    /// What it refers to, in the order of the text, as often as it does; loops not gone into.
    pub fn roots(&self) -> Vec<&str> {
        let mut roots = Vec::new();
        let mut open = vec![self];
        while let Some(expr) = open.pop() {
            let before = open.len();
            match &expr.kind {
                ExprKind::Reference { root, path } => {
                    roots.push(root.as_str());
                    open.extend(indexes(path));
                }
                ExprKind::Access { base, path } => {
                    open.push(base);
                    open.extend(indexes(path));
                }
                ExprKind::Template(parts) => {
                    open.extend(parts.iter().filter_map(TemplatePart::value));
                }
                ExprKind::Object(properties) => {
                    open.extend(properties.iter().flat_map(Property::parts));
                }
                ExprKind::Conditional {
                    condition,
                    then,
                    otherwise,
                } => open.extend([condition, then, otherwise].map(|it| &**it)),
                ExprKind::Array(parts)
                | ExprKind::Call {
                    arguments: parts, ..
                }
                | ExprKind::Operation {
                    operands: parts, ..
                } => open.extend(parts),
                ExprKind::Spread(inner) => open.push(inner),
                _ => {}
            }
            if let Some(added) = open.get_mut(before..) {
                added.reverse();
            }
        }
        roots
    }

    /// Its text, if it is a string without interpolation.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// Its properties; none if it is no object.
    pub fn properties(&self) -> &[Property] {
        match &self.kind {
            ExprKind::Object(properties) => properties,
            _ => &[],
        }
    }

    /// The first property with exactly this key.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties()
            .iter()
            .find(|property| property.name() == Some(name))
    }
}

impl Property {
    /// Its key, if that is a name.
    pub fn name(&self) -> Option<&str> {
        match &self.key {
            Key::Name(name) => Some(name),
            Key::Computed(_) | Key::Spread => None,
        }
    }
}

impl TemplatePart {
    fn value(&self) -> Option<&Expr> {
        match self {
            TemplatePart::Value(value) => Some(value),
            TemplatePart::Literal(_) => None,
        }
    }
}

impl Property {
    fn place_at(&mut self, span: Span) {
        self.key_span = span;
        self.value.place_at(span);
        if let Key::Computed(key) = &mut self.key {
            key.place_at(span);
        }
    }
}

fn place_steps(path: &mut [Step], span: Span) {
    for step in path {
        if let Step::Index(index) = step {
            index.place_at(span);
        }
    }
}

fn indexes(path: &[Step]) -> impl Iterator<Item = &Expr> {
    path.iter().filter_map(|step| match step {
        Step::Index(index) => Some(index),
        Step::Name(_) | Step::Optional(_) | Step::Other => None,
    })
}

impl Property {
    /// Its key, if that is computed, and its value.
    fn parts(&self) -> impl Iterator<Item = &Expr> {
        let key = match &self.key {
            Key::Computed(key) => Some(key),
            Key::Name(_) | Key::Spread => None,
        };
        key.into_iter().chain([&self.value])
    }
}
