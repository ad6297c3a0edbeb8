//! Where a property is written, or would be if it were set.

use baton_iac::model::{Expr, ExprKind, Language, Property};
use baton_iac::terraform::json::is_json;
use baton_source::Span;

use crate::File;

/// The place and the text that set a property, if the object it belongs to is written out.
///
/// It goes before the first property of the object, which must begin a line.
pub(crate) fn insertion(
    (body, file): (&Expr, &File),
    path: &[&str],
    value: &str,
) -> Option<(Span, String)> {
    let language = file.iac()?.template.language;
    let (name, parents) = path.split_last()?;
    let mut object = body;
    for parent in parents {
        object = inside(&find(object, language, parent)?.value)?;
    }
    let first = object.properties().first()?;
    let text = file.text();
    let start = first.key_span.start as usize;
    let before = Span::new(0, start).of(text);
    let line = before.rsplit('\n').next()?;
    if !line.trim().is_empty() || !is_name(name) {
        return None;
    }
    let is_json = language == Language::Arm || is_json(file.path.name());
    let text = match language {
        _ if is_json => format!("\"{name}\": {value},\n{line}"),
        Language::Terraform => format!("{name} = {value}\n{line}"),
        Language::Bicep | Language::Arm => format!("{name}: {value}\n{line}"),
    };
    let span = Span::new(start, start);
    Some((span, text))
}

/// The key of a property that has a value for certain, as far as the text tells.
pub(crate) fn written(object: &Expr, language: Language, path: &[&str]) -> Option<Span> {
    let (name, rest) = path.split_first()?;
    if let ExprKind::Array(items) = &object.kind {
        return items.iter().find_map(|item| written(item, language, path));
    }
    let property = find(object, language, name)?;
    if !rest.is_empty() {
        return written(&property.value, language, rest);
    }
    let is_given = match &property.value.kind {
        ExprKind::String(text) => !text.is_empty(),
        ExprKind::Template(_) | ExprKind::Call { .. } => true,
        ExprKind::Reference { root, .. } => {
            language != Language::Terraform || root.starts_with("azurerm_")
        }
        _ => false,
    };
    is_given.then_some(property.key_span)
}

fn find<'e>(object: &'e Expr, language: Language, name: &str) -> Option<&'e Property> {
    object.properties().iter().find(|property| {
        property.name().is_some_and(|key| match language {
            Language::Terraform => key == name,
            _ => key.eq_ignore_ascii_case(name),
        })
    })
}

/// The object itself, or the only block.
fn inside(value: &Expr) -> Option<&Expr> {
    match &value.kind {
        ExprKind::Object(_) => Some(value),
        ExprKind::Array(blocks) => match blocks.as_slice() {
            [one] if matches!(one.kind, ExprKind::Object(_)) => Some(one),
            _ => None,
        },
        _ => None,
    }
}

fn is_name(text: &str) -> bool {
    text.chars()
        .all(|letter| letter.is_alphanumeric() || letter == '_')
}
