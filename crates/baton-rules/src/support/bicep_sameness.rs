//! Whether two Bicep expressions read alike, however they are laid out.

use baton_iac::bicep::{Expr, ExprKind, StringLiteral, StringPart};

/// Whether two expressions are the same but for blanks, comments and quotes.
///
/// Kinds that no rule compares are never the same.
pub(crate) fn same(left: &Expr, right: &Expr) -> bool {
    match (&left.kind, &right.kind) {
        (ExprKind::Paren(left), _) => same(left, right),
        (_, ExprKind::Paren(right)) => same(left, right),
        (ExprKind::String(left), ExprKind::String(right)) => same_string(left, right),
        _ => match (shape(left), shape(right)) {
            (Some((left, inner)), Some((right, other))) => {
                left == right
                    && inner.len() == other.len()
                    && inner
                        .iter()
                        .zip(&other)
                        .all(|(left, right)| same(left, right))
            }
            _ => false,
        },
    }
}

/// What an expression is, and the expressions in it.
fn shape(expr: &Expr) -> Option<(String, Vec<&Expr>)> {
    Some(match &expr.kind {
        ExprKind::Null => ("null".to_owned(), Vec::new()),
        ExprKind::Bool(it) => (it.to_string(), Vec::new()),
        ExprKind::Integer(it) => (it.to_string(), Vec::new()),
        ExprKind::Variable(name) => (format!("name {}", name.text), Vec::new()),
        ExprKind::NonNull(inner) => ("!".to_owned(), vec![inner]),
        ExprKind::Unary { operator, operand } => (format!("{operator:?}"), vec![operand]),
        ExprKind::Binary {
            operator,
            left,
            right,
            ..
        } => (format!("{operator:?}"), vec![left, right]),
        ExprKind::Call { name, arguments } => {
            (format!("call {}", name.text), arguments.iter().collect())
        }
        ExprKind::MethodCall {
            object,
            name,
            arguments,
        } => {
            let mut inner: Vec<&Expr> = vec![object];
            inner.extend(arguments);
            (format!("method {}", name.text), inner)
        }
        ExprKind::Member { object, safe, name } => {
            (format!("member {safe} {}", name.text), vec![object])
        }
        ExprKind::Nested { object, name } => (format!("nested {}", name.text), vec![object]),
        ExprKind::Index {
            object,
            safe,
            from_end,
            index,
        } => (format!("index {safe} {from_end}"), vec![object, index]),
        _ => return None,
    })
}

/// Whether two strings are the same.
fn same_string(left: &StringLiteral, right: &StringLiteral) -> bool {
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
