//! Terraform in JSON: from a tree to a template.
//!
//! Texts in arguments may hold interpolations, as in HCL's quoted strings. Whatever they come to
//! stands where the text does. What a `dynamic` block makes is unknown.

use baton_source::{Span, Spanned as _};
use baton_syntax::node::{Entry, Node, Value};
use hcl_edit::expr::Expression;
use hcl_edit::template::Template as HclTemplate;

use super::{Lowering, body, expression, optional, strings};
use crate::model::{
    Assignment, Block, Expr, ExprKind, Key, Language, ModuleCall, Property, Resource, Symbol,
    SymbolKind, Template,
};

/// Names that begin comments.
const COMMENT: &str = "//";

/// Whether a file is Terraform in JSON, by its name.
pub fn is_json(name: &str) -> bool {
    [".tf.json", ".tofu.json", ".tfvars.json"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// What a file declares or, if it is there to give values, what it assigns.
pub fn lower(root: &Node, gives_values: bool) -> Template {
    let mut template = Template::empty(Language::Terraform);
    for node in each(root) {
        if gives_values {
            let entries = entries(node);
            template.assignments.extend(entries.map(|entry| Assignment {
                name: entry.key.clone(),
                name_span: entry.key_span,
                value: literal(&entry.value),
            }));
            continue;
        }
        for entry in entries(node) {
            for blocks in each(&entry.value) {
                declare(&mut template, &entry.key, (entry, blocks));
            }
        }
    }
    template
}

/// A list's items, or the one thing that is no list.
fn each(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Sequence(items) => items.iter().collect(),
        _ => vec![node],
    }
}

fn entries(node: &Node) -> impl Iterator<Item = &Entry> {
    let entries = node.entries().iter();
    entries.filter(|entry| entry.key != COMMENT)
}

/// The bodies of blocks with one label.
fn labelled(node: &Node) -> impl Iterator<Item = (&Entry, &Node)> {
    entries(node).flat_map(|entry| each(&entry.value).into_iter().map(move |it| (entry, it)))
}

fn declare(template: &mut Template, kind: &str, (keyword, blocks): (&Entry, &Node)) {
    match kind {
        "resource" | "ephemeral" | "data" => {
            for (of_kind, named) in labelled(blocks) {
                let all = labelled(named);
                let all = all.map(|(name, node)| resource(kind, (of_kind, name), node));
                template.resources.extend(all);
            }
        }
        "module" => {
            let calls = labelled(blocks).map(|(name, node)| module(name, node));
            template.modules.extend(calls);
        }
        "variable" => {
            let all = labelled(blocks).map(|(name, node)| variable(name, node));
            template.symbols.extend(all);
        }
        "output" => template
            .symbols
            .extend(labelled(blocks).map(|(name, node)| Symbol {
                value: node.get("value").map(value),
                secure: node.get("sensitive").and_then(Node::as_bool) == Some(true),
                ..symbol(name, (SymbolKind::Output, "output."))
            })),
        "locals" => template.symbols.extend(entries(blocks).map(|entry| Symbol {
            value: Some(value(&entry.value)),
            ..symbol(entry, (SymbolKind::Local, "local."))
        })),
        "provider" => template
            .blocks
            .extend(labelled(blocks).map(|(name, node)| Block {
                kind: kind.to_owned(),
                labels: vec![name.key.clone()],
                span: name.key_span,
                body: object(node),
            })),
        _ => template.blocks.push(Block {
            kind: kind.to_owned(),
            labels: Vec::new(),
            span: keyword.key_span,
            body: object(blocks),
        }),
    }
}

fn resource(keyword: &str, (kind, name): (&Entry, &Entry), node: &Node) -> Resource {
    let existing = keyword == "data";
    let prefix = if existing { "data." } else { "" };
    let body = object(node);
    let condition = body.property("count").map(|count| count.value.clone());
    Resource {
        kind: kind.key.clone(),
        kind_span: kind.key_span,
        version: None,
        name: name.key.clone(),
        address: format!("{prefix}{}.{}", kind.key, name.key),
        span: name.key_span,
        existing,
        looped: condition.is_some() || body.property("for_each").is_some(),
        loops: body::for_each(&body),
        condition,
        body,
        parent: None,
    }
}

fn module(name: &Entry, node: &Node) -> ModuleCall {
    let arguments = object(node);
    let text_of = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let source = arguments.property("source");
    ModuleCall {
        name: name.key.clone(),
        address: format!("module.{}", name.key),
        source: text_of("source").unwrap_or_default(),
        source_span: source.map_or(name.key_span, |source| source.value.span),
        version: text_of("version"),
        span: name.key_span,
        condition: arguments.property("count").map(|count| count.value.clone()),
        loops: body::for_each(&arguments),
        arguments,
    }
}

fn variable(name: &Entry, node: &Node) -> Symbol {
    let kind = node.get("type").and_then(Node::as_str);
    let shape = kind.and_then(expression_of);
    let shape = shape.filter(|kind| optional::has_defaults(kind, 0));
    let mut given = node.get("default").map(literal);
    if let (Some(given), Some(shape)) = (&mut given, &shape) {
        *given = optional::filled(given, shape);
    }
    Symbol {
        value: given,
        secure: node.get("sensitive").and_then(Node::as_bool) == Some(true),
        type_name: kind.map(str::to_owned),
        shape,
        description: node
            .get("description")
            .and_then(Node::as_str)
            .map(str::to_owned),
        ..symbol(name, (SymbolKind::Parameter, "var."))
    }
}

fn symbol(name: &Entry, (kind, prefix): (SymbolKind, &str)) -> Symbol {
    Symbol {
        kind,
        name: name.key.clone(),
        address: format!("{prefix}{}", name.key),
        name_span: name.key_span,
        span: name.key_span,
        value: None,
        secure: false,
        type_name: None,
        shape: None,
        description: None,
    }
}

/// The body of a block.
fn object(node: &Node) -> Expr {
    let mut lowered = value(node);
    let ExprKind::Object(properties) = &mut lowered.kind else {
        return Expr::new(node.span, ExprKind::Unknown);
    };
    let at = properties
        .iter()
        .position(|it| it.name() == Some("dynamic"));
    let Some(dynamic) = at.map(|at| properties.remove(at)) else {
        return lowered;
    };
    for made in each_object(&dynamic.value).flat_map(Expr::properties) {
        properties.push(Property {
            key: made.key.clone(),
            key_span: made.key_span,
            value: Expr::new(made.span(), ExprKind::Unknown),
            block: true,
        });
    }
    lowered
}

/// An object, or those of a list.
fn each_object(value: &Expr) -> impl Iterator<Item = &Expr> {
    let items = match &value.kind {
        ExprKind::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    items.iter()
}

/// A value whose texts may hold interpolations.
fn value(node: &Node) -> Expr {
    lowered(node, text)
}

/// A value whose texts are what they are.
fn literal(node: &Node) -> Expr {
    lowered(node, |text, span| {
        Expr::new(span, ExprKind::String(text.to_owned()))
    })
}

fn lowered(node: &Node, text: fn(&str, Span) -> Expr) -> Expr {
    let kind = match &node.value {
        Value::String(written) => return text(written, node.span),
        Value::Null => ExprKind::Null,
        Value::Bool(value) => ExprKind::Bool(*value),
        Value::Number(lexeme) => ExprKind::Number(lexeme.clone()),
        Value::Sequence(items) => {
            ExprKind::Array(items.iter().map(|item| lowered(item, text)).collect())
        }
        Value::Mapping(_) => {
            let properties = entries(node).map(|entry| {
                let key = text(&entry.key, entry.key_span);
                Property {
                    key: match key.kind {
                        ExprKind::String(name) => Key::Name(name),
                        kind => Key::Computed(Expr::new(entry.key_span, kind)),
                    },
                    key_span: entry.key_span,
                    value: lowered(&entry.value, text),
                    block: false,
                }
            });
            ExprKind::Object(properties.collect())
        }
    };
    Expr::new(node.span, kind)
}

/// A text that may hold interpolations; one that cannot be read is unknown.
fn text(written: &str, span: Span) -> Expr {
    if !written.contains("${") && !written.contains("%{") {
        return Expr::new(span, ExprKind::String(written.to_owned()));
    }
    let Ok(template) = written.parse::<HclTemplate>() else {
        return Expr::new(span, ExprKind::Unknown);
    };
    let kind = strings::joined(&mut lowering(written), template.iter(), span);
    let mut lowered = Expr::new(span, kind);
    lowered.place_at(span);
    lowered
}

/// An expression in a text, such as a type.
fn expression_of(written: &str) -> Option<Expr> {
    let read: Expression = written.parse().ok()?;
    Some(expression::lower(&mut lowering(written), &read))
}

fn lowering(text: &str) -> Lowering<'_> {
    Lowering {
        text,
        offset: 0,
        iterators: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use baton_syntax::json::{self, Dialect};

    use super::lower;
    use crate::evaluate::{FileScope, Site};
    use crate::model::Template;

    fn template(text: &str) -> Template {
        let root = json::parse(text, Dialect::Strict).root;
        lower(&root.unwrap(), false)
    }

    #[test]
    fn values_are_what_texts_and_interpolations_say() {
        let text = r#"{
          "//": "a comment",
          "variable": { "v": { "default": "${var.no}", "type": "string" } },
          "locals": { "n": 3 },
          "resource": { "t": { "n": [{
            "a": "plain", "b": "${var.v}", "c": "x-${local.n}", "d": { "e": [true] },
            "dynamic": { "f": { "for_each": [], "content": { "g": 1 } } }
          }] } }
        }"#;
        let template = template(text);
        let resource = &template.resources[0];
        assert_eq!(resource.address, "t.n");
        assert_eq!(resource.span.of(text), "\"n\"");
        let scope = FileScope::new(&template);
        let site = Site::resource(&scope, resource);
        for (path, expected) in [
            (&["a"][..], "plain"),
            (&["b"], "${var.no}"),
            (&["c"], "x-3"),
        ] {
            let values = site.lookup(path);
            assert_eq!(values.candidates[0].value.as_text(), Some(expected));
            let at = values.candidates[0].at.span.of(text);
            assert!(at.starts_with('"') && at.ends_with('"'), "{at}");
        }
        assert!(site.lookup(&["f", "g"]).unknown);
        assert!(site.lookup(&["z"]).absent);
    }

    #[test]
    fn calls_and_data_are_found() {
        let text = r#"{
          "data": { "t": { "d": {} } },
          "module": { "m": { "source": "./m", "count": 0, "p": "${var.x}" } },
          "terraform": { "required_providers": { "azurerm": { "version": "~> 4.0" } } },
          "provider": { "azurerm": [{ "features": {} }] }
        }"#;
        let template = template(text);
        assert!(template.resources[0].existing);
        assert_eq!(template.resources[0].address, "data.t.d");
        assert_eq!(template.modules[0].source, "./m");
        assert!(template.modules[0].condition.is_some());
        assert_eq!(template.blocks.len(), 2);
    }
}
