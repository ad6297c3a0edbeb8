//! What a copy of a value costs.

use crate::node::{Node, Value};

/// How much a copy of a value costs, and how many levels it has.
pub(super) fn measure(node: &Node) -> (usize, usize) {
    let (inner, keys): (Vec<&Node>, usize) = match &node.value {
        Value::Null | Value::Bool(_) => return (1, 0),
        Value::Number(text) | Value::String(text) => return (1 + text.len() / 64, 0),
        Value::Sequence(items) => (items.iter().collect(), 0),
        Value::Mapping(entries) => (
            entries.iter().map(|entry| &entry.value).collect(),
            entries.iter().map(|entry| entry.key.len() / 64).sum(),
        ),
    };
    let measures = inner.into_iter().map(measure);
    measures.fold((1 + keys, 1), |(weight, depth), inner| {
        (weight + inner.0, depth.max(inner.1 + 1))
    })
}
