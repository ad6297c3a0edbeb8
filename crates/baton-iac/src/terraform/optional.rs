//! What the type of a variable adds to its default: `optional(string, "a")`.

use crate::model::{Expr, ExprKind, Key, Property};

/// Types inside types that are followed.
const MAX_DEPTH: usize = 8;

/// Puts the defaults of attributes in a type where the value leaves them out.
pub(super) fn fill(value: &mut Expr, kind: &Expr, depth: usize) {
    let ExprKind::Call { name, arguments } = &kind.kind else {
        return;
    };
    let Some(inner) = arguments.first().filter(|_| depth < MAX_DEPTH) else {
        return;
    };
    match (name.as_str(), &mut value.kind) {
        ("optional", _) => fill(value, inner, depth + 1),
        ("list" | "set", ExprKind::Array(items)) => {
            for item in items {
                fill(item, inner, depth + 1);
            }
        }
        ("map", ExprKind::Object(entries)) => {
            for entry in entries.iter_mut().filter(|entry| entry.key != Key::Spread) {
                fill(&mut entry.value, inner, depth + 1);
            }
        }
        ("object", ExprKind::Object(entries)) => {
            if let ExprKind::Object(fields) = &inner.kind {
                attributes(entries, fields, depth);
            }
        }
        _ => {}
    }
}

fn attributes(entries: &mut Vec<Property>, fields: &[Property], depth: usize) {
    let is_open = entries
        .iter()
        .any(|entry| !matches!(entry.key, Key::Name(_)));
    for field in fields {
        if let Some(entry) = entries.iter_mut().find(|entry| entry.key == field.key) {
            fill(&mut entry.value, &field.value, depth + 1);
            continue;
        }
        if let Some(default) = default(&field.value).filter(|_| !is_open) {
            let mut value = default.clone();
            fill(&mut value, &field.value, depth + 1);
            entries.push(Property {
                value,
                ..field.clone()
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
