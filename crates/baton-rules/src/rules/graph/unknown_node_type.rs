//! A node's type is one of the four.

use baton_repo::graph::NodeKind;

use crate::support::graph::{graph, meant};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const TYPES: [&str; 4] = ["agent-step", "gate", "subagent-fan-out", "validation"];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let unknown = |node: &&baton_repo::graph::GraphNode| node.kind == NodeKind::Unknown;
    for node in graph.nodes.iter().filter(unknown) {
        let id = &node.id.value;
        match &node.type_text {
            Some(text) => {
                let message = format!("`{id}` has the unknown type `{}`", text.value);
                out.report(file.at(text), message)
                    .help(meant(&text.value, TYPES));
            }
            None => {
                out.report(file.at(node), format!("`{id}` has no type"))
                    .help(meant("", TYPES));
            }
        }
    }
}
