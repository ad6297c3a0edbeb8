//! Required nodes exist.

use crate::support::graph::{graph, meant_node};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    for node in &graph.nodes {
        for required in node
            .requires
            .iter()
            .filter(|required| required.node.is_none())
        {
            let (id, missing) = (&node.id.value, &required.id.value);
            out.report(
                file.at(required),
                format!("`{id}` requires `{missing}`, which is no node"),
            )
            .help(meant_node(graph, missing));
        }
    }
}
