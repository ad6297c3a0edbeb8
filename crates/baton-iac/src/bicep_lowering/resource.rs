//! Resources and modules, with what stands around and inside their bodies.

use baton_source::Spanned as _;

use super::{Lowering, expression};
use crate::bicep::{
    self, Declaration, DeclarationKind, Entry, Expr as TreeExpr, ExprKind as TreeKind, Object,
};
use crate::model::{Expr, ExprKind, ModuleCall, Resource, Template};

/// What stands around the object of a resource or module.
struct Header<'t> {
    object: Option<&'t Object>,
    condition: Option<Expr>,
    looped: bool,
}

/// Lowers a resource and those nested in it, which follow it in the template.
pub(super) fn resource(
    lowering: &mut Lowering<'_>,
    template: &mut Template,
    (declaration, tree): (&Declaration, &bicep::Resource),
    parent: Option<usize>,
) {
    let outer = parent.and_then(|at| template.resources.get(at));
    let (kind, version) = full_type(tree.ty.as_str().unwrap_or(""), outer);
    let name = tree.name.text.clone();
    let address = outer.map_or_else(
        || name.clone(),
        |outer| format!("{}::{name}", outer.address),
    );
    let bound = lowering.bound.len();
    let header = header(lowering, &tree.body);
    let body = object(lowering, header.object, &tree.body);
    let index = template.resources.len();
    let end = tree.existing.unwrap_or(tree.ty.span);
    template.resources.push(Resource {
        kind,
        kind_span: tree.ty.span,
        version,
        name,
        address,
        span: declaration.keyword.to(end),
        existing: tree.existing.is_some(),
        condition: header.condition,
        looped: header.looped,
        body,
        parent,
    });
    // A nested resource sees the iterators of the loop around its parent.
    for entry in header.object.map_or(&[][..], |object| &object.entries) {
        if let Entry::Resource(inner) = entry
            && let DeclarationKind::Resource(tree) = &inner.kind
        {
            resource(lowering, template, (inner, tree), Some(index));
        }
    }
    lowering.bound.truncate(bound);
}

/// Lowers a call of a module; its arguments are what stands under `params`.
pub(super) fn module(
    lowering: &mut Lowering<'_>,
    declaration: &Declaration,
    tree: &bicep::Module,
) -> ModuleCall {
    let bound = lowering.bound.len();
    let header = header(lowering, &tree.body);
    let params = header.object.and_then(|object| {
        let is_params = |key: &str| key.eq_ignore_ascii_case("params");
        object
            .properties()
            .find(|property| property.key.as_str().is_some_and(is_params))
    });
    let arguments = match params {
        Some(params) => expression::lower(lowering, &params.value),
        None => Expr::new(tree.body.span, ExprKind::Object(Vec::new())),
    };
    lowering.bound.truncate(bound);
    ModuleCall {
        name: tree.name.text.clone(),
        address: tree.name.text.clone(),
        source: tree.source.as_str().unwrap_or("").to_owned(),
        source_span: tree.source.span,
        version: None,
        span: declaration.keyword.to(tree.source.span),
        condition: header.condition,
        arguments,
    }
}

/// Sets the parent of resources that name it with `parent: …`.
pub(super) fn link_parents(template: &mut Template) {
    let parents: Vec<Option<usize>> = template
        .resources
        .iter()
        .map(|resource| {
            let ExprKind::Reference { root, .. } = &resource.body.property("parent")?.value.kind
            else {
                return None;
            };
            let named = |other: &Resource| other.address == *root;
            template.resources.iter().position(named)
        })
        .collect();
    for (resource, parent) in template.resources.iter_mut().zip(parents) {
        resource.parent = resource.parent.or(parent);
    }
}

/// Splits `type@version`; a nested type goes on from its parent's and may share its version.
fn full_type(written: &str, parent: Option<&Resource>) -> (String, Option<String>) {
    let (kind, version) = match written.split_once('@') {
        Some((kind, version)) => (kind, Some(version.to_owned())),
        None => (written, None),
    };
    match parent {
        Some(parent) => (
            format!("{}/{kind}", parent.kind),
            version.or_else(|| parent.version.clone()),
        ),
        None => (kind.to_owned(), version),
    }
}

/// Looks through `for` and `if`; the iterators stay bound until the caller lets them go.
fn header<'t>(lowering: &mut Lowering<'_>, body: &'t TreeExpr) -> Header<'t> {
    match &body.kind {
        TreeKind::For(tree) => {
            lowering.bound.push(tree.item.text.clone());
            let index = tree.index.iter().map(|index| index.text.clone());
            lowering.bound.extend(index);
            Header {
                looped: true,
                ..header(lowering, &tree.body)
            }
        }
        TreeKind::If { condition, body } => Header {
            condition: Some(expression::lower(lowering, condition)),
            ..header(lowering, body)
        },
        TreeKind::Paren(inner) => header(lowering, inner),
        TreeKind::Object(object) => Header {
            object: Some(object),
            condition: None,
            looped: false,
        },
        _ => Header {
            object: None,
            condition: None,
            looped: false,
        },
    }
}

fn object(lowering: &mut Lowering<'_>, object: Option<&Object>, body: &TreeExpr) -> Expr {
    match object {
        Some(object) => Expr::new(
            object.span(),
            ExprKind::Object(expression::properties(lowering, object)),
        ),
        None => Expr::new(body.span, ExprKind::Unknown),
    }
}
