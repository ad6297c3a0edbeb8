//! From quoted strings and heredocs with interpolation to those of the model.

use baton_source::Span;
use hcl_edit::template::{Element, HeredocTemplate, StringTemplate, Strip};

use super::{Lowering, expression};
use crate::model::{Expr, ExprKind, TemplatePart};

/// A quoted string.
pub(super) fn quoted(
    lowering: &mut Lowering<'_>,
    template: &StringTemplate,
    span: Span,
) -> ExprKind {
    joined(lowering, template.iter(), span)
}

/// The pieces of a string; one interpolation alone is the expression itself.
pub(super) fn joined<'e>(
    lowering: &mut Lowering<'_>,
    elements: impl Iterator<Item = &'e Element>,
    span: Span,
) -> ExprKind {
    let mut parts = parts(lowering, elements, span);
    match parts.pop() {
        Some(TemplatePart::Value(only)) if parts.is_empty() => only.kind,
        Some(last) => {
            parts.push(last);
            ExprKind::Template(parts)
        }
        None => ExprKind::String(String::new()),
    }
}

/// A heredoc; the parser has taken the indentation of `<<-` away.
pub(super) fn heredoc(
    lowering: &mut Lowering<'_>,
    heredoc: &HeredocTemplate,
    span: Span,
) -> ExprKind {
    let parts = parts(lowering, heredoc.template.iter(), span);
    match parts.as_slice() {
        [] => ExprKind::String(String::new()),
        [TemplatePart::Literal(text)] => ExprKind::String(text.clone()),
        _ => ExprKind::Template(parts),
    }
}

fn parts<'e>(
    lowering: &mut Lowering<'_>,
    elements: impl Iterator<Item = &'e Element>,
    span: Span,
) -> Vec<TemplatePart> {
    let part = |element: &Element| match element {
        Element::Literal(text) => TemplatePart::Literal(text.value().clone()),
        Element::Interpolation(inner) if inner.strip == Strip::None => {
            TemplatePart::Value(expression::lower(lowering, &inner.expr))
        }
        // Stripping changes the text beside it and a directive may repeat it: neither is computed.
        Element::Interpolation(_) | Element::Directive(_) => {
            TemplatePart::Value(Expr::new(span, ExprKind::Unknown))
        }
    };
    elements.map(part).collect()
}
