//! `any` is for nodes with several ways to them.

use baton_repo::graph::RequiresMode;

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
        .filter(|node| node.requires_mode == RequiresMode::Any)
    {
        let Some(at) = node.requires_mode_span.filter(|_| node.requires.len() < 2) else {
            continue;
        };
        let message = format!(
            "`{}` needs any one of its requirements and has no choice",
            node.id.value
        );
        out.report(file.at(&at), message)
            .help("Remove `requires_mode`.");
    }
}
