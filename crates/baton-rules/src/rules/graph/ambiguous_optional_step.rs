//! When an optional step and another follow the same node, the optional one leads to the other.

use baton_repo::graph::{Flow, untangle};

use crate::support::graph::{follows_completion, graph, spread_until};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let optional = |number: usize| graph.node(number).is_some_and(|node| node.optional);
    if !graph.nodes.iter().any(|node| node.optional) {
        return;
    }
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| follows_completion(edge)) {
        let (Some(from), Some(to)) = (edge.from.node, edge.to.node) else {
            continue;
        };
        let free = graph.node(to).is_some_and(|node| node.condition.is_none());
        if let Some(list) = after.get_mut(from).filter(|_| free) {
            list.push(to);
        }
    }
    let order = untangle(&Flow::of(graph), &graph.roots());
    for (node, after) in graph.nodes.iter().zip(after) {
        let required = after.iter().copied().filter(|to| !optional(*to));
        let required: Vec<usize> = required.collect();
        for step in after.iter().copied().filter(|to| optional(*to)) {
            let reached = spread_until(&order, &[step], &required);
            let Some(other) = required.iter().find(|other| !reached.contains(other)) else {
                continue;
            };
            let (step, other) = (graph.id(step), graph.id(*other));
            let message = format!(
                "after `{}`, the optional `{step}` and `{other}` follow side by side",
                node.id.value
            );
            out.report(file.at(node), message)
                .help(format!("Let `{step}` lead to `{other}`, done or skipped."));
        }
    }
}
