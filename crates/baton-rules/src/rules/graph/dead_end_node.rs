//! What completes leads on.

use baton_repo::graph::NodeKind;

use crate::support::graph::{follows_completion, graph};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let mut leads = vec![(false, false); graph.nodes.len()];
    for edge in &graph.edges {
        let slot = edge.from.node.and_then(|from| leads.get_mut(from));
        if let Some((anywhere, on_completion)) = slot {
            *anywhere = true;
            *on_completion |= follows_completion(edge);
        }
    }
    for (node, (anywhere, on_completion)) in graph.nodes.iter().zip(leads) {
        if anywhere && !on_completion && node.kind != NodeKind::FanOut && !node.continuous {
            let message = format!("nothing follows when `{}` completes", node.id.value);
            out.report(file.at(node), message)
                .help("Add an edge on `on_complete`.");
        }
    }
}
