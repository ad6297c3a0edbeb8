//! Looking up many JSON pointers in one document.

use std::collections::BTreeMap;

use baton_syntax::node::{Entry, Node, Value};

/// Objects with fewer keys are searched key by key.
const FEW: usize = 32;

/// A document whose large objects are indexed when something in them is looked up.
///
/// A document may break its schema at each of its keys; searching the whole object for each of
/// them would cost the square of their number.
pub(super) struct Places<'d> {
    document: &'d Node,
    indexed: BTreeMap<*const Node, BTreeMap<&'d str, &'d Entry>>,
}

impl<'d> Places<'d> {
    pub(super) fn new(document: &'d Node) -> Places<'d> {
        Places {
            document,
            indexed: BTreeMap::new(),
        }
    }

    /// The entry of a key; the last one when the key is repeated.
    pub(super) fn entry(&mut self, node: &'d Node, key: &str) -> Option<&'d Entry> {
        if node.entries().len() < FEW {
            return node.entry(key);
        }
        let keys = self.indexed.entry(node).or_insert_with(|| {
            let entries = node.entries().iter();
            entries.map(|entry| (entry.key.as_str(), entry)).collect()
        });
        keys.get(key).copied()
    }

    /// The value at a JSON pointer; the document itself when there is none.
    pub(super) fn value(&mut self, pointer: &str) -> &'d Node {
        let mut node = self.document;
        for part in pointer.split('/').skip(1) {
            let part = decode(part);
            let next = match &node.value {
                Value::Sequence(items) => part.parse().ok().and_then(|at: usize| items.get(at)),
                _ => self.entry(node, &part).map(|entry| &entry.value),
            };
            let Some(next) = next else {
                return self.document;
            };
            node = next;
        }
        node
    }

    /// The entry whose value a JSON pointer names; `None` for items and the document.
    pub(super) fn entry_at(&mut self, pointer: &str) -> Option<&'d Entry> {
        let (parent, key) = pointer.rsplit_once('/')?;
        let parent = self.value(parent);
        self.entry(parent, &decode(key))
    }
}

/// A part of a JSON pointer as the key it stands for.
pub(super) fn decode(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}
