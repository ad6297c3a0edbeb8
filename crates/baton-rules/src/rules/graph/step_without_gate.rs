//! A step that announces a gate is followed by one.

use baton_repo::graph::{Format, GateKind, NodeKind};

use crate::support::graph::{follows_completion, graph};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let graph = graph(ctx, file).filter(|graph| graph.format != Format::AlzArray);
    let Some(graph) = graph else { return };
    let mut followed = vec![(false, false); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| follows_completion(edge)) {
        let next = edge.to.node.and_then(|to| graph.node(to));
        let slot = edge.from.node.and_then(|from| followed.get_mut(from));
        if let (Some(next), Some((approval, validation))) = (next, slot) {
            *approval |= next.kind == NodeKind::Gate;
            *validation |= next.kind == NodeKind::MachineGate;
        }
    }
    for (node, (approval, validation)) in graph.nodes.iter().zip(followed) {
        let Some(gate) = node.gate.as_ref().filter(|_| node.is_step()) else {
            continue;
        };
        let is_followed = match gate.kind {
            Some(GateKind::Approval) => approval,
            Some(GateKind::Validation) => validation,
            None => true,
        };
        if !is_followed {
            let message = format!(
                "`{}` announces a gate of kind `{}`, but none follows",
                node.id.value, gate.text.value
            );
            out.report(file.at(&gate.text), message)
                .help("Add the gate and an edge on `on_complete` to it, or set `gate` to null.");
        }
    }
}
