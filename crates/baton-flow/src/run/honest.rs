//! What commands and edited files do to gates: an approval never outlives what it was given for.

use baton_repo::graph::{GraphNode, WorkflowGraph};

use super::refused;
use super::returns::{close_step, withdraw};
use crate::effect::{Effect, RefusalCode};
use crate::plan::{self, Applies, step_key};
use crate::state::{GateStatus, RunState};
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

/// Refuses a decision that would leave a track on which work was begun.
pub(crate) fn keep_track(
    graph: &WorkflowGraph,
    before: &RunState,
    after: &RunState,
) -> Result<(), Effect> {
    let mut nodes = 0..graph.nodes.len();
    let Some(left) = nodes.find(|node| left_track(graph, before, after, *node)) else {
        return Ok(());
    };
    let node = graph.node(left);
    let condition = node.and_then(|node| node.condition.as_ref());
    let decision = condition.map_or("", |condition| condition.decision());
    let first = graph.roots().first().map_or("", |root| graph.id(*root));
    let reason = format!(
        "`{decision}` cannot change any more: `{}` has begun; go back to `{first}` first",
        graph.id(left)
    );
    Err(refused(RefusalCode::Conflict, reason))
}

/// Whether work was begun on a node that takes part no more.
fn left_track(graph: &WorkflowGraph, before: &RunState, after: &RunState, number: usize) -> bool {
    let key = step_key(graph, number);
    steps::status(before, &key) != StepStatus::Pending
        && plan::applies(graph, before, number) == Applies::Yes
        && plan::applies(graph, after, number) != Applies::Yes
}

fn close(graph: &WorkflowGraph, state: &mut RunState, node: usize, because_of: usize) {
    let Some(closed) = graph.node(node) else {
        return;
    };
    if closed.is_gate() {
        let held = state.gates.get(&closed.canonical);
        if held.is_some_and(|held| held.status == GateStatus::Withdrawn) {
            return;
        }
        let id = graph.id(because_of).to_owned();
        withdraw(graph, state, node, &id);
    } else {
        close_step(graph, state, node);
    }
}
