//! Each part of a fan-out produces one artifact.

use baton_repo::graph::NodeKind;

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    for node in graph
        .nodes
        .iter()
        .filter(|node| node.kind == NodeKind::FanOut)
    {
        let (Some(parts), Some(produces)) = (&node.parallel_substeps, &node.produces) else {
            continue;
        };
        if !parts.is_empty() && parts.len() != produces.len() {
            let message = format!(
                "the number of parts of `{}` is {}, that of its artifacts is {}",
                node.id.value,
                parts.len(),
                produces.len()
            );
            out.report(file.at(node), message)
                .help("List one artifact for each part.");
        }
    }
}
