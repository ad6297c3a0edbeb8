//! Merge keys: `<<: *base` and `<<: [*first, *second]`.
//!
//! A mapping's own keys win over merged ones, and earlier sources over later ones.

use std::collections::BTreeSet;

use baton_source::SyntaxError;

use crate::node::{Entry, Node, Value};

/// Replaces the merge keys, which stand at `merges`, by the entries they bring in.
pub(super) fn merged(
    entries: Vec<Entry>,
    merges: &[usize],
    errors: &mut Vec<SyntaxError>,
) -> Vec<Entry> {
    if merges.is_empty() {
        return entries;
    }
    let own = entries.iter().enumerate();
    let mut taken: BTreeSet<String> = own
        .filter(|(at, _)| !merges.contains(at))
        .map(|(_, entry)| entry.key.clone())
        .collect();
    let mut result = Vec::with_capacity(entries.len());
    for (at, entry) in entries.into_iter().enumerate() {
        if !merges.contains(&at) {
            result.push(entry);
        } else if is_mergeable(&entry.value) {
            for source in sources(entry.value) {
                result.extend(untaken(source, &mut taken));
            }
        } else {
            let message = "`<<` takes a mapping or a list of mappings";
            errors.push(SyntaxError::new(entry.value.span, message));
            result.push(entry);
        }
    }
    result
}

fn is_mergeable(node: &Node) -> bool {
    match &node.value {
        Value::Sequence(items) => items.iter().all(Node::is_mapping),
        other => matches!(other, Value::Mapping(_)),
    }
}

/// The mappings that a merge key names, in order.
fn sources(node: Node) -> Vec<Vec<Entry>> {
    match node.value {
        Value::Mapping(entries) => vec![entries],
        Value::Sequence(items) => items.into_iter().flat_map(sources).collect(),
        _ => Vec::new(),
    }
}

/// The entries whose keys are free; of a repeated key the last one.
fn untaken(entries: Vec<Entry>, taken: &mut BTreeSet<String>) -> Vec<Entry> {
    let last_first = entries.into_iter().rev();
    let mut free: Vec<Entry> = last_first
        .filter(|entry| taken.insert(entry.key.clone()))
        .collect();
    free.reverse();
    free
}
