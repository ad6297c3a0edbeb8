//! Whether a literal is of a type.

use baton_source::Span;

use super::{Field, Type, is_number};
use crate::model::{Expr, ExprKind, Operator};

/// A part of a value that is not of the type it has to be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The part.
    pub span: Span,
    /// What is there and what is needed, without a full stop.
    pub message: String,
}

/// Every part of a literal that no conversion brings to its type.
pub fn misfits(value: &Expr, wanted: &Type) -> Vec<Misfit> {
    let mut found = Vec::new();
    compare(value, wanted, &mut found);
    found
}

/// What a literal is, in a word; `None` for what has to be computed.
fn word(value: &Expr) -> Option<&'static str> {
    Some(match &value.kind {
        ExprKind::Bool(_) => "a bool",
        ExprKind::String(_) | ExprKind::Template(_) => "a string",
        ExprKind::Array(_) | ExprKind::For { key: None, .. } => "a list",
        ExprKind::Object(_) | ExprKind::For { key: Some(_), .. } => "an object",
        ExprKind::Operation { operator, .. } => match operator {
            Operator::Equal | Operator::NotEqual | Operator::And | Operator::Or | Operator::Not => {
                "a bool"
            }
            _ if is_number(value) => "a number",
            _ => return None,
        },
        _ if is_number(value) => "a number",
        _ => return None,
    })
}

fn compare(value: &Expr, wanted: &Type, found: &mut Vec<Misfit>) {
    let Some(is) = word(value) else {
        return;
    };
    let fits = match (wanted, is) {
        (Type::Any, _)
        | (Type::String, "a string" | "a number" | "a bool")
        | (Type::Number, "a number")
        | (Type::Bool, "a bool")
        | (Type::List(_) | Type::Set(_) | Type::Tuple(_), "a list")
        | (Type::Map(_) | Type::Object(_), "an object") => true,
        (Type::Number, "a string") => value.as_str().is_none_or(might_be_number),
        (Type::Bool, "a string") => value
            .as_str()
            .is_none_or(|text| matches!(text, "true" | "false" | "1" | "0")),
        _ => false,
    };
    if !fits {
        found.push(Misfit {
            span: value.span,
            message: format!("{} is needed, this is {is}", name(wanted)),
        });
        return;
    }
    match (&value.kind, wanted) {
        (ExprKind::Array(items), Type::List(inner) | Type::Set(inner)) => {
            for item in items {
                compare(item, inner, found);
            }
        }
        (ExprKind::Array(items), Type::Tuple(types)) => tuple(value, (items, types), found),
        (ExprKind::Object(properties), Type::Map(inner)) => {
            for property in properties {
                compare(&property.value, inner, found);
            }
        }
        (ExprKind::Object(_), Type::Object(fields)) => object(value, fields, found),
        _ => {}
    }
}

fn tuple(value: &Expr, (items, types): (&[Expr], &[Type]), found: &mut Vec<Misfit>) {
    let is_open = items
        .iter()
        .any(|item| matches!(item.kind, ExprKind::Spread(_)));
    if items.len() != types.len() && !is_open {
        found.push(Misfit {
            span: value.span,
            message: format!(
                "a tuple of {} is needed, this has {}",
                types.len(),
                items.len()
            ),
        });
        return;
    }
    for (item, kind) in items.iter().zip(types) {
        compare(item, kind, found);
    }
}

fn object(value: &Expr, fields: &[Field], found: &mut Vec<Misfit>) {
    let properties = value.properties();
    let is_open = properties.iter().any(|it| it.name().is_none());
    for field in fields {
        // The last of several counts.
        let given = properties.iter().rev();
        let mut given = given.filter(|it| it.name() == Some(&field.name));
        match given.next() {
            Some(property) => compare(&property.value, &field.kind, found),
            None if !field.is_optional && !is_open => found.push(Misfit {
                span: value.span,
                message: format!("attribute `{}` is missing", field.name),
            }),
            None => {}
        }
    }
}

/// Whether a text looks so much like a number that only Terraform can tell.
fn might_be_number(text: &str) -> bool {
    let begins = text.trim_start_matches(['-', '+', '.']);
    begins.starts_with(|c: char| c.is_ascii_digit())
}

fn name(kind: &Type) -> &'static str {
    match kind {
        Type::Any => "any value",
        Type::String => "a string",
        Type::Number => "a number",
        Type::Bool => "a bool",
        Type::List(_) => "a list",
        Type::Set(_) => "a set",
        Type::Map(_) => "a map",
        Type::Tuple(_) => "a tuple",
        Type::Object(_) => "an object",
    }
}
