//! Which nodes of a graph are live in a state, and what is to be done next.

use baton_repo::graph::WorkflowGraph;

use crate::effect::Effect;
use crate::state::RunState;

/// How far a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeStatus {
    /// It waits for others.
    Pending,
    /// It can begin.
    Ready,
    /// Its agent works, or its work waits to be reviewed.
    Running,
    /// It was shown; somebody has to decide.
    AwaitingApproval,
    /// It is done; a gate is open.
    Complete,
    /// It was left out.
    Skipped,
    /// It failed.
    Failed,
    /// Its circuit breaker halted it.
    Blocked,
    /// Its condition is false: it belongs to another track.
    NotApplicable,
}

/// How far a node is; the number is that of the graph.
pub fn status(_graph: &WorkflowGraph, _state: &RunState, _node: usize) -> NodeStatus {
    NodeStatus::Pending
}

/// What is to be done in a state, whatever event led there; empty while agents work.
pub fn next(_graph: &WorkflowGraph, _state: &RunState) -> Vec<Effect> {
    Vec::new()
}
