//! What commands and edited files do to gates: an approval never outlives what it was given for.

use baton_repo::graph::{GraphNode, WorkflowGraph};

use super::returns::{close_step, withdraw};
use crate::plan::{self, Applies, step_key};
use crate::state::RunState;
use crate::steps::{self, StepStatus};

/// Closes gates whose steps were opened again, and takes back what was done on a track that was
/// left: both tracks of a step share one key, and work on one says nothing of the other.
pub(crate) fn keep_honest(graph: &WorkflowGraph, before: &RunState, after: &mut RunState) {
    for number in 0..graph.nodes.len() {
        if graph.node(number).is_none_or(GraphNode::is_gate) {
            continue;
        }
        if left_track(graph, before, after, number) {
            let mut behind = plan::after(graph, before, number);
            behind.extend(plan::after(graph, after, number));
            close_step(graph, after, number);
            for node in behind {
                close(graph, after, node, number);
            }
        } else if plan::outcome(graph, before, number).is_some()
            && plan::outcome(graph, after, number).is_none()
        {
            let mut behind = plan::after(graph, after, number);
            behind.retain(|node| graph.node(*node).is_some_and(GraphNode::is_gate));
            for gate in behind {
                close(graph, after, gate, number);
            }
        }
    }
}

/// Whether work was begun on a node that takes part no more.
fn left_track(graph: &WorkflowGraph, before: &RunState, after: &RunState, number: usize) -> bool {
    let key = step_key(graph, number);
    steps::status(before, &key) != StepStatus::Pending
        && plan::applies(graph, before, number) == Applies::Yes
        && plan::applies(graph, after, number) != Applies::Yes
}

fn close(graph: &WorkflowGraph, state: &mut RunState, node: usize, because_of: usize) {
    if graph.node(node).is_some_and(GraphNode::is_gate) {
        let id = graph.id(because_of).to_owned();
        withdraw(graph, state, node, &id);
    } else {
        close_step(graph, state, node);
    }
}
