//! No edge leads from one track to another.

use crate::support::graph::{all_edges, graph, track_letter};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    for (edge, _) in all_edges(graph) {
        let (Some(from), Some(to)) = (edge.from.node, edge.to.node) else {
            continue;
        };
        let letters = (
            graph.node(from).and_then(track_letter),
            graph.node(to).and_then(track_letter),
        );
        let differ = matches!(letters, (Some(from), Some(to)) if from != to);
        if differ || graph.exclude(from, to) {
            out.report(
                file.at(edge),
                format!(
                    "the edge `{}` leads from one track to another",
                    edge.title()
                ),
            )
            .help("Let the edge stay on its track.");
        }
    }
}
