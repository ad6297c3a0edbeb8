//! What holds for every tree of YAML and JSON.

use baton_source::Span;
use baton_syntax::node::{Document, Node, Value};

use crate::{assert_errors, assert_fits, assert_in_order};

/// Asserts that every place in a document lies in `part` of the text.
///
/// # Panics
/// If one does not.
pub fn assert_document(text: &str, part: Span, document: &Document) {
    assert_errors(text, &document.errors);
    let again: Vec<Span> = document.duplicates.iter().map(|one| one.again).collect();
    assert_in_order(text, &again);
    for duplicate in &document.duplicates {
        assert_fits(text, duplicate.first);
        assert_ne!(duplicate.first, duplicate.again, "repeats itself");
    }
    if let Some(root) = &document.root {
        assert!(std::ptr::eq(root.pointer("").unwrap_or(root), root));
        assert_node(text, part, root);
    }
}

fn assert_node(text: &str, part: Span, node: &Node) {
    assert_fits(text, node.span);
    let inside = part.start <= node.span.start && node.span.end <= part.end;
    assert!(inside, "{:?} is outside of {part:?}", node.span);
    match &node.value {
        Value::Sequence(items) => {
            for item in items {
                assert_node(text, part, item);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                assert_fits(text, entry.key_span);
                assert!(node.get(&entry.key).is_some(), "lost {:?}", entry.key);
                assert_node(text, part, &entry.value);
            }
        }
        Value::Number(lexeme) => {
            assert!(!lexeme.is_empty(), "a number of no digits");
            let float = node.as_f64();
            assert!(float.is_some() || lexeme.starts_with('0'), "{lexeme:?}");
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
