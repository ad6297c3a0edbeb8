//! The forward edges form no cycle.

use std::collections::BTreeMap;

use baton_repo::graph::{Edge, Flow, cycles};

use crate::support::graph::{graph, way};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let cycles = cycles(&Flow::of(graph));
    if cycles.is_empty() {
        return;
    }
    let ends = |edge: &Edge| Some((edge.from.node?, edge.to.node?));
    let edges = graph
        .edges
        .iter()
        .filter_map(|edge| Some((ends(edge)?, edge)));
    let edges: BTreeMap<(usize, usize), &Edge> = edges.collect();
    for cycle in cycles {
        let next = cycle.iter().copied().cycle().skip(1);
        let steps = cycle.iter().copied().zip(next);
        // The last edge in the text is the one somebody added to a graph without cycles.
        let last = steps.filter_map(|step| edges.get(&step).copied());
        let Some(edge) = last.max_by_key(|edge| edge.span) else {
            continue;
        };
        let start = cycle.iter().position(|node| edge.to.node == Some(*node));
        let round = cycle.iter().copied().cycle().skip(start.unwrap_or(0));
        let round: Vec<usize> = round.take(cycle.len() + 1).collect();
        let message = format!("the edges form the cycle {}", way(graph, &round));
        out.report(file.at(edge), message)
            .help("Move the way back to `return_edges`.");
    }
}
