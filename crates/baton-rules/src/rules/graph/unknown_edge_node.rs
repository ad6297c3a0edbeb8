//! Edges lead from nodes to nodes.

use crate::support::graph::{all_edges, graph, meant_node};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    for (edge, is_return) in all_edges(graph) {
        for (end, word) in [(&edge.from, "leaves"), (&edge.to, "leads to")] {
            let id = &end.id.value;
            if end.node.is_some() || (is_return && id.trim().is_empty()) {
                continue;
            }
            let message = if id.is_empty() {
                format!("an edge {word} no node")
            } else {
                format!("an edge {word} `{id}`, which is no node")
            };
            out.report(file.at(end), message)
                .help(meant_node(graph, id));
        }
    }
}
