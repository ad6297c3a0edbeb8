//! A gate at which a program decides has a way back for failures.

use baton_repo::graph::{NodeKind, Outcome};

use crate::support::graph::{graph, sources_of};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let edges = graph.edges.iter().chain(&graph.return_edges);
    let handled = sources_of(edges, Outcome::Fail);
    for (number, node) in graph.nodes.iter().enumerate() {
        // Without a way of its own, a failure re-opens the step before the gate.
        let step_before = node.requires.iter().any(|required| {
            let before = required.node.and_then(|before| graph.node(before));
            before.is_some_and(baton_repo::graph::GraphNode::is_step)
        });
        if node.kind == NodeKind::MachineGate && !step_before && !handled.contains(&number) {
            let message = format!("nothing follows when `{}` fails", node.id.value);
            out.report(file.at(node), message)
                .help("Add a return edge on `on_fail` to the step that can mend it.");
        }
    }
}
