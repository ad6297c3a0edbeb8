//! Ways through the graph: back, forward past gates, and where failures lead.

use std::collections::BTreeSet;

use baton_repo::graph::{Edge, Flow, GraphNode, Outcome, WorkflowGraph, reachable};

use super::survey::{Applies, applies};
use crate::state::RunState;

/// The nodes that follow a node, itself left out, as far as they take part.
pub(crate) fn after(graph: &WorkflowGraph, state: &RunState, node: usize) -> Vec<usize> {
    let flow = Flow::new(graph, |node| applies(graph, state, node) != Applies::No);
    let reached = reachable(&flow, &[node]);
    let numbered = reached.iter().enumerate();
    let follows = numbered.filter(|(number, reached)| **reached && *number != node);
    follows.map(|(number, _)| number).collect()
}

/// The step before a gate that takes part: the one whose result the gate judges.
pub(crate) fn before_gate(graph: &WorkflowGraph, state: &RunState, gate: usize) -> Option<usize> {
    let node = graph.node(gate)?;
    let required = node.requires.iter().filter_map(|required| required.node);
    let leading = graph.edges.iter().filter(|edge| edge.to.node == Some(gate));
    let leading = leading.filter_map(|edge| edge.from.node);
    required.chain(leading).find(|node| {
        let is_step = graph.node(*node).is_some_and(|node| !node.is_gate());
        is_step && applies(graph, state, *node) == Applies::Yes
    })
}

/// Where a failure leads: along the graph's own way, else from a gate to the step before it.
pub(crate) fn failure_target(
    graph: &WorkflowGraph,
    state: &RunState,
    node: usize,
) -> Option<usize> {
    let mut ways = ways_back(graph, state, node).into_iter();
    let written = ways.find(|edge| edge.opens_on(Outcome::Fail));
    if let Some(target) = written.and_then(|edge| edge.to.node) {
        return Some(target);
    }
    let is_gate = graph.node(node).is_some_and(GraphNode::is_gate);
    is_gate.then(|| before_gate(graph, state, node)).flatten()
}

/// The ways back, and the ways no ordinary outcome opens, that leave a node for one which
/// takes part.
pub(crate) fn ways_back<'g>(
    graph: &'g WorkflowGraph,
    state: &RunState,
    node: usize,
) -> Vec<&'g Edge> {
    let unusual = |edge: &&Edge| {
        !edge.conditions.is_empty()
            && !edge.opens_on(Outcome::Complete)
            && !edge.opens_on(Outcome::Skip)
    };
    let forward = graph.edges.iter().filter(unusual);
    let all = graph.return_edges.iter().chain(forward);
    all.filter(|edge| edge.from.node == Some(node))
        .filter(|edge| {
            let target = edge.to.node;
            target.is_some_and(|to| {
                let is_step = graph.node(to).is_some_and(|node| !node.is_gate());
                is_step && applies(graph, state, to) == Applies::Yes
            })
        })
        .collect()
}

/// Whether a way leads from a node to one of others: forward through gates only, or back.
pub(crate) fn leads(
    graph: &WorkflowGraph,
    state: &RunState,
    from: usize,
    to: &BTreeSet<usize>,
) -> bool {
    let back = graph.return_edges.iter();
    let mut back = back.filter(|edge| edge.from.node == Some(from));
    if back.any(|edge| edge.to.node.is_some_and(|node| to.contains(&node))) {
        return true;
    }
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        for next in graph.edges_from(node).filter_map(|edge| edge.to.node) {
            if applies(graph, state, next) == Applies::No || !seen.insert(next) {
                continue;
            }
            if to.contains(&next) {
                return true;
            }
            if graph.node(next).is_some_and(GraphNode::is_gate) {
                open.push(next);
            }
        }
    }
    false
}
