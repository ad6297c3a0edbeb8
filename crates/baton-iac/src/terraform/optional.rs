//! What the type of a variable adds to its values: `optional(string, "a")`.

use baton_source::Span;

use crate::model::{Expr, ExprKind, Key, Property};

/// Types inside types that are followed.
const MAX_DEPTH: usize = 8;

/// A value from outside of the variable's file, with what its type adds; that stands where the
/// value does.
pub(crate) fn filled(value: &Expr, kind: &Expr) -> Expr {
    let mut filled = value.clone();
    let at = Some(value.span);
    fill((&mut filled, at), kind, 0);
    filled
}

/// Whether a type has defaults for attributes.
pub(super) fn has_defaults(kind: &Expr, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match &kind.kind {
        ExprKind::Call { arguments, .. } => {
            default(kind).is_some() || arguments.iter().any(|it| has_defaults(it, depth + 1))
        }
        ExprKind::Object(fields) => fields.iter().any(|it| has_defaults(&it.value, depth)),
        _ => false,
    }
}

/// Puts the defaults of attributes in a type where the value leaves them out; in one place, if
/// there is one given.
pub(super) fn fill((value, at): (&mut Expr, Option<Span>), kind: &Expr, depth: usize) {
    let ExprKind::Call { name, arguments } = &kind.kind else {
        return;
    };
    let Some(inner) = arguments.first().filter(|_| depth < MAX_DEPTH) else {
        return;
    };
    match (name.as_str(), &mut value.kind) {
        ("optional", _) => fill((value, at), inner, depth + 1),
        ("list" | "set", ExprKind::Array(items)) => {
            for item in items {
                fill((item, at), inner, depth + 1);
            }
        }
        ("map", ExprKind::Object(entries)) => {
            for entry in entries.iter_mut().filter(|entry| entry.key != Key::Spread) {
                fill((&mut entry.value, at), inner, depth + 1);
            }
        }
        ("object", ExprKind::Object(entries)) => {
            if let ExprKind::Object(fields) = &inner.kind {
                attributes((entries, at), fields, depth);
            }
        }
        _ => {}
    }
}

fn attributes(
    (entries, at): (&mut Vec<Property>, Option<Span>),
    fields: &[Property],
    depth: usize,
) {
    let is_open = entries
        .iter()
        .any(|entry| !matches!(entry.key, Key::Name(_)));
    for field in fields {
        if let Some(entry) = entries.iter_mut().find(|entry| entry.key == field.key) {
            fill((&mut entry.value, at), &field.value, depth + 1);
            continue;
        }
        if let Some(default) = default(&field.value).filter(|_| !is_open) {
            let mut value = default.clone();
            fill((&mut value, None), &field.value, depth + 1);
            if let Some(at) = at {
                value.place_at(at);
            }
            entries.push(Property {
                key: field.key.clone(),
                key_span: at.unwrap_or(field.key_span),
                value,
                block: false,
            });
        }
    }
}

/// The default of an attribute.
fn default(kind: &Expr) -> Option<&Expr> {
    match &kind.kind {
        ExprKind::Call { name, arguments } if name == "optional" => arguments.get(1),
        _ => None,
    }
}
