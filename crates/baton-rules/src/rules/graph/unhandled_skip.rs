//! A step that may be skipped says what follows then.

use baton_repo::graph::Outcome;

use crate::support::graph::{graph, sources_of};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let handled = sources_of(graph.edges.iter(), Outcome::Skip);
    for (number, node) in graph.nodes.iter().enumerate() {
        if node.optional && !handled.contains(&number) {
            let message = format!(
                "`{}` is optional, but nothing follows when it is skipped",
                node.id.value
            );
            out.report(file.at(node), message)
                .help("Add an edge on `on_skip`.");
        }
    }
}
