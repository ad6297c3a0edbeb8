//! Nodes, edges and categories of the explorer's graph are lists.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else { return };
    for key in ["categories", "nodes", "edges"] {
        let Some(value) = root.get(key) else { continue };
        let message = if !value.is_sequence() {
            format!("`{key}` is not a list")
        } else if key == "nodes" && value.items().is_empty() {
            "the explorer's graph has no node".to_owned()
        } else {
            continue;
        };
        out.report(file.at(value), message)
            .help("Generate the graph again.");
    }
}
