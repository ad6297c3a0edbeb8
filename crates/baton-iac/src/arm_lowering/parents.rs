//! Which resource another one belongs to, told by their types and names.

use std::collections::BTreeMap;

use super::Lowering;
use crate::model::{Expr, ExprKind, Template, TemplatePart};

/// A longer name is compared with none.
const LONGEST_NAME: usize = 4096;

/// Sets the parent of resources that are not nested: `a/b/c` named `x/y` belongs to `a/b` named `x`.
pub(super) fn link(template: &mut Template, lowering: &Lowering<'_>) {
    let mut places = BTreeMap::new();
    let mut names = Vec::with_capacity(template.resources.len());
    for (index, resource) in template.resources.iter().enumerate() {
        let mut name = String::new();
        let written = resource.body.properties().iter().find(|property| {
            let key = property.name();
            key.is_some_and(|key| key.eq_ignore_ascii_case("name"))
        });
        if let Some(written) = written {
            shape(lowering.text, &written.value, &mut name);
        }
        if name.len() > LONGEST_NAME {
            name.clear();
        }
        let owner = lowering.owners.get(index).copied();
        if !name.is_empty() {
            let key = (owner, resource.kind.to_ascii_lowercase(), name.clone());
            places.entry(key).or_insert(index);
        }
        names.push((owner, name));
    }
    for (resource, (owner, name)) in template.resources.iter_mut().zip(names) {
        let Some((kind, _)) = resource.kind.rsplit_once('/') else {
            continue;
        };
        let (None, Some(outer)) = (resource.parent, outer(&name)) else {
            continue;
        };
        let key = (owner, kind.to_ascii_lowercase(), outer.to_owned());
        resource.parent = places.get(&key).copied();
    }
}

/// The name with everything that is no literal in braces, as it is written.
fn shape(text: &str, expr: &Expr, shown: &mut String) {
    if shown.len() > LONGEST_NAME {
        return;
    }
    match &expr.kind {
        ExprKind::String(literal) | ExprKind::Number(literal) => shown.push_str(literal),
        ExprKind::Template(parts) => {
            for part in parts {
                match part {
                    TemplatePart::Literal(literal) => shown.push_str(literal),
                    TemplatePart::Value(value) => shape(text, value, shown),
                }
            }
        }
        ExprKind::Call { name, arguments } if name == "concat" => {
            for argument in arguments {
                shape(text, argument, shown);
            }
        }
        _ => {
            let written = expr.span.of(text).chars();
            let written = written.filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}'));
            shown.push('{');
            shown.extend(written.take(LONGEST_NAME).map(|c| c.to_ascii_lowercase()));
            shown.push('}');
        }
    }
}

/// The name of the parent: all but the last segment; slashes in braces separate nothing.
fn outer(name: &str) -> Option<&str> {
    let mut depth = 0_u32;
    for (at, byte) in name.bytes().enumerate().rev() {
        match byte {
            b'}' => depth += 1,
            b'{' => depth = depth.saturating_sub(1),
            b'/' if depth == 0 => return name.get(..at),
            _ => {}
        }
    }
    None
}
