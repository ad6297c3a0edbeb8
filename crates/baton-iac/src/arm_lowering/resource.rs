//! Resources, those nested in them, and deployments with their templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_syntax::node::{Entry, Node, Value};

use super::{Lowering, declare, member, member_entry, value};
use crate::model::{Expr, ExprKind, Key, Loop, ModuleCall, Operator, Property, Resource, Template};

/// More bytes than the type of a resource that others are nested in can have.
const LONGEST_TYPE: usize = 512;
/// More bytes of conditions than this are not copied from deployments to their resources.
const MOST_COPIED: usize = 1 << 20;
/// What is said of a resource beside its properties, and told elsewhere in the model.
const APART: [&str; 8] = [
    "type",
    "apiVersion",
    "condition",
    "copy",
    "existing",
    "resources",
    "comments",
    "import",
];

/// What holds for all resources of a template.
#[derive(Default)]
pub(super) struct Around {
    /// What decides whether the deployment around them exists, and how long that is.
    condition: Option<(Expr, usize)>,
    /// Whether that stands for several.
    looped: bool,
    /// The loops whose rounds their expressions may ask for, outermost first.
    loops: Vec<Arc<Loop>>,
    /// The resource they are nested in.
    parent: Option<usize>,
}

/// Lowers everything under `resources`: a list, or an object of symbolic names.
pub(super) fn all(lowering: &mut Lowering<'_>, out: &mut Template, owner: &Node, around: &Around) {
    match member(owner, "resources").map(|resources| &resources.value) {
        Some(Value::Sequence(items)) => {
            for item in items {
                one(lowering, out, (item, None), around);
            }
        }
        Some(Value::Mapping(entries)) => {
            for entry in entries {
                one(lowering, out, (&entry.value, Some(entry)), around);
            }
        }
        _ => {}
    }
}

fn one(
    lowering: &mut Lowering<'_>,
    out: &mut Template,
    (node, symbolic): (&Node, Option<&Entry>),
    around: &Around,
) {
    let Some(written) = member_entry(node, "type") else {
        return;
    };
    let named = member(node, "name").and_then(Node::as_str).unwrap_or("");
    let outer = around.parent.and_then(|at| out.resources.get(at));
    let kind = full_type(written.value.as_str().unwrap_or(""), named, outer);
    let own = member(node, "apiVersion").and_then(Node::as_str);
    let version = own.filter(|version| !version.starts_with('['));
    let is_deployment = kind.eq_ignore_ascii_case("Microsoft.Resources/deployments");
    let properties = member(node, "properties").filter(|_| is_deployment);
    let name = symbolic.map_or(named, |entry| &entry.key).to_owned();
    let mut here = Around {
        condition: condition(lowering, node, around),
        looped: around.looped,
        loops: around.loops.clone(),
        parent: Some(out.resources.len()),
    };
    let outer = lowering.loops.clone();
    if let Some(made) = member(node, "copy") {
        let (name, each) = value::each(lowering, made);
        lowering.loops.insert(0, name);
        here.loops.push(Arc::new(each));
        here.looped = true;
    }
    let body = body(lowering, node, properties.is_some());
    lowering.owners.push(lowering.scope);
    out.resources.push(Resource {
        kind,
        kind_span: written.value.span,
        version: version.map(str::to_owned),
        address: name.clone(),
        name,
        span: written.key_span.to(written.value.span),
        existing: member(node, "existing").and_then(Node::as_bool) == Some(true),
        condition: here
            .condition
            .as_ref()
            .map(|(condition, _)| condition.clone()),
        looped: here.looped,
        loops: here.loops.clone(),
        body,
        parent: around.parent,
    });
    match properties {
        Some(properties) => deployment(lowering, out, (node, properties), here),
        // A nested resource exists when its own condition says so.
        None => all(
            lowering,
            out,
            node,
            &Around {
                condition: around.condition.clone(),
                ..here
            },
        ),
    }
    lowering.loops = outer;
}

/// What is written in a resource; the template of a deployment is lowered apart.
fn body(lowering: &mut Lowering<'_>, node: &Node, is_deployment: bool) -> Expr {
    let is_apart = |entry: &&Entry| {
        !APART
            .iter()
            .any(|name| entry.key.eq_ignore_ascii_case(name))
    };
    let mut properties = Vec::new();
    for entry in node.entries().iter().filter(is_apart) {
        if !is_deployment || !entry.key.eq_ignore_ascii_case("properties") {
            properties.push(value::property(lowering, entry));
            continue;
        }
        let rest = entry.value.entries().iter();
        let rest = rest.filter(|entry| !entry.key.eq_ignore_ascii_case("template"));
        let rest = rest.map(|entry| value::property(lowering, entry)).collect();
        properties.push(Property {
            key: Key::Name(entry.key.clone()),
            key_span: entry.key_span,
            value: Expr::new(entry.value.span, ExprKind::Object(rest)),
            block: false,
        });
    }
    Expr::new(node.span, ExprKind::Object(properties))
}

/// Its own condition and that of the deployment around it, with its length.
fn condition(lowering: &mut Lowering<'_>, node: &Node, around: &Around) -> Option<(Expr, usize)> {
    let own = member(node, "condition").map(|written| {
        let length = written.span.end - written.span.start;
        (value::lower(lowering, written), length as usize)
    });
    let Some((outer, length)) = &around.condition else {
        return own;
    };
    lowering.copied += length;
    if lowering.copied > MOST_COPIED {
        return Some((Expr::new(node.span, ExprKind::Unknown), 0));
    }
    let Some((own, more)) = own else {
        return around.condition.clone();
    };
    let kind = ExprKind::Operation {
        operator: Operator::And,
        operands: vec![outer.clone(), own],
    };
    Some((Expr::new(node.span, kind), length + more))
}

/// The resources of a nested template, or the call of one that stands elsewhere.
fn deployment(
    lowering: &mut Lowering<'_>,
    out: &mut Template,
    (node, properties): (&Node, &Node),
    here: Around,
) {
    let template = member(properties, "template").filter(|template| template.is_mapping());
    let around = Around {
        parent: None,
        ..here
    };
    let options = member(properties, "expressionEvaluationOptions");
    let scope = options.and_then(|options| member(options, "scope")?.as_str());
    let is_inner = scope.is_some_and(|scope| scope.eq_ignore_ascii_case("inner"));
    match template {
        Some(template) if !is_inner => all(lowering, out, template, &around),
        Some(template) => {
            let arguments = arguments(lowering, properties);
            let call = call(node, properties, &arguments, &around);
            let name = call.name.clone();
            out.modules.push(call);
            let given = arguments.into_iter();
            let given = given.filter_map(|argument| {
                Some((argument.name()?.to_ascii_lowercase(), argument.value))
            });
            let given: BTreeMap<String, Expr> = given.collect();
            let name = if name.starts_with('[') { "" } else { &name };
            let outer = lowering.enter(template, name);
            let loops = std::mem::take(&mut lowering.loops);
            declare(lowering, out, (template, given));
            let around = Around {
                loops: Vec::new(),
                ..around
            };
            all(lowering, out, template, &around);
            lowering.scope = outer;
            lowering.loops = loops;
        }
        None => {
            let arguments = arguments(lowering, properties);
            out.modules
                .push(call(node, properties, &arguments, &around));
        }
    }
}

/// What a deployment gives to its parameters.
fn arguments(lowering: &mut Lowering<'_>, properties: &Node) -> Vec<Property> {
    let given = member(properties, "parameters").map_or(&[][..], Node::entries);
    let mut all = Vec::with_capacity(given.len());
    for entry in given {
        all.push(Property {
            key: Key::Name(entry.key.clone()),
            key_span: entry.key_span,
            value: match member(&entry.value, "value") {
                Some(written) => value::lower(lowering, written),
                None => Expr::new(entry.value.span, ExprKind::Unknown),
            },
            block: false,
        });
    }
    all
}

fn call(node: &Node, properties: &Node, arguments: &[Property], around: &Around) -> ModuleCall {
    let link = member(properties, "templateLink");
    let written = link.and_then(|link| {
        let places = ["relativePath", "uri", "id"];
        places.iter().find_map(|place| member(link, place))
    });
    let source = written
        .and_then(Node::as_str)
        .filter(|source| !source.starts_with('['));
    let name = member(node, "name").and_then(Node::as_str).unwrap_or("");
    let span =
        member_entry(node, "type").map_or(node.span, |entry| entry.key_span.to(entry.value.span));
    let given = member(properties, "parameters").map_or(properties.span, |given| given.span);
    ModuleCall {
        name: name.to_owned(),
        address: name.to_owned(),
        source: source.unwrap_or("").to_owned(),
        source_span: written.map_or(span, |written| written.span),
        version: None,
        span,
        condition: around
            .condition
            .as_ref()
            .map(|(condition, _)| condition.clone()),
        loops: around.loops.clone(),
        arguments: Expr::new(given, ExprKind::Object(arguments.to_vec())),
    }
}

/// The whole type: a nested one goes on from its parent's, an extension is named by its own provider.
fn full_type(written: &str, named: &str, parent: Option<&Resource>) -> String {
    let is_whole = written
        .split('/')
        .next()
        .is_some_and(|first| first.contains('.'));
    let kind = match parent {
        Some(parent) if !is_whole && parent.kind.len() <= LONGEST_TYPE => {
            format!("{}/{written}", parent.kind)
        }
        _ => written.to_owned(),
    };
    let Some((_, extension)) = kind.split_once("/providers/") else {
        return kind;
    };
    // `Microsoft.Storage/storageAccounts/providers/locks` is named `store/Microsoft.Authorization/lock`.
    let provider = named.match_indices("Microsoft.").find_map(|(at, _)| {
        let before = named.get(..at)?;
        let provider = named.get(at..)?.split('/').next()?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '.';
        (before.ends_with(['/', '\'']) && provider.chars().all(is_name)).then_some(provider)
    });
    provider.map_or_else(
        || kind.clone(),
        |provider| format!("{provider}/{extension}"),
    )
}
