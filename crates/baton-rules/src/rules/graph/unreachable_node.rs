//! Every node can be reached.

use baton_repo::graph::{Flow, reachable};

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let roots = graph.roots();
    if roots.is_empty() {
        return;
    }
    let flow = Flow::of(graph);
    let reached = reachable(&flow, &roots);
    for (number, node) in graph.nodes.iter().enumerate() {
        if reached.get(number) == Some(&true) {
            continue;
        }
        let message = if flow.predecessors(number).is_empty() {
            format!(
                "no edge leads to `{}`, although it requires other nodes",
                node.id.value
            )
        } else {
            format!(
                "`{}` cannot be reached from where the workflow begins",
                node.id.value
            )
        };
        out.report(file.at(node), message)
            .help("Add an edge that leads to it, or remove the node.");
    }
}
