//! A workflow begins somewhere.

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    if graph.roots().is_empty() {
        out.report(
            file.at(&graph.nodes_key),
            "the workflow begins nowhere: every node requires another",
        )
        .help("Give the first step an empty `requires`.");
    }
}
