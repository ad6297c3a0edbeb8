//! From Bicep's expressions to those of the model.

use baton_source::Spanned as _;

use super::Lowering;
use crate::bicep::{
    BinaryOperator, Entry, Expr as TreeExpr, ExprKind as TreeKind, For, Item, Key as TreeKey, Name,
    Object, StringLiteral, StringPart, UnaryOperator,
};
use crate::model::{Expr, ExprKind, Key, Loop, Operator, Property, Step, TemplatePart};

/// Lowers one expression; parentheses vanish but their span stays.
pub(super) fn lower(lowering: &mut Lowering<'_>, tree: &TreeExpr) -> Expr {
    let kind = match &tree.kind {
        TreeKind::Null => ExprKind::Null,
        TreeKind::Bool(value) => ExprKind::Bool(*value),
        TreeKind::Integer(value) => ExprKind::Number(value.to_string()),
        TreeKind::String(literal) => string(lowering, literal),
        TreeKind::Variable(name) => variable(name),
        TreeKind::Object(object) => ExprKind::Object(properties(lowering, object)),
        TreeKind::Array(items) => {
            ExprKind::Array(items.iter().map(|item| element(lowering, item)).collect())
        }
        TreeKind::Paren(inner) | TreeKind::NonNull(inner) => lower(lowering, inner).kind,
        TreeKind::Unary { operator, operand } => unary(lowering, *operator, operand),
        TreeKind::Binary {
            operator,
            left,
            right,
            ..
        } => ExprKind::Operation {
            operator: binary_operator(*operator),
            operands: vec![lower(lowering, left), lower(lowering, right)],
        },
        TreeKind::Ternary {
            condition,
            then,
            otherwise,
        } => ExprKind::Conditional {
            condition: Box::new(lower(lowering, condition)),
            then: Box::new(lower(lowering, then)),
            otherwise: Box::new(lower(lowering, otherwise)),
        },
        TreeKind::Call { name, arguments } => call(lowering, name, arguments),
        TreeKind::MethodCall {
            object,
            name,
            arguments,
        } => match &object.kind {
            TreeKind::Variable(space) if matches!(space.text.as_str(), "sys" | "az") => {
                call(lowering, name, arguments)
            }
            _ => ExprKind::Unknown,
        },
        TreeKind::Member { object, safe, name } => {
            let name = name.text.clone();
            let step = if *safe {
                Step::Optional(name)
            } else {
                Step::Name(name)
            };
            access(lower(lowering, object), step)
        }
        TreeKind::Index { object, index, .. } => {
            let step = index_step(lowering, tree, index);
            access(lower(lowering, object), step)
        }
        TreeKind::Nested { object, name } => nested(lower(lowering, object), name),
        TreeKind::Lambda { .. } => ExprKind::Unknown,
        TreeKind::For(tree) => comprehension(lowering, tree),
        // Only a resource or module may have one, and those look through it.
        TreeKind::If { body, .. } => lower(lowering, body).kind,
    };
    Expr::new(tree.span, kind)
}

/// The properties of an object; resources nested in it are none.
pub(super) fn properties(lowering: &mut Lowering<'_>, object: &Object) -> Vec<Property> {
    object
        .entries
        .iter()
        .filter_map(|entry| {
            let (key, key_span, value) = match entry {
                Entry::Property(property) => (
                    key(lowering, &property.key),
                    property.key.span(),
                    &property.value,
                ),
                Entry::Spread(spread) => (Key::Spread, spread.span, &spread.value),
                Entry::Resource(_) => return None,
            };
            Some(Property {
                key,
                key_span,
                value: lower(lowering, value),
                block: false,
            })
        })
        .collect()
}

fn key(lowering: &mut Lowering<'_>, tree: &TreeKey) -> Key {
    match tree {
        TreeKey::Name(name) => Key::Name(name.text.clone()),
        TreeKey::String(literal) => match string(lowering, literal) {
            ExprKind::String(name) => Key::Name(name),
            kind => Key::Computed(Expr::new(literal.span, kind)),
        },
    }
}

fn element(lowering: &mut Lowering<'_>, item: &Item) -> Expr {
    match item {
        Item::Value(value) => lower(lowering, value),
        Item::Spread(spread) => {
            let value = lower(lowering, &spread.value);
            Expr::new(spread.span, ExprKind::Spread(Box::new(value)))
        }
    }
}

fn string(lowering: &mut Lowering<'_>, literal: &StringLiteral) -> ExprKind {
    if let Some(text) = literal.as_str() {
        return ExprKind::String(text.to_owned());
    }
    let part = |part: &StringPart| match part {
        StringPart::Text { value, .. } => TemplatePart::Literal(value.clone()),
        StringPart::Expr(value) => TemplatePart::Value(lower(lowering, value)),
    };
    ExprKind::Template(literal.parts.iter().map(part).collect())
}

fn variable(name: &Name) -> ExprKind {
    ExprKind::Reference {
        root: name.text.clone(),
        path: Vec::new(),
    }
}

fn unary(lowering: &mut Lowering<'_>, operator: UnaryOperator, operand: &TreeExpr) -> ExprKind {
    let operator = match operator {
        UnaryOperator::Not => Operator::Not,
        UnaryOperator::Minus => Operator::Negate,
        UnaryOperator::Plus => return lower(lowering, operand).kind,
    };
    ExprKind::Operation {
        operator,
        operands: vec![lower(lowering, operand)],
    }
}

fn binary_operator(operator: BinaryOperator) -> Operator {
    match operator {
        BinaryOperator::Equal => Operator::Equal,
        BinaryOperator::NotEqual => Operator::NotEqual,
        BinaryOperator::EqualIgnoringCase => Operator::EqualIgnoringCase,
        BinaryOperator::NotEqualIgnoringCase => Operator::NotEqualIgnoringCase,
        BinaryOperator::And => Operator::And,
        BinaryOperator::Or => Operator::Or,
        BinaryOperator::Coalesce => Operator::Coalesce,
        _ => Operator::Other,
    }
}

fn call(lowering: &mut Lowering<'_>, name: &Name, arguments: &[TreeExpr]) -> ExprKind {
    if lowering.functions.contains(&name.text) {
        return ExprKind::Unknown;
    }
    ExprKind::Call {
        name: name.text.clone(),
        arguments: arguments
            .iter()
            .map(|argument| lower(lowering, argument))
            .collect(),
    }
}

fn index_step(lowering: &mut Lowering<'_>, tree: &TreeExpr, index: &TreeExpr) -> Step {
    let TreeKind::Index { safe, from_end, .. } = &tree.kind else {
        return Step::Other;
    };
    match index.as_str() {
        _ if *from_end => Step::Other,
        Some(name) if *safe => Step::Optional(name.to_owned()),
        // An item that may be missing would have to become null.
        None if *safe => Step::Other,
        _ => Step::Index(lower(lowering, index)),
    }
}

/// One more step into a value.
fn access(object: Expr, step: Step) -> ExprKind {
    match object.kind {
        ExprKind::Unknown => ExprKind::Unknown,
        ExprKind::Reference { root, mut path } => {
            path.push(step);
            ExprKind::Reference { root, path }
        }
        ExprKind::Access { base, mut path } => {
            path.push(step);
            ExprKind::Access { base, path }
        }
        kind => ExprKind::Access {
            base: Box::new(Expr::new(object.span, kind)),
            path: vec![step],
        },
    }
}

fn nested(object: Expr, name: &Name) -> ExprKind {
    match object.kind {
        ExprKind::Reference { root, path } if path.is_empty() => ExprKind::Reference {
            root: format!("{root}::{}", name.text),
            path,
        },
        _ => ExprKind::Unknown,
    }
}

fn comprehension(lowering: &mut Lowering<'_>, tree: &For) -> ExprKind {
    ExprKind::For {
        each: Box::new(loop_of(lowering, tree)),
        key: None,
        condition: None,
        body: Box::new(lower(lowering, &tree.body)),
    }
}

/// What a loop goes over, and the names it binds.
pub(super) fn loop_of(lowering: &mut Lowering<'_>, tree: &For) -> Loop {
    let mut collection = lower(lowering, &tree.items);
    let item = &tree.item.text;
    let Some(index) = &tree.index else {
        // `items(x)`: each round has a key of an object and its value.
        if let ExprKind::Call { name, arguments } = &mut collection.kind
            && name == "items"
            && arguments.len() == 1
            && let Some(object) = arguments.pop()
        {
            return Loop {
                collection: object,
                item: format!("{item}.value"),
                key: Some(format!("{item}.key")),
            };
        }
        return Loop {
            collection,
            item: item.clone(),
            key: None,
        };
    };
    Loop {
        collection,
        item: item.clone(),
        key: Some(index.text.clone()),
    }
}
