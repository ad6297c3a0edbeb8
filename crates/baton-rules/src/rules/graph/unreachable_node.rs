//! Every node can be reached.

use baton_repo::graph::{Flow, reachable, untangle};

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
    let order = untangle(&flow, &roots);
    let reached = reachable(&order.flow, &roots);
    for (number, node) in graph.nodes.iter().enumerate() {
        // What follows an unreachable node is unreachable because of it.
        if reached.get(number) == Some(&true) || !order.flow.predecessors(number).is_empty() {
            continue;
        }
        let id = &node.id.value;
        let message = if flow.predecessors(number).is_empty() {
            format!("no edge leads to `{id}`, although it requires other nodes")
        } else {
            format!("`{id}` cannot be reached from where the workflow begins")
        };
        out.report(file.at(node), message)
            .help("Add an edge that leads to it, or remove the node.");
    }
}
