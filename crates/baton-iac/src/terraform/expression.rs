//! From HCL expressions to those of the model.

use baton_source::Span;
use hcl_edit::expr::{
    BinaryOperator, Expression, ForExpr, FuncCall, Object, ObjectKey, Traversal, TraversalOperator,
    UnaryOperator,
};

use super::{Lowering, strings};
use crate::model::{Expr, ExprKind, Key, Loop, Operator, Property, Step};

/// Lowers one expression; parentheses vanish but their span stays.
pub(super) fn lower(lowering: &mut Lowering<'_>, expression: &Expression) -> Expr {
    let span = lowering.span(expression);
    let kind = match expression {
        Expression::Null(_) => ExprKind::Null,
        Expression::Bool(value) => ExprKind::Bool(*value.value()),
        Expression::Number(_) => ExprKind::Number(lexeme(span.of(lowering.text))),
        Expression::String(value) => ExprKind::String(value.value().clone()),
        Expression::StringTemplate(template) => strings::quoted(lowering, template, span),
        Expression::HeredocTemplate(heredoc) => strings::heredoc(lowering, heredoc, span),
        Expression::Array(array) => {
            ExprKind::Array(array.iter().map(|item| lower(lowering, item)).collect())
        }
        Expression::Object(object) => ExprKind::Object(properties(lowering, object)),
        Expression::Parenthesis(inner) => lower(lowering, inner.inner()).kind,
        Expression::Variable(name) => reference(lowering, name.as_str(), Vec::new()),
        Expression::Traversal(traversal) => traverse(lowering, traversal),
        Expression::Conditional(conditional) => ExprKind::Conditional {
            condition: Box::new(lower(lowering, &conditional.cond_expr)),
            then: Box::new(lower(lowering, &conditional.true_expr)),
            otherwise: Box::new(lower(lowering, &conditional.false_expr)),
        },
        Expression::FuncCall(call) => function(lowering, call),
        Expression::UnaryOp(unary) => ExprKind::Operation {
            operator: match *unary.operator.value() {
                UnaryOperator::Not => Operator::Not,
                UnaryOperator::Neg => Operator::Negate,
            },
            operands: vec![lower(lowering, &unary.expr)],
        },
        Expression::BinaryOp(binary) => ExprKind::Operation {
            operator: binary_operator(*binary.operator.value()),
            operands: vec![
                lower(lowering, &binary.lhs_expr),
                lower(lowering, &binary.rhs_expr),
            ],
        },
        Expression::ForExpr(for_expr) => comprehension(lowering, for_expr),
    };
    Expr::new(span, kind)
}

/// A number without the space a minus may keep from its digits.
fn lexeme(written: &str) -> String {
    written.chars().filter(|c| !c.is_whitespace()).collect()
}

fn properties(lowering: &mut Lowering<'_>, object: &Object) -> Vec<Property> {
    object
        .iter()
        .map(|(key, value)| {
            let (key, key_span) = object_key(lowering, key);
            Property {
                key,
                key_span,
                value: lower(lowering, value.expr()),
                block: false,
            }
        })
        .collect()
}

fn object_key(lowering: &mut Lowering<'_>, key: &ObjectKey) -> (Key, Span) {
    match key {
        // A key's name comes from the text: the parsed one may differ, see `lenient`.
        ObjectKey::Ident(name) => {
            let span = lowering.span(name);
            (Key::Name(span.of(lowering.text).to_owned()), span)
        }
        ObjectKey::Expression(Expression::String(value)) => {
            let span = lowering.span(value);
            let written = span.of(lowering.text).trim_matches('"');
            let name = if written.contains('\\') {
                value.value().clone()
            } else {
                written.replace("$${", "${").replace("%%{", "%{")
            };
            (Key::Name(name), span)
        }
        ObjectKey::Expression(computed) => {
            let lowered = lower(lowering, computed);
            let span = lowered.span;
            let key = match lowered.kind {
                ExprKind::String(name) | ExprKind::Number(name) => Key::Name(name),
                ExprKind::Bool(value) => Key::Name(value.to_string()),
                kind => Key::Computed(Expr::new(span, kind)),
            };
            (key, span)
        }
    }
}

fn traverse(lowering: &mut Lowering<'_>, traversal: &Traversal) -> ExprKind {
    let path = traversal
        .operators
        .iter()
        .map(|operator| step(lowering, operator.value()))
        .collect();
    match &traversal.expr {
        Expression::Variable(name) => reference(lowering, name.as_str(), path),
        base => ExprKind::Access {
            base: Box::new(lower(lowering, base)),
            path,
        },
    }
}

fn step(lowering: &mut Lowering<'_>, operator: &TraversalOperator) -> Step {
    match operator {
        TraversalOperator::GetAttr(name) => Step::Name(name.to_string()),
        TraversalOperator::Index(index) => Step::Index(lower(lowering, index)),
        TraversalOperator::LegacyIndex(index) => Step::Index(Expr::new(
            lowering.span(index),
            ExprKind::Number(index.to_string()),
        )),
        TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => Step::Other,
    }
}

/// A reference whose root has taken as many names as its address needs.
fn reference(lowering: &Lowering<'_>, first: &str, path: Vec<Step>) -> ExprKind {
    let is_bound = lowering.iterators.iter().any(|bound| bound == first);
    let wanted = match first {
        _ if is_bound => 0,
        "data" => 2,
        _ => 1,
    };
    let mut root = first.to_owned();
    let mut rest = path.into_iter().peekable();
    for _ in 0..wanted {
        let Some(Step::Name(name)) = rest.next_if(|step| matches!(step, Step::Name(_))) else {
            break;
        };
        root.push('.');
        root.push_str(&name);
    }
    ExprKind::Reference {
        root,
        path: rest.collect(),
    }
}

fn function(lowering: &mut Lowering<'_>, call: &FuncCall) -> ExprKind {
    let mut arguments: Vec<Expr> = call
        .args
        .iter()
        .map(|argument| lower(lowering, argument))
        .collect();
    if call.args.expand_final()
        && let Some(last) = arguments.pop()
    {
        arguments.push(Expr::new(last.span, ExprKind::Spread(Box::new(last))));
    }
    if call.name.is_namespaced() {
        // A provider's function: nothing is known of it, whatever its name.
        return ExprKind::Unknown;
    }
    ExprKind::Call {
        name: call.name.name.to_string(),
        arguments,
    }
}

fn binary_operator(operator: BinaryOperator) -> Operator {
    match operator {
        BinaryOperator::Eq => Operator::Equal,
        BinaryOperator::NotEq => Operator::NotEqual,
        BinaryOperator::And => Operator::And,
        BinaryOperator::Or => Operator::Or,
        _ => Operator::Other,
    }
}

fn comprehension(lowering: &mut Lowering<'_>, for_expr: &ForExpr) -> ExprKind {
    let each = Loop {
        collection: lower(lowering, &for_expr.intro.collection_expr),
        item: for_expr.intro.value_var.to_string(),
        key: for_expr.intro.key_var.as_ref().map(ToString::to_string),
    };
    let bound = lowering.iterators.len();
    lowering.iterators.extend(each.key.iter().cloned());
    lowering.iterators.push(each.item.clone());
    let key = for_expr.key_expr.as_ref();
    let key = key.map(|key| Box::new(lower(lowering, key)));
    let body = lower(lowering, &for_expr.value_expr);
    // Several values under one key are lists of them.
    let body = if for_expr.grouping {
        Expr::new(body.span, ExprKind::Array(vec![body]))
    } else {
        body
    };
    let condition = for_expr.cond.as_ref();
    let condition = condition.map(|cond| Box::new(lower(lowering, &cond.expr)));
    lowering.iterators.truncate(bound);
    ExprKind::For {
        each: Box::new(each),
        key,
        condition,
        body: Box::new(body),
    }
}
