//! From JSON values to expressions.

use baton_source::Span;
use baton_syntax::node::{Entry, Node, Value};

use super::{Lowering, expression, member, place::Place};
use crate::arm::{self, Text};
use crate::model::{Expr, ExprKind, Key, Loop, Property};

/// Of a loop with more rounds, nobody asks for a single one.
const MAX_ROUNDS: usize = 64;

/// Lowers a value whose strings may be expressions.
pub(super) fn lower(lowering: &mut Lowering<'_>, node: &Node) -> Expr {
    let kind = match &node.value {
        Value::String(text) => return string(lowering, text, node.span),
        Value::Sequence(items) => {
            ExprKind::Array(items.iter().map(|item| lower(lowering, item)).collect())
        }
        Value::Mapping(entries) => ExprKind::Object(properties(lowering, entries)),
        scalar => plain(scalar),
    };
    Expr::new(node.span, kind)
}

/// Lowers a value whose strings are what they are.
pub(super) fn literal(node: &Node) -> Expr {
    let kind = match &node.value {
        Value::Sequence(items) => ExprKind::Array(items.iter().map(literal).collect()),
        Value::Mapping(entries) => {
            let property = |entry: &Entry| Property {
                key: Key::Name(entry.key.clone()),
                key_span: entry.key_span,
                value: literal(&entry.value),
                block: false,
            };
            ExprKind::Object(entries.iter().map(property).collect())
        }
        scalar => plain(scalar),
    };
    Expr::new(node.span, kind)
}

fn plain(scalar: &Value) -> ExprKind {
    match scalar {
        Value::Null => ExprKind::Null,
        Value::Bool(value) => ExprKind::Bool(*value),
        Value::Number(lexeme) => ExprKind::Number(lexeme.clone()),
        Value::String(text) => ExprKind::String(text.clone()),
        Value::Sequence(_) | Value::Mapping(_) => ExprKind::Unknown,
    }
}

/// The properties of an object; a list under `copy` stands for those that it makes.
pub(super) fn properties(lowering: &mut Lowering<'_>, entries: &[Entry]) -> Vec<Property> {
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        let copies = loops(entry);
        if copies.is_empty() {
            all.push(property(lowering, entry));
        }
        for (name, made) in copies {
            all.push(Property {
                key: Key::Name(name.to_owned()),
                key_span: member(made, "name").map_or(made.span, |name| name.span),
                value: repeated(lowering, made),
                block: false,
            });
        }
    }
    all
}

/// One property as it stands.
pub(super) fn property(lowering: &mut Lowering<'_>, entry: &Entry) -> Property {
    let key = string(lowering, &entry.key, entry.key_span);
    Property {
        key: match key.kind {
            ExprKind::String(name) => Key::Name(name),
            kind => Key::Computed(Expr::new(key.span, kind)),
        },
        key_span: entry.key_span,
        value: lower(lowering, &entry.value),
        block: false,
    }
}

/// The loops of a property `copy`, with the names of what they make; none for any other.
pub(super) fn loops(entry: &Entry) -> Vec<(&str, &Node)> {
    if !entry.key.eq_ignore_ascii_case("copy") {
        return Vec::new();
    }
    let made = entry.value.items().iter().filter_map(|made| {
        member(made, "input")?;
        Some((member(made, "name")?.as_str()?, made))
    });
    made.collect()
}

/// The list that a loop makes of its `input`.
pub(super) fn repeated(lowering: &mut Lowering<'_>, made: &Node) -> Expr {
    let Some(input) = member(made, "input") else {
        return Expr::new(made.span, ExprKind::Unknown);
    };
    let (name, each) = each(lowering, made);
    lowering.loops.push(name);
    let body = lower(lowering, input);
    lowering.loops.pop();
    let kind = ExprKind::For {
        each: Box::new(each),
        key: None,
        condition: None,
        body: Box::new(body),
    };
    Expr::new(made.span, kind)
}

/// The name of a loop and what it binds: the number of the round.
pub(super) fn each(lowering: &mut Lowering<'_>, made: &Node) -> (String, Loop) {
    let name = member(made, "name").and_then(Node::as_str).unwrap_or("");
    let name = name.to_ascii_lowercase();
    let counted = member(made, "count").map(|count| lower(lowering, count));
    let counted = counted.unwrap_or_else(|| Expr::new(made.span, ExprKind::Unknown));
    let span = counted.span;
    let collection = match counted.kind {
        ExprKind::Call { name, arguments } if name.eq_ignore_ascii_case("length") => {
            arguments.into_iter().next()
        }
        ExprKind::Number(lexeme) => lexeme
            .parse()
            .ok()
            .filter(|rounds| *rounds <= MAX_ROUNDS)
            .map(|rounds| {
                let nothing = Expr::new(span, ExprKind::Null);
                Expr::new(span, ExprKind::Array(vec![nothing; rounds]))
            }),
        _ => None,
    };
    let each = Loop {
        // Elements have no name: the number picks them out of what is gone through.
        item: " ".to_owned(),
        key: Some(expression::index(&name)),
        collection: collection.unwrap_or_else(|| Expr::new(span, ExprKind::Unknown)),
    };
    (name, each)
}

/// A text, or the expression that it is; one that cannot be read is an error, and unknown.
fn string(lowering: &mut Lowering<'_>, decoded: &str, span: Span) -> Expr {
    let read = match arm::text(decoded) {
        Text::Literal(literal) => return Expr::new(span, ExprKind::String(literal.to_owned())),
        Text::Later => return Expr::new(span, ExprKind::Unknown),
        Text::Expression(read) => read,
    };
    let place = Place::new(lowering.text, span, decoded);
    match read {
        Ok(tree) => expression::lower(lowering, &tree, &place),
        Err(mut error) => {
            error.span = place.span(error.span);
            lowering.errors.push(error);
            Expr::new(span, ExprKind::Unknown)
        }
    }
}
