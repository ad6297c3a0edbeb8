//! A workflow ends somewhere.

use baton_repo::graph::{Flow, terminals};

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    if !graph.nodes.is_empty() && terminals(&Flow::of(graph)).is_empty() {
        out.report(
            file.at(&graph.nodes_key),
            "the workflow ends nowhere: an edge leaves every node",
        )
        .help("Move ways back to `return_edges`, so that no edge leaves the last step.");
    }
}
