//! The forward edges form no cycle.

use baton_repo::graph::{Flow, cycles};

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    for cycle in cycles(&Flow::of(graph)) {
        let Some(&first) = cycle.first() else {
            continue;
        };
        // The last edge in the text is the one that somebody added to a graph without cycles.
        let steps = cycle
            .iter()
            .copied()
            .zip(cycle.iter().copied().skip(1).chain([first]));
        let edges = steps
            .filter_map(|(from, to)| graph.edges_from(from).find(|edge| edge.to.node == Some(to)));
        let Some(edge) = edges.max_by_key(|edge| edge.span) else {
            continue;
        };
        let start = cycle
            .iter()
            .position(|node| edge.to.node == Some(*node))
            .unwrap_or(0);
        let round = cycle.iter().cycle().skip(start).take(cycle.len() + 1);
        let names: Vec<&str> = round.map(|node| graph.id(*node)).collect();
        out.report(
            file.at(edge),
            format!("the edges form the cycle {}", names.join(" → ")),
        )
        .help("Move the way back to `return_edges`.");
    }
}
