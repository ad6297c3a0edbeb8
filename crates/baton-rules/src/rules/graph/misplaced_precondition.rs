//! When a precondition does not hold, the workflow stays where the work is.

use baton_repo::graph::{GraphNode, NodeRef};

use crate::support::graph::{graph, meant_node};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    for node in &graph.nodes {
        for precondition in &node.preconditions {
            let Some(on_fail) = &precondition.on_fail else {
                continue;
            };
            let Some(stays_at) = &precondition.stays_at else {
                out.report(
                    file.at(on_fail),
                    format!("`{}` does not say where the workflow stays", on_fail.value),
                )
                .help("Write `stay-at-` and the identifier of a node.");
                continue;
            };
            if stays_at.node.is_none() {
                let id = &stays_at.id.value;
                out.report(
                    file.at(on_fail),
                    format!("the workflow stays at `{id}`, which is no node"),
                )
                .help(meant_node(graph, id));
            } else if !is_close(node, stays_at) {
                let message = format!(
                    "`{}` waits at `{}`, which is not the node before it",
                    node.id.value, stays_at.id.value
                );
                out.report(file.at(on_fail), message).help(help(node));
            }
        }
    }
}

fn is_close(node: &GraphNode, stays_at: &NodeRef) -> bool {
    let before = |required: &NodeRef| required.canonical == stays_at.canonical;
    node.canonical == stays_at.canonical || node.requires.iter().any(before)
}

fn help(node: &GraphNode) -> String {
    let id = node
        .requires
        .first()
        .map_or(&node.id.value, |before| &before.id.value);
    format!("Write `stay-at-{id}`.")
}
