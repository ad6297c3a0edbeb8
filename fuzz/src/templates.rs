//! What holds for every template, and for every value it is asked for.

use baton_iac::evaluate::{FileScope, Known, Place, Values, Verdict};
use baton_iac::evaluate::{elements, entries, judge, lookup};
use baton_iac::model::{Expr, ExprKind, Key, Language, Step, Template, TemplatePart};

use crate::{assert_all_fit, assert_fits, assert_in_order};

/// Paths that rules ask for, in one language or the other.
const PATHS: [&[&str]; 8] = [
    &[],
    &["a"],
    &["properties", "a"],
    &["properties", "minimumTlsVersion"],
    &["tags"],
    &["site_config", "minimum_tls_version"],
    &["identity", "type"],
    &["x", "y", "z"],
];

/// Asserts that every place in a template fits its text, and evaluates its bodies.
///
/// # Panics
/// If a place does not fit.
pub fn assert_template(text: &str, template: &Template) {
    assert_all_fit(text, &template.resources);
    assert_all_fit(text, &template.modules);
    assert_all_fit(text, &template.assignments);
    assert_all_fit(text, &template.symbols);
    // The sections of a JSON template, and what broken blocks declare, stand in any order.
    if template.language == Language::Bicep {
        assert_in_order(text, &template.assignments);
        assert_in_order(text, &template.blocks);
        assert_in_order(text, &template.symbols);
    }
    for symbol in &template.symbols {
        assert_fits(text, symbol.name_span);
    }
    for (index, resource) in template.resources.iter().enumerate() {
        assert_fits(text, resource.kind_span);
        if let Some(parent) = resource.parent {
            assert!(parent < template.resources.len(), "no such parent");
            assert_ne!(parent, index, "its own parent");
        }
    }
    for module in &template.modules {
        assert_fits(text, module.source_span);
    }
    let scope = FileScope::new(template);
    for expr in exprs(template) {
        assert_expr(text, expr);
    }
    for body in bodies(template) {
        for path in PATHS {
            assert_values(text, &lookup(&scope, body, path));
            assert_values(text, &elements(&scope, body, path));
            for set in entries(&scope, body, path) {
                assert_place(text, set.at);
                for entry in &set.entries {
                    assert_place(text, entry.key_place);
                    assert_values(text, &entry.values);
                }
            }
        }
    }
}

fn bodies(template: &Template) -> impl Iterator<Item = &Expr> {
    let resources = template.resources.iter().map(|resource| &resource.body);
    let modules = template.modules.iter().map(|module| &module.arguments);
    let values = template.assignments.iter().map(|given| &given.value);
    let symbols = template
        .symbols
        .iter()
        .filter_map(|symbol| symbol.value.as_ref());
    resources.chain(modules).chain(values).chain(symbols)
}

fn exprs(template: &Template) -> impl Iterator<Item = &Expr> {
    let of_resources = template
        .resources
        .iter()
        .filter_map(|one| one.condition.as_ref());
    let of_modules = template
        .modules
        .iter()
        .filter_map(|one| one.condition.as_ref());
    let blocks = template.blocks.iter().map(|block| &block.body);
    bodies(template)
        .chain(of_resources)
        .chain(of_modules)
        .chain(blocks)
}

fn assert_values(text: &str, values: &Values) {
    for candidate in &values.candidates {
        assert_ne!(candidate.value, Known::Null, "null counts as absent");
        assert_place(text, candidate.at);
        assert_place(text, candidate.source);
        for via in &candidate.via {
            assert_place(text, via.place);
        }
        if let Some(key) = candidate.key {
            assert_place(text, key);
        }
    }
    let failed = judge(values, |_| Verdict::Fail);
    assert_eq!(failed.failing.len(), values.candidates.len());
}

fn assert_place(text: &str, place: Place) {
    assert_eq!(place.file, None, "there is but one file");
    assert_fits(text, place.span);
}

fn assert_expr(text: &str, expr: &Expr) {
    assert_fits(text, expr.span);
    for part in parts(&expr.kind) {
        assert_expr(text, part);
    }
    if let ExprKind::Object(properties) = &expr.kind {
        assert_all_fit(text, properties);
    }
}

fn parts(kind: &ExprKind) -> Vec<&Expr> {
    match kind {
        ExprKind::Template(parts) => parts
            .iter()
            .filter_map(|part| match part {
                TemplatePart::Literal(_) => None,
                TemplatePart::Value(value) => Some(value),
            })
            .collect(),
        ExprKind::Array(parts)
        | ExprKind::Call {
            arguments: parts, ..
        }
        | ExprKind::Operation {
            operands: parts, ..
        } => parts.iter().collect(),
        ExprKind::Object(properties) => properties
            .iter()
            .flat_map(|property| {
                let key = match &property.key {
                    Key::Computed(key) => Some(key),
                    Key::Name(_) | Key::Spread => None,
                };
                key.into_iter().chain([&property.value])
            })
            .collect(),
        ExprKind::Reference { path, .. } => indices(path).collect(),
        ExprKind::Access { base, path } => [&**base].into_iter().chain(indices(path)).collect(),
        ExprKind::Conditional {
            condition,
            then,
            otherwise,
        } => vec![condition, then, otherwise],
        ExprKind::For {
            each,
            key,
            condition,
            body,
        } => [&each.collection, &**body]
            .into_iter()
            .chain(key.as_deref())
            .chain(condition.as_deref())
            .collect(),
        ExprKind::Spread(inner) => vec![inner],
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::String(_)
        | ExprKind::Unknown => Vec::new(),
    }
}

fn indices(path: &[Step]) -> impl Iterator<Item = &Expr> {
    path.iter().filter_map(|step| match step {
        Step::Index(index) => Some(index),
        Step::Name(_) | Step::Optional(_) | Step::Other => None,
    })
}
