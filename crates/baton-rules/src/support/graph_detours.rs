//! Ways that lead past a gate.

use baton_repo::graph::{
    Branch, Flow, Order, RequiresMode, WorkflowGraph, dominators, terminals, untangle,
};

use super::graph::spread_until;

/// How many gates of one graph are looked at closely; more say nothing new.
const CLOSE_LOOKS: usize = 20;

/// A way past a gate.
pub(crate) struct Detour {
    /// The gate.
    pub(crate) gate: usize,
    /// Nodes from where the workflow begins to one that comes after the gate.
    pub(crate) way: Vec<usize>,
    /// The edge that leads past the gate; `None` when the workflow begins behind it.
    pub(crate) edge: Option<(usize, usize)>,
}

/// The gates that can be avoided when a field has a value, one way for each.
pub(crate) fn detours(graph: &WorkflowGraph, branch: Option<Branch<'_>>) -> Vec<Detour> {
    let flow = Flow::new(graph, |node| graph.applies(node, branch));
    let roots = graph.roots().into_iter().filter(|root| {
        let node = graph.node(*root);
        node.is_some_and(|node| !node.standalone && !node.continuous)
    });
    let roots: Vec<usize> = roots.collect();
    let order = untangle(&flow, &roots);
    let tree = dominators(&order, &roots);
    let ends: Vec<usize> = terminals(&order.flow)
        .into_iter()
        .filter(|end| tree.is_reached(*end))
        .collect();
    let end = match ends.as_slice() {
        [end] => Some(*end),
        _ => None,
    };
    let is_gate = |node: &usize| {
        graph
            .node(*node)
            .is_some_and(|node| node.is_gate() && !node.optional)
    };
    let gates = order.sequence.iter().copied().filter(is_gate);
    let suspects = gates.filter_map(|gate| {
        let next = order.flow.successors(gate).iter().copied().chain(end);
        let avoided = |node: &usize| tree.is_reached(gate) && !tree.dominates(gate, *node);
        let mut targets = next.filter(avoided);
        Some((gate, targets.next()?))
    });
    let close = suspects.take(CLOSE_LOOKS);
    close
        .filter_map(|(gate, target)| way_past(graph, (&order, &roots), (gate, target)))
        .collect()
}

/// A way to a node that avoids a gate. A node that waits for several others is reached only
/// when each of them is.
fn way_past(
    graph: &WorkflowGraph,
    (order, roots): (&Order, &[usize]),
    (gate, target): (usize, usize),
) -> Option<Detour> {
    let mut is_root = vec![false; order.flow.len()];
    for root in roots {
        if let Some(mark) = is_root.get_mut(*root) {
            *mark = true;
        }
    }
    let mut came_from: Vec<Option<usize>> = vec![None; order.flow.len()];
    for &node in order.sequence.iter().filter(|node| **node != gate) {
        let is_reached = |node: &usize| came_from.get(*node).is_some_and(Option::is_some);
        let before = order.flow.predecessors(node);
        let from = if is_root.get(node) == Some(&true) {
            Some(node)
        } else if waits_for_all(graph, order, node) && !before.iter().all(is_reached) {
            None
        } else {
            before.iter().copied().find(|node| is_reached(node))
        };
        if let Some(slot) = came_from.get_mut(node) {
            *slot = from;
        }
    }
    let mut way = vec![target];
    let mut node = target;
    loop {
        let before = came_from.get(node).copied().flatten()?;
        if before == node {
            break;
        }
        way.push(before);
        node = before;
    }
    way.reverse();
    let behind = spread_until(order, &[gate], &way);
    let steps = way.iter().copied().zip(way.iter().copied().skip(1));
    let mut steps = steps.filter(|(from, to)| !behind.contains(from) && behind.contains(to));
    Some(Detour {
        gate,
        edge: steps.next(),
        way,
    })
}

fn waits_for_all(graph: &WorkflowGraph, order: &Order, node: usize) -> bool {
    let Some(of_graph) = graph.node(node) else {
        return false;
    };
    let required = |before: &usize| {
        let mut requires = of_graph.requires.iter();
        requires.any(|required| required.node == Some(*before))
    };
    let before = order.flow.predecessors(node);
    of_graph.requires_mode == RequiresMode::All && before.len() > 1 && before.iter().all(required)
}
