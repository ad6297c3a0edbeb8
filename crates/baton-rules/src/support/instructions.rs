//! Instructions that editors add to work on certain files.

use baton_repo::File;
use baton_source::Span;
use baton_syntax::node::Node;

/// The globs of `applyTo` as one text, and where they stand.
pub(crate) fn applies_to(file: &File) -> Option<(String, Span)> {
    let root = file.front_matter().root.as_ref()?;
    let node = root.get("applyTo")?;
    let globs = if let Some(text) = node.as_str() {
        text.trim().to_owned()
    } else {
        let items = node.items().iter().filter_map(Node::as_str);
        items.map(str::trim).collect::<Vec<_>>().join(", ")
    };
    (!globs.is_empty()).then_some((globs, node.span))
}
