//! The names that a Terraform file in JSON declares.

use baton_source::Span;
use baton_syntax::node::Node;

use crate::File;

/// Kinds of blocks with the number of their labels, and what addresses of theirs begin with.
const KINDS: [(&str, usize, &str); 8] = [
    ("resource", 2, ""),
    ("data", 2, "data."),
    ("ephemeral", 2, "ephemeral."),
    ("module", 1, "module."),
    ("variable", 1, "var."),
    ("output", 1, "output."),
    ("locals", 1, "local."),
    ("provider", 1, "provider."),
];

/// Addresses and where their names stand; `None` if the file cannot be read.
pub(super) fn declarations(file: &File) -> Option<Vec<(String, Span)>> {
    let root = file.node().filter(|_| file.problem().is_none())?;
    if !file.document().errors.is_empty() {
        return None;
    }
    let mut found = Vec::new();
    for body in each(root) {
        for (kind, labels, prefix) in KINDS {
            for blocks in body.get(kind).into_iter().flat_map(each) {
                collect(blocks, labels, prefix, &mut found);
            }
        }
    }
    Some(found)
}

/// A list's items, or the one thing that is no list.
fn each(node: &Node) -> Vec<&Node> {
    if node.items().is_empty() {
        vec![node]
    } else {
        node.items().iter().collect()
    }
}

fn collect(node: &Node, labels: usize, prefix: &str, found: &mut Vec<(String, Span)>) {
    for entry in node.entries() {
        let name = &entry.key;
        if labels > 1 {
            for inner in each(&entry.value) {
                collect(inner, labels - 1, &format!("{prefix}{name}."), found);
            }
            continue;
        }
        let mut address = format!("{prefix}{name}");
        let bodies = each(&entry.value);
        let mut aliases = bodies.iter().rev();
        let alias = aliases.find_map(|body| body.get("alias")?.as_str());
        if let Some(alias) = alias.filter(|_| prefix == "provider.") {
            address = format!("{address}.{alias}");
        }
        found.push((address, entry.key_span));
    }
}
