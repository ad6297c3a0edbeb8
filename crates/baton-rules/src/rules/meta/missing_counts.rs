//! The count manifest has counts.

use baton_syntax::node::Node;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else {
        return;
    };
    if root.get("counts").is_some_and(Node::is_mapping) {
        return;
    }
    let at = root.entry("counts").map(|entry| entry.key_span);
    out.report(
        at.map_or(file.whole(), |span| file.at(&span)),
        "the manifest has no object `counts`",
    )
    .help("Add an object `counts` with one entry for each thing that is counted.");
}
