//! A node requires the nodes whose completion leads to it.

use std::collections::BTreeMap;

use baton_repo::graph::{Edge, Flow, Format, GraphNode, WorkflowGraph, untangle};

use crate::support::graph::{follows_completion, graph};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let graph = graph(ctx, file).filter(|graph| graph.format != Format::AlzArray);
    let Some(graph) = graph else { return };
    // An edge that closes a cycle is the cycle's finding.
    let order = untangle(&Flow::of(graph), &graph.roots());
    let mut before: Vec<BTreeMap<usize, &Edge>> = vec![BTreeMap::new(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| follows_completion(edge)) {
        let map = edge.to.node.and_then(|to| before.get_mut(to));
        if let (Some(map), Some(from), Some(to)) = (map, edge.from.node, edge.to.node)
            && order.place(from) < order.place(to)
        {
            map.insert(from, edge);
        }
    }
    for (node, before) in graph.nodes.iter().zip(before) {
        compare(file, graph, (node, before), out);
    }
}

fn compare(
    file: &File,
    graph: &WorkflowGraph,
    (node, mut before): (&GraphNode, BTreeMap<usize, &Edge>),
    out: &mut Findings,
) {
    let id = &node.id.value;
    for required in &node.requires {
        let Some(number) = required.node else {
            continue;
        };
        if before.remove(&number).is_none() {
            let other = &required.id.value;
            let message =
                format!("`{id}` requires `{other}`, whose completion does not lead to it");
            out.report(file.at(required), message).help(format!(
                "Add the edge `{other} → {id}`, or remove it from `requires`."
            ));
        }
    }
    for (number, edge) in before {
        let Some(other) = graph.node(number).filter(|other| !other.optional) else {
            continue;
        };
        let other = &other.id.value;
        let message = format!("completion of `{other}` leads to `{id}`, which does not require it");
        out.report(file.at(node), message)
            .label(file.at(edge), "the edge")
            .help(format!("Add `{other}` to `requires`, or remove the edge."));
    }
}
