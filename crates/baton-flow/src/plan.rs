//! Which nodes of a graph are live in a state, and what is to be done next. Nothing is changed
//! here, and time plays no part.

pub(crate) mod survey;
mod todo;
mod ways;

use std::collections::BTreeSet;

use baton_repo::graph::{ROUTING_DECISION, WorkflowGraph};

use crate::effect::Effect;
use crate::reviews;
use crate::state::{GateStatus, RunState};
use crate::steps::{self, StepStatus};

pub(crate) use survey::{Applies, Survey, applies, is_skipped_unasked, outcome, survey};
pub(crate) use todo::{broken_precondition, parts, parts_to_start};
pub(crate) use ways::{after, before_gate, failure_target, ways_back};

/// How far a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeStatus {
    /// It waits for others.
    Pending,
    /// It can begin, or go on.
    Ready,
    /// Its agent works, or its work waits to be reviewed.
    Running,
    /// It was shown; somebody has to decide.
    AwaitingApproval,
    /// It is done; a gate is open.
    Complete,
    /// It was left out.
    Skipped,
    /// It failed, or a review sends the run back.
    Failed,
    /// Its circuit breaker halted it.
    Blocked,
    /// Its condition is false: it belongs to another track.
    NotApplicable,
}

/// How far a node is; the number is that of the graph.
pub fn status(graph: &WorkflowGraph, state: &RunState, node: usize) -> NodeStatus {
    status_in(graph, state, &survey(graph, state), node)
}

/// What is to be done in a state, whatever event led there; empty while agents work.
///
/// Parts of a fan-out may come together; anything else comes alone.
pub fn next(graph: &WorkflowGraph, state: &RunState) -> Vec<Effect> {
    todo::next(graph, state)
}

/// The key under which the session's document has a node: `step-3.5` is `3_5`, and both tracks
/// of a step share one. A letter that tells no tracks apart is kept.
pub fn step_key(graph: &WorkflowGraph, node: usize) -> String {
    let track = track_key(graph, node).filter(|number| {
        let conditioned = graph
            .node(node)
            .is_some_and(|node| node.condition.is_some());
        let shares = |other: &usize| *other != node && has_key(graph, *other, number);
        let mut sharing = (0..graph.nodes.len()).filter(shares);
        conditioned && sharing.all(|other| graph.exclude(node, other))
    });
    track.map_or_else(|| whole_key(graph, node).collect(), str::to_owned)
}

/// The nodes that a key of the session's document stands for.
pub fn nodes_of_step(graph: &WorkflowGraph, key: &str) -> Vec<usize> {
    let wanted = baton_repo::graph::canonical(key);
    let nodes = 0..graph.nodes.len();
    let is_step = |node: &usize| graph.node(*node).is_some_and(|node| !node.is_gate());
    nodes
        .filter(is_step)
        .filter(|node| step_key(graph, *node) == wanted)
        .collect()
}

/// Whether the graph has a way from one step to another: forward through gates, whatever their
/// approval; past a step that may be left out; or back.
pub fn allows(graph: &WorkflowGraph, state: &RunState, from: &str, to: &str) -> bool {
    let applicable = |node: &usize| applies(graph, state, *node) != Applies::No;
    let from: Vec<usize> = nodes_of_step(graph, from)
        .into_iter()
        .filter(applicable)
        .collect();
    let to: BTreeSet<usize> = nodes_of_step(graph, to)
        .into_iter()
        .filter(applicable)
        .collect();
    from.iter()
        .any(|from| ways::leads(graph, state, *from, &to))
}

/// The first node that has begun although it depends on the value of a decision: the value
/// cannot change without going back.
pub fn track_started(graph: &WorkflowGraph, state: &RunState, decision: &str) -> Option<usize> {
    let depends = |node: &usize| {
        let condition = graph.node(*node).and_then(|node| node.condition.as_ref());
        condition.is_some_and(|condition| condition.decision() == decision)
            && applies(graph, state, *node) == Applies::Yes
    };
    let begun = |node: &usize| steps::status(state, &step_key(graph, *node)) != StepStatus::Pending;
    (0..graph.nodes.len())
        .filter(depends)
        .find(|node| begun(node))
}

pub(crate) fn status_in(
    graph: &WorkflowGraph,
    state: &RunState,
    survey: &Survey,
    number: usize,
) -> NodeStatus {
    let Some(node) = graph.node(number) else {
        return NodeStatus::NotApplicable;
    };
    if survey.applies(number) == Applies::No {
        return NodeStatus::NotApplicable;
    }
    let reached = if survey.is_live(number) {
        NodeStatus::Ready
    } else {
        NodeStatus::Pending
    };
    if node.is_gate() {
        return gate_status(graph, state, number, reached);
    }
    match steps::status(state, &step_key(graph, number)) {
        StepStatus::Complete if !survey::is_in_hand(graph, state, number) => NodeStatus::Complete,
        StepStatus::Skipped => NodeStatus::Skipped,
        StepStatus::InProgress | StepStatus::Complete => work_status(graph, state, number, reached),
        StepStatus::Pending if survey.is_settled(number) => NodeStatus::Skipped,
        StepStatus::Pending if is_blocked(graph, state, number) => NodeStatus::Blocked,
        StepStatus::Pending => reached,
    }
}

fn gate_status(
    graph: &WorkflowGraph,
    state: &RunState,
    number: usize,
    reached: NodeStatus,
) -> NodeStatus {
    if survey::is_open(graph, state, number) {
        return NodeStatus::Complete;
    }
    let gate = graph
        .node(number)
        .and_then(|node| state.gates.get(&node.canonical));
    match gate.map(|gate| gate.status) {
        Some(GateStatus::Waiting) if reached == NodeStatus::Ready => NodeStatus::AwaitingApproval,
        Some(GateStatus::Rejected)
            if reached == NodeStatus::Ready && is_dead_end(graph, state, number) =>
        {
            NodeStatus::Failed
        }
        _ => reached,
    }
}

/// Whether a machine gate that fails leads nowhere.
pub(crate) fn is_dead_end(graph: &WorkflowGraph, state: &RunState, gate: usize) -> bool {
    let kind = graph.node(gate).map(|node| node.kind);
    kind == Some(baton_repo::graph::NodeKind::MachineGate)
        && failure_target(graph, state, gate).is_none()
}

fn work_status(
    graph: &WorkflowGraph,
    state: &RunState,
    number: usize,
    reached: NodeStatus,
) -> NodeStatus {
    if is_blocked(graph, state, number) {
        return NodeStatus::Blocked;
    }
    let work = graph
        .node(number)
        .and_then(|node| state.work.get(&node.canonical));
    let Some(work) = work else { return reached };
    if !work.running.is_empty() {
        return NodeStatus::Running;
    }
    if work.failure.is_some() {
        return NodeStatus::Failed;
    }
    if !work.delivered {
        return reached;
    }
    match reviews::standing(graph, state, number) {
        reviews::Standing::Earlier => NodeStatus::Failed,
        reviews::Standing::Revise => reached,
        _ => NodeStatus::Running,
    }
}

/// Whether a circuit breaker or a person halted a node.
pub(crate) fn is_blocked(graph: &WorkflowGraph, state: &RunState, number: usize) -> bool {
    let work = graph
        .node(number)
        .and_then(|node| state.work.get(&node.canonical));
    if work.is_some_and(|work| work.breaker.tripped.is_some()) {
        return true;
    }
    let written = steps::field(state, &step_key(graph, number), "blocked");
    written.is_some_and(|blocked| !blocked.is_null() && blocked.as_bool() != Some(false))
}

/// Why a node is halted.
pub(crate) fn halted(graph: &WorkflowGraph, state: &RunState, number: usize) -> String {
    crate::breaker::reason(graph, state, number)
}

/// The agent of a node, as the graph names it: on the decided track where nodes hold all tracks.
pub fn agent<'g>(graph: &'g WorkflowGraph, state: &RunState, number: usize) -> Option<&'g str> {
    let node = graph.node(number)?;
    let decided = steps::decision(state, ROUTING_DECISION);
    let of_track = decided.and_then(|decided| {
        let mut variants = node.variants.iter();
        let variant = variants.find(|variant| variant.track.value.eq_ignore_ascii_case(&decided));
        variant?.agent.as_ref()
    });
    let agent = of_track.or(node.agent.as_ref())?;
    Some(agent.value.as_str())
}

/// Whether the work of a node may have effects outside the repository.
pub fn deploys(graph: &WorkflowGraph, number: usize) -> bool {
    let facts = &crate::pack::runner().deploying;
    if facts.steps.contains(&step_key(graph, number)) {
        return true;
    }
    let produced = graph.node(number).and_then(|node| node.produces.as_ref());
    produced.into_iter().flatten().any(|artifact| {
        let name = artifact.value.rsplit('/').next().unwrap_or_default();
        facts
            .artifacts
            .iter()
            .any(|start| name.starts_with(start.as_str()))
    })
}

/// The identifier as a key, its track included.
fn whole_key(graph: &WorkflowGraph, node: usize) -> impl Iterator<Item = char> {
    let canonical = graph.node(node).map_or("", |node| node.canonical.as_str());
    let bare = canonical.strip_prefix("step-").unwrap_or(canonical);
    bare.chars().map(|c| if c == '-' { '_' } else { c })
}

/// The key without the letter of a track.
fn track_key(graph: &WorkflowGraph, node: usize) -> Option<&str> {
    graph.node(node)?.step_number()
}

fn has_key(graph: &WorkflowGraph, node: usize, key: &str) -> bool {
    track_key(graph, node) == Some(key) || whole_key(graph, node).eq(key.chars())
}
