//! Whether two Bicep expressions read alike, however they are laid out.

use baton_iac::bicep::{Expr, ExprKind, StringLiteral, StringPart};

/// Whether two expressions are the same but for blanks, comments and quotes.
///
/// Kinds that no rule compares are never the same.
pub(crate) fn same(left: &Expr, right: &Expr) -> bool {
    match (&left.kind, &right.kind) {
        (ExprKind::Paren(left), _) => same(left, right),
        (_, ExprKind::Paren(right)) => same(left, right),
        (ExprKind::Null, ExprKind::Null) => true,
        (ExprKind::Bool(left), ExprKind::Bool(right)) => left == right,
        (ExprKind::Integer(left), ExprKind::Integer(right)) => left == right,
        (ExprKind::Variable(left), ExprKind::Variable(right)) => left.text == right.text,
        (ExprKind::String(left), ExprKind::String(right)) => same_string(left, right),
        (ExprKind::NonNull(left), ExprKind::NonNull(right)) => same(left, right),
        (
            ExprKind::Call { name, arguments },
            ExprKind::Call {
                name: other,
                arguments: others,
            },
        ) => name.text == other.text && all(arguments, others),
        (
            ExprKind::MethodCall {
                object,
                name,
                arguments,
            },
            ExprKind::MethodCall {
                object: from,
                name: other,
                arguments: others,
            },
        ) => name.text == other.text && same(object, from) && all(arguments, others),
        (
            ExprKind::Member { object, safe, name },
            ExprKind::Member {
                object: from,
                safe: safely,
                name: other,
            },
        ) => name.text == other.text && safe == safely && same(object, from),
        (
            ExprKind::Index {
                object,
                safe,
                from_end,
                index,
            },
            ExprKind::Index {
                object: from,
                safe: safely,
                from_end: end,
                index: at,
            },
        ) => (safe, from_end) == (safely, end) && same(object, from) && same(index, at),
        (
            ExprKind::Nested { object, name },
            ExprKind::Nested {
                object: from,
                name: other,
            },
        ) => name.text == other.text && same(object, from),
        (
            ExprKind::Unary { operator, operand },
            ExprKind::Unary {
                operator: other,
                operand: of,
            },
        ) => operator == other && same(operand, of),
        (
            ExprKind::Binary {
                operator,
                left,
                right,
                ..
            },
            ExprKind::Binary {
                operator: other,
                left: from,
                right: to,
                ..
            },
        ) => operator == other && same(left, from) && same(right, to),
        _ => false,
    }
}

fn all(left: &[Expr], right: &[Expr]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(left, right)| same(left, right))
}

/// Whether two strings are the same.
pub(crate) fn same_string(left: &StringLiteral, right: &StringLiteral) -> bool {
    let mut pairs = left.parts.iter().zip(&right.parts);
    left.parts.len() == right.parts.len() && pairs.all(|(left, right)| same_part(left, right))
}

/// Whether two pieces of strings are the same.
pub(crate) fn same_part(left: &StringPart, right: &StringPart) -> bool {
    match (left, right) {
        (StringPart::Text { value: left, .. }, StringPart::Text { value: right, .. }) => {
            left == right
        }
        (StringPart::Expr(left), StringPart::Expr(right)) => same(left, right),
        _ => false,
    }
}
