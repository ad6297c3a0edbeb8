//! What rules about the explorer's graph share.

use std::collections::BTreeSet;

use baton_syntax::node::{Entry, Node};

use crate::File;

/// The items of a list of the graph.
pub(crate) fn list<'f>(file: &'f File, key: &str) -> &'f [Node] {
    let value = file.node().and_then(|root| root.get(key));
    value.map_or(&[], Node::items)
}

/// Whether the graph has a list of nodes; without one, nothing else can be told of it.
pub(crate) fn has_nodes(file: &File) -> bool {
    let nodes = file.node().and_then(|root| root.get("nodes"));
    nodes.is_some_and(Node::is_sequence)
}

/// A text that is not empty.
pub(crate) fn text<'f>(owner: &'f Node, key: &str) -> Option<(&'f Node, &'f str)> {
    let value = owner.get(key)?;
    let text = value.as_str().filter(|text| !text.is_empty())?;
    Some((value, text))
}

/// The identifiers of all nodes.
pub(crate) fn ids(file: &File) -> BTreeSet<&str> {
    let nodes = list(file, "nodes").iter();
    nodes.filter_map(|node| Some(text(node, "id")?.1)).collect()
}

/// The categories with their identifiers and what they say about their size.
pub(crate) fn categories(file: &File) -> impl Iterator<Item = (&Node, &str, Option<&Entry>)> {
    let categories = list(file, "categories").iter();
    categories.filter_map(|category| {
        let (at, id) = text(category, "id")?;
        Some((at, id, category.entry("count")))
    })
}

/// The nodes of a category.
pub(crate) fn of_category<'f>(file: &'f File, id: &str) -> impl Iterator<Item = &'f Node> {
    let nodes = list(file, "nodes").iter();
    nodes.filter(move |node| text(node, "category").is_some_and(|(_, own)| own == id))
}
