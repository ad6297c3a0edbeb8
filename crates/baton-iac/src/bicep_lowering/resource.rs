//! Resources and modules, with what stands around and inside their bodies.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_source::Spanned as _;

use super::{Lowering, expression};
use crate::bicep::{
    self, Declaration, DeclarationKind, Entry, Expr as TreeExpr, ExprKind as TreeKind, Object,
};
use crate::model::{Expr, ExprKind, Loop, ModuleCall, Resource, Template};

/// More ancestors than a resource can have.
const MAX_ANCESTORS: usize = 256;
/// More bytes than the type or the address of a resource that others are nested in can have.
const LONGEST_NAME: usize = 4096;

/// What stands around the object of a resource or module.
struct Header<'t> {
    object: Option<&'t Object>,
    condition: Option<Expr>,
    loops: Vec<Arc<Loop>>,
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
    let address = outer.map_or_else(|| name.clone(), |outer| nested(&outer.address, "::", &name));
    let header = header(lowering, &tree.body);
    // A nested resource sees the names of the loop around its parent.
    let mut loops = outer.map_or_else(Vec::new, |outer| outer.loops.clone());
    let looped = !header.loops.is_empty();
    loops.extend(header.loops);
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
        looped,
        loops,
        body,
        parent,
    });
    for entry in header.object.map_or(&[][..], |object| &object.entries) {
        if let Entry::Resource(inner) = entry
            && let DeclarationKind::Resource(tree) = &inner.kind
        {
            resource(lowering, template, (inner, tree), Some(index));
        }
    }
}

/// Lowers a call of a module; its arguments are what stands under `params`.
pub(super) fn module(
    lowering: &mut Lowering<'_>,
    declaration: &Declaration,
    tree: &bicep::Module,
) -> ModuleCall {
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
    ModuleCall {
        name: tree.name.text.clone(),
        address: tree.name.text.clone(),
        source: tree.source.as_str().unwrap_or("").to_owned(),
        source_span: tree.source.span,
        version: None,
        span: declaration.keyword.to(tree.source.span),
        condition: header.condition,
        loops: header.loops,
        arguments,
    }
}

/// Sets the parent of resources that name it with `parent: …`; nobody is their own ancestor.
pub(super) fn link_parents(template: &mut Template) {
    let mut places = BTreeMap::new();
    for (index, resource) in template.resources.iter().enumerate() {
        places.entry(resource.address.as_str()).or_insert(index);
    }
    let named: Vec<Option<usize>> = template
        .resources
        .iter()
        .map(
            |resource| match &resource.body.property("parent")?.value.kind {
                ExprKind::Reference { root, .. } => places.get(root.as_str()).copied(),
                _ => None,
            },
        )
        .collect();
    for (index, parent) in named.into_iter().enumerate() {
        let parent = parent.filter(|parent| !leads_to(template, *parent, index));
        if let Some(resource) = template.resources.get_mut(index) {
            resource.parent = resource.parent.or(parent);
        }
    }
}

/// Whether the ancestors of a resource, or itself, are another one or have no end.
fn leads_to(template: &Template, from: usize, to: usize) -> bool {
    let parent = |at: &usize| template.resources.get(*at)?.parent;
    let ancestors = std::iter::successors(Some(from), parent);
    let mut ancestors = ancestors.take(MAX_ANCESTORS).enumerate();
    ancestors.any(|(age, at)| at == to || age + 1 == MAX_ANCESTORS)
}

/// Splits `type@version`; a nested type goes on from its parent's and may share its version.
fn full_type(written: &str, parent: Option<&Resource>) -> (String, Option<String>) {
    let (kind, version) = match written.split_once('@') {
        Some((kind, version)) => (kind, Some(version.to_owned())),
        None => (written, None),
    };
    match parent {
        Some(parent) => (
            nested(&parent.kind, "/", kind),
            version.or_else(|| parent.version.clone()),
        ),
        None => (kind.to_owned(), version),
    }
}

/// The name of something nested; of a name longer than any real one, the inner part.
fn nested(outer: &str, separator: &str, inner: &str) -> String {
    if outer.len() > LONGEST_NAME {
        return inner.to_owned();
    }
    format!("{outer}{separator}{inner}")
}

/// Looks through `for` and `if`.
fn header<'t>(lowering: &mut Lowering<'_>, body: &'t TreeExpr) -> Header<'t> {
    match &body.kind {
        TreeKind::For(tree) => {
            let mut loops = vec![Arc::new(expression::loop_of(lowering, tree))];
            let inner = header(lowering, &tree.body);
            loops.extend(inner.loops);
            Header { loops, ..inner }
        }
        TreeKind::If { condition, body } => Header {
            condition: Some(expression::lower(lowering, condition)),
            ..header(lowering, body)
        },
        TreeKind::Paren(inner) => header(lowering, inner),
        TreeKind::Object(object) => Header {
            object: Some(object),
            condition: None,
            loops: Vec::new(),
        },
        _ => Header {
            object: None,
            condition: None,
            loops: Vec::new(),
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
