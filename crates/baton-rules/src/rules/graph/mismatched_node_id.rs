//! A node's `id` is its key.

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    for node in &graph.nodes {
        let key = &node.id.value;
        match &node.own_id {
            Some(id) if id.value == *key => {}
            Some(id) => {
                let message = format!("the node `{key}` calls itself `{}`", id.value);
                out.report(file.at(id), message)
                    .label(file.at(&node.id), "its key")
                    .help(format!("Write `{key}`, or rename the key."));
            }
            None => {
                out.report(file.at(&node.id), format!("the node `{key}` has no `id`"))
                    .help(format!("Add `id` with the value `{key}`."));
            }
        }
    }
}
