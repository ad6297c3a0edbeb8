//! Return edges lead back.

use std::collections::BTreeMap;

use baton_repo::graph::{Edge, Flow, untangle};

use crate::support::graph::{graph, spread_until};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let mut by_target: BTreeMap<usize, Vec<(usize, &Edge)>> = BTreeMap::new();
    for edge in &graph.return_edges {
        if let (Some(from), Some(to)) = (edge.from.node, edge.to.node)
            && from != to
        {
            by_target.entry(to).or_default().push((from, edge));
        }
    }
    if by_target.is_empty() {
        return;
    }
    let order = untangle(&Flow::of(graph), &graph.roots());
    for (target, edges) in by_target {
        let sources: Vec<usize> = edges.iter().map(|(from, _)| *from).collect();
        let reached = spread_until(&order, &[target], &sources);
        for (from, edge) in edges {
            if !reached.contains(&from) {
                let message = format!("the return edge `{}` does not lead back", edge.title());
                out.report(file.at(edge), message).help(format!(
                    "Let it lead to a step before `{}`.",
                    graph.id(from)
                ));
            }
        }
    }
}
