//! Only optional steps are skipped.

use baton_repo::graph::Outcome;

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    for edge in graph
        .edges
        .iter()
        .filter(|edge| edge.opens_on(Outcome::Skip))
    {
        let node = edge.from.node.and_then(|from| graph.node(from));
        let Some(node) = node.filter(|node| !node.optional) else {
            continue;
        };
        let message = format!(
            "`{}` is never skipped, because it is not optional",
            node.id.value
        );
        out.report(file.at(&edge.condition_span), message)
            .label(file.at(node), "the step")
            .help("Make the step `optional`, or remove the edge.");
    }
}
