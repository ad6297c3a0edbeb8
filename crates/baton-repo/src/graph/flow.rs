//! The forward edges as lists of neighbours, and who can be reached along them.
//!
//! Everything here takes time in proportion to nodes and edges and keeps its own stack.

use super::WorkflowGraph;

/// Who follows whom.
#[derive(Debug, Clone, Default)]
pub struct Flow {
    kept: Vec<bool>,
    successors: Vec<Vec<usize>>,
    predecessors: Vec<Vec<usize>>,
}

impl Flow {
    /// The flow over the nodes that are to be kept; edges with unknown ends are left out.
    pub fn new(graph: &WorkflowGraph, keep: impl Fn(usize) -> bool) -> Flow {
        let kept: Vec<bool> = (0..graph.nodes.len()).map(keep).collect();
        let ends = graph.edges.iter();
        let ends = ends.filter_map(|edge| Some((edge.from.node?, edge.to.node?)));
        Flow::from_edges(kept, ends)
    }

    /// The flow over all nodes.
    pub fn of(graph: &WorkflowGraph) -> Flow {
        Flow::new(graph, |_| true)
    }

    /// The flow over numbers; edges to and from those that are not kept are left out.
    pub fn from_edges(kept: Vec<bool>, edges: impl Iterator<Item = (usize, usize)>) -> Flow {
        let mut flow = Flow {
            successors: vec![Vec::new(); kept.len()],
            predecessors: vec![Vec::new(); kept.len()],
            kept,
        };
        for (from, to) in edges {
            if !flow.is_kept(from) || !flow.is_kept(to) {
                continue;
            }
            if let Some(successors) = flow.successors.get_mut(from) {
                successors.push(to);
            }
            if let Some(predecessors) = flow.predecessors.get_mut(to) {
                predecessors.push(from);
            }
        }
        for list in flow.successors.iter_mut().chain(&mut flow.predecessors) {
            list.sort_unstable();
            list.dedup();
        }
        flow
    }

    /// How many nodes the graph has, kept or not.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether the graph has no node.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Whether a node takes part.
    pub fn is_kept(&self, node: usize) -> bool {
        self.kept.get(node).copied().unwrap_or(false)
    }

    /// The nodes that take part.
    pub fn nodes(&self) -> impl Iterator<Item = usize> {
        let kept = self.kept.iter().enumerate();
        kept.filter(|(_, kept)| **kept).map(|(node, _)| node)
    }

    /// The nodes to which an edge leads.
    pub fn successors(&self, node: usize) -> &[usize] {
        self.successors.get(node).map_or(&[], Vec::as_slice)
    }

    /// The nodes from which an edge leads here.
    pub fn predecessors(&self, node: usize) -> &[usize] {
        self.predecessors.get(node).map_or(&[], Vec::as_slice)
    }
}

/// The nodes that can be reached from some nodes, these included.
pub fn reachable(flow: &Flow, starts: &[usize]) -> Vec<bool> {
    spread(flow, starts, Flow::successors)
}

/// The nodes from which a node can be reached, itself included.
pub fn ancestors(flow: &Flow, node: usize) -> Vec<bool> {
    spread(flow, &[node], Flow::predecessors)
}

/// The nodes that no edge leaves.
pub fn terminals(flow: &Flow) -> Vec<usize> {
    let is_last = |node: &usize| flow.successors(*node).is_empty();
    flow.nodes().filter(is_last).collect()
}

fn spread(flow: &Flow, starts: &[usize], next: fn(&Flow, usize) -> &[usize]) -> Vec<bool> {
    let mut seen = vec![false; flow.len()];
    let mut open: Vec<usize> = starts.to_vec();
    while let Some(node) = open.pop() {
        if !flow.is_kept(node) {
            continue;
        }
        let Some(mark) = seen.get_mut(node).filter(|mark| !**mark) else {
            continue;
        };
        *mark = true;
        open.extend(next(flow, node));
    }
    seen
}
