//! No two nodes have the same identifier.

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    for (number, node) in graph.nodes.iter().enumerate() {
        let first = graph.find(&node.canonical).filter(|first| *first != number);
        let Some(first) = first.and_then(|first| graph.node(first)) else {
            continue;
        };
        let message = format!(
            "`{}` is the same node as `{}`",
            node.id.value, first.id.value
        );
        out.report(file.at(node), message)
            .label(file.at(first), "first here")
            .help("Rename one of them; case, dots and underscores make no difference.");
    }
}
