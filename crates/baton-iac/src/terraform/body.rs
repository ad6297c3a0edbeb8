//! From blocks and attributes to declarations and objects.

use std::sync::Arc;

use baton_source::{Span, Spanned as _};
use hcl_edit::structure::{Attribute, Block as HclBlock, BlockLabel, Body, Structure};

use super::optional;
use super::{Lowering, expression};
use crate::model::{
    Assignment, Block, Expr, ExprKind, Key, Language, Loop, ModuleCall, Property, Resource, Symbol,
    SymbolKind, Template,
};

/// Lowers a whole file.
pub(super) fn template(mut lowering: Lowering<'_>, body: &Body) -> Template {
    let mut template = Template::empty(Language::Terraform);
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                let property = attribute_property(&mut lowering, attribute);
                template.assignments.push(Assignment {
                    name: attribute.key.to_string(),
                    name_span: property.span(),
                    value: property.value,
                });
            }
            Structure::Block(block) => declaration(&mut lowering, &mut template, block),
        }
    }
    template
}

fn declaration(lowering: &mut Lowering<'_>, template: &mut Template, block: &HclBlock) {
    let labels: Vec<&str> = block.labels.iter().map(label_text).collect();
    match (block.ident.as_str(), labels.as_slice()) {
        ("resource" | "ephemeral", &[kind, name]) => {
            let address = format!("{kind}.{name}");
            template.resources.push(resource(lowering, block, address));
        }
        ("data", &[kind, name]) => {
            let address = format!("data.{kind}.{name}");
            let mut found = resource(lowering, block, address);
            found.existing = true;
            template.resources.push(found);
        }
        ("module", &[name]) => template.modules.push(module(lowering, block, name)),
        ("variable", &[name]) => {
            let named = symbol(lowering, block, (SymbolKind::Parameter, "var.", name));
            template.symbols.push(named);
        }
        ("output", &[name]) => {
            let named = symbol(lowering, block, (SymbolKind::Output, "output.", name));
            template.symbols.push(named);
        }
        ("locals", &[]) => locals(lowering, template, &block.body),
        (kind, labels) => template.blocks.push(Block {
            kind: kind.to_owned(),
            labels: labels.iter().map(|&label| label.to_owned()).collect(),
            span: header(lowering, block),
            body: object(lowering, &block.body, block),
        }),
    }
}

fn resource(lowering: &mut Lowering<'_>, block: &HclBlock, address: String) -> Resource {
    let label = |at: usize| block.labels.get(at).map_or("", label_text).to_owned();
    let body = object(lowering, &block.body, block);
    let condition = body.property("count").map(|count| count.value.clone());
    Resource {
        kind: label(0),
        kind_span: label_span(lowering, block, 0),
        version: None,
        name: label(1),
        address,
        span: header(lowering, block),
        existing: false,
        looped: condition.is_some() || body.property("for_each").is_some(),
        loops: for_each(&body),
        condition,
        body,
        parent: None,
    }
}

fn module(lowering: &mut Lowering<'_>, block: &HclBlock, name: &str) -> ModuleCall {
    let span = header(lowering, block);
    let arguments = object(lowering, &block.body, block);
    let text_of = |key: &str| {
        let value = arguments.property(key).map(|property| &property.value);
        value.and_then(Expr::as_str).map(str::to_owned)
    };
    ModuleCall {
        name: name.to_owned(),
        address: format!("module.{name}"),
        source: text_of("source").unwrap_or_default(),
        source_span: arguments
            .property("source")
            .map_or(span, |source| source.value.span),
        version: text_of("version"),
        span,
        condition: arguments.property("count").map(|count| count.value.clone()),
        loops: for_each(&arguments),
        arguments,
    }
}

/// The loop of a body with `for_each`.
pub(super) fn for_each(body: &Expr) -> Vec<Arc<Loop>> {
    let collection = body.property("for_each");
    let each = collection.map(|collection| {
        Arc::new(Loop {
            item: "each.value".to_owned(),
            key: Some("each.key".to_owned()),
            collection: collection.value.clone(),
        })
    });
    each.into_iter().collect()
}

fn symbol(
    lowering: &mut Lowering<'_>,
    block: &HclBlock,
    (kind, prefix, name): (SymbolKind, &str, &str),
) -> Symbol {
    let body = object(lowering, &block.body, block);
    let value = |key: &str| body.property(key).map(|property| &property.value);
    let value_key = if kind == SymbolKind::Output {
        "value"
    } else {
        "default"
    };
    let mut given = value(value_key).cloned();
    let shape = value("type").filter(|kind| optional::has_defaults(kind, 0));
    if let (Some(given), Some(kind)) = (&mut given, shape) {
        optional::fill((given, None), kind, 0);
    }
    Symbol {
        kind,
        name: name.to_owned(),
        address: format!("{prefix}{name}"),
        name_span: label_span(lowering, block, 0),
        span: lowering.span(block),
        value: given,
        secure: value("sensitive").is_some_and(|value| value.kind == ExprKind::Bool(true)),
        type_name: value("type").map(|value| value.span.of(lowering.text).to_owned()),
        shape: shape.cloned(),
        description: value("description")
            .and_then(Expr::as_str)
            .map(str::to_owned),
    }
}

fn locals(lowering: &mut Lowering<'_>, template: &mut Template, body: &Body) {
    for attribute in body.attributes() {
        let name = attribute.key.to_string();
        let property = attribute_property(lowering, attribute);
        template.symbols.push(Symbol {
            kind: SymbolKind::Local,
            address: format!("local.{name}"),
            name,
            name_span: property.span(),
            span: lowering.span(attribute),
            value: Some(property.value),
            secure: false,
            type_name: None,
            shape: None,
            description: None,
        });
    }
}

/// The body of a block as an object: attributes as they stand, blocks of one name as one array.
fn object(lowering: &mut Lowering<'_>, body: &Body, block: &HclBlock) -> Expr {
    let mut properties: Vec<Property> = Vec::new();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                properties.push(attribute_property(lowering, attribute));
            }
            Structure::Block(inner) => nested_block(lowering, &mut properties, inner),
        }
    }
    Expr::new(lowering.span(block), ExprKind::Object(properties))
}

fn nested_block(lowering: &mut Lowering<'_>, properties: &mut Vec<Property>, block: &HclBlock) {
    let dynamic = (block.ident.as_str() == "dynamic")
        .then(|| block.labels.first())
        .flatten();
    let (name, key_span, element) = match dynamic {
        Some(label) => (
            label_text(label),
            label_span(lowering, block, 0),
            dynamic_content(lowering, block),
        ),
        None => (
            block.ident.as_str(),
            lowering.span(&block.ident),
            object(lowering, &block.body, block),
        ),
    };
    let same = |property: &&mut Property| property.block && property.name() == Some(name);
    if let Some(known) = properties.iter_mut().find(same) {
        if let ExprKind::Array(elements) = &mut known.value.kind {
            elements.push(element);
        }
        return;
    }
    properties.push(Property {
        key: Key::Name(name.to_owned()),
        key_span,
        value: Expr::new(element.span, ExprKind::Array(vec![element])),
        block: true,
    });
}

/// What a `dynamic` block makes: a list with its `content` for each round.
fn dynamic_content(lowering: &mut Lowering<'_>, block: &HclBlock) -> Expr {
    let content = block
        .body
        .blocks()
        .find(|inner| inner.ident.as_str() == "content");
    let Some(content) = content else {
        return Expr::new(lowering.span(block), ExprKind::Unknown);
    };
    let iterator = block
        .body
        .get_attribute("iterator")
        .and_then(|attribute| attribute.value.as_variable())
        .map(ToString::to_string);
    let label = block.labels.first().map_or("", label_text).to_owned();
    let name = iterator.unwrap_or(label);
    let collection = block.body.get_attribute("for_each");
    let collection = collection.map(|attribute| expression::lower(lowering, &attribute.value));
    let each = Loop {
        item: format!("{name}.value"),
        key: Some(format!("{name}.key")),
        collection: collection
            .unwrap_or_else(|| Expr::new(lowering.span(&block.ident), ExprKind::Unknown)),
    };
    let body = object(lowering, &content.body, content);
    Expr::new(
        body.span,
        ExprKind::For {
            each: Box::new(each),
            key: None,
            condition: None,
            body: Box::new(body),
        },
    )
}

fn attribute_property(lowering: &mut Lowering<'_>, attribute: &Attribute) -> Property {
    Property {
        key: Key::Name(attribute.key.to_string()),
        key_span: lowering.span(&attribute.key),
        value: expression::lower(lowering, &attribute.value),
        block: false,
    }
}

pub(super) fn header(lowering: &Lowering<'_>, block: &HclBlock) -> Span {
    let keyword = lowering.span(&block.ident);
    block
        .labels
        .last()
        .map_or(keyword, |label| keyword.to(lowering.span(label)))
}

pub(super) fn label_text(label: &BlockLabel) -> &str {
    match label {
        BlockLabel::Ident(ident) => ident.as_str(),
        BlockLabel::String(text) => text.as_str(),
    }
}

pub(super) fn label_span(lowering: &Lowering<'_>, block: &HclBlock, at: usize) -> Span {
    block
        .labels
        .get(at)
        .map_or_else(|| lowering.span(&block.ident), |label| lowering.span(label))
}
