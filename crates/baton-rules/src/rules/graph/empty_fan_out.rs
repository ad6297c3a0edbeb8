//! A fan-out has parts.

use baton_repo::graph::{Format, NodeKind};

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let graph = graph(ctx, file).filter(|graph| graph.format != Format::AlzArray);
    let Some(graph) = graph else { return };
    for node in graph
        .nodes
        .iter()
        .filter(|node| node.kind == NodeKind::FanOut)
    {
        if node.parallel_substeps.as_ref().is_none_or(Vec::is_empty) {
            out.report(
                file.at(node),
                format!("the fan-out `{}` has no parts", node.id.value),
            )
            .help("List the parts in `parallel_substeps`, or make it an `agent-step`.");
        }
    }
}
