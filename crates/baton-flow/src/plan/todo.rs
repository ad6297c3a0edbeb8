//! From a state to what is to be done: one thing at a time, the first in the order of the graph.

use baton_repo::graph::{GraphNode, NodeKind, Outcome, WorkflowGraph};

use super::survey::{Applies, Survey, route_question, survey};
use super::{NodeStatus, is_dead_end, status_in, step_key, ways_back};
use crate::effect::{Effect, Question};
use crate::expression;
use crate::pack;
use crate::reviews::{self, Standing};
use crate::state::{GateStatus, RunState, Work};
use crate::steps::{self, StepStatus};

pub(super) fn next(graph: &WorkflowGraph, state: &RunState) -> Vec<Effect> {
    if let Some(reason) = &state.aborted {
        let reason = reason.clone();
        return vec![Effect::Ended { reason }];
    }
    let survey = survey(graph, state);
    if let Some(running) = running(graph, state) {
        let live = survey.is_live(running) && !super::is_blocked(graph, state, running);
        return if live {
            start_parts(graph, state, running)
        } else {
            Vec::new()
        };
    }
    let is_step = |node: usize| graph.node(node).is_some_and(|node| !node.is_gate());
    let mut nodes = 0..graph.nodes.len();
    if nodes.any(|node| survey.is_settled(node) && is_step(node))
        && let Some(question) = route_question(graph, state)
    {
        return vec![Effect::Ask { question }];
    }
    match survey.frontier().next() {
        Some(node) => of_node(graph, state, &survey, node),
        None => vec![at_the_end(graph, &survey)],
    }
}

/// Parts of a fan-out, or `""` for a node as a whole, that may be started now.
///
/// Those that failed come again only when all others have come to an end.
pub(crate) fn parts_to_start(
    graph: &WorkflowGraph,
    state: &RunState,
    number: usize,
) -> Vec<String> {
    let Some(node) = graph.node(number) else {
        return Vec::new();
    };
    let none = Work::default();
    let work = state.work.get(&node.canonical).unwrap_or(&none);
    let all = parts(node);
    let is_free = |part: &&String| {
        !work.running.contains(part) && !work.done.contains(part) && !work.failed.contains(part)
    };
    let fresh: Vec<&String> = all.iter().filter(is_free).collect();
    let chosen: Vec<&String> = if fresh.is_empty() && work.running.is_empty() {
        all.iter()
            .filter(|part| work.failed.contains(part))
            .collect()
    } else {
        fresh
    };
    let limit = pack::runner().fan_out_limit.max(1);
    let room = limit.saturating_sub(work.running.len());
    chosen.into_iter().take(room).cloned().collect()
}

/// The parts of a node; `""` stands for a node that has none.
pub(crate) fn parts(node: &GraphNode) -> Vec<String> {
    let substeps = node.parallel_substeps.as_deref().unwrap_or_default();
    if node.kind != NodeKind::FanOut || substeps.is_empty() {
        return vec![String::new()];
    }
    let mut parts: Vec<String> = Vec::new();
    for part in substeps {
        if !part.value.is_empty() && !parts.contains(&part.value) {
            parts.push(part.value.clone());
        }
    }
    if parts.is_empty() {
        parts.push(String::new());
    }
    parts
}

/// The first precondition of a node that does not hold, as far as the state can tell.
pub(crate) fn broken_precondition(
    graph: &WorkflowGraph,
    state: &RunState,
    number: usize,
) -> Option<String> {
    let node = graph.node(number)?;
    let broken = node.preconditions.iter().find_map(|precondition| {
        let check = precondition.check.as_ref()?;
        let broken = expression::holds(state, &check.value) == Some(false);
        broken.then_some((precondition.id.as_ref(), check))
    });
    let (id, check) = broken?;
    let named = id.map_or_else(String::new, |id| format!(" ({})", id.value));
    Some(format!(
        "`{}` needs `{}`{named}, which does not hold",
        node.id.value, check.value
    ))
}

fn running(graph: &WorkflowGraph, state: &RunState) -> Option<usize> {
    let works = |node: &GraphNode| {
        let work = state.work.get(&node.canonical);
        work.is_some_and(|work| !work.running.is_empty())
    };
    graph.nodes.iter().position(works)
}

fn start_parts(graph: &WorkflowGraph, state: &RunState, number: usize) -> Vec<Effect> {
    let id = graph.id(number);
    let canonical = graph.node(number).map(|node| &node.canonical);
    let work = canonical.and_then(|canonical| state.work.get(canonical));
    let round = work.map_or(1, |work| {
        let another = work.failed.iter().any(|part| !part.is_empty());
        let goes_on = !work.running.is_empty() || !work.done.is_empty() || another;
        if goes_on {
            work.attempt.max(1)
        } else {
            work.attempt.saturating_add(1)
        }
    });
    let again = |part: &String| work.is_some_and(|work| work.failed.contains(part));
    let effect = |part: String| Effect::RunAgent {
        node: id.to_owned(),
        attempt: if again(&part) {
            round.saturating_add(1)
        } else {
            round
        },
        substep: (!part.is_empty()).then_some(part),
    };
    let parts = parts_to_start(graph, state, number);
    parts.into_iter().map(effect).collect()
}

fn of_node(graph: &WorkflowGraph, state: &RunState, survey: &Survey, number: usize) -> Vec<Effect> {
    let Some(node) = graph.node(number) else {
        return Vec::new();
    };
    let status = status_in(graph, state, survey, number);
    match node.kind {
        NodeKind::Gate => vec![of_gate(graph, state, number, status)],
        NodeKind::MachineGate => vec![of_machine_gate(graph, state, number)],
        NodeKind::Unknown => {
            let written = node
                .type_text
                .as_ref()
                .map_or("", |text| text.value.as_str());
            vec![stuck(
                node,
                format!("the graph gives it the type `{written}`, which nothing is known of"),
            )]
        }
        NodeKind::Step | NodeKind::FanOut => of_step(graph, state, number, status),
    }
}

fn of_gate(graph: &WorkflowGraph, state: &RunState, number: usize, status: NodeStatus) -> Effect {
    if let Some(reason) = broken_precondition(graph, state, number) {
        return stay(graph, state, number, reason);
    }
    let gate = graph.id(number).to_owned();
    if status == NodeStatus::AwaitingApproval {
        Effect::Await { gate }
    } else {
        Effect::Present { gate }
    }
}

fn of_machine_gate(graph: &WorkflowGraph, state: &RunState, number: usize) -> Effect {
    if let Some(reason) = broken_precondition(graph, state, number) {
        return stay(graph, state, number, reason);
    }
    let held = graph
        .node(number)
        .and_then(|node| state.gates.get(&node.canonical));
    let gate = graph.id(number).to_owned();
    if held.is_some_and(|held| held.status == GateStatus::Rejected)
        && is_dead_end(graph, state, number)
    {
        let note = held
            .and_then(|held| held.note.as_deref())
            .unwrap_or_default();
        let reason = format!(
            "it failed ({note}), and the graph has no step to go back to: add a return edge with `on_fail`"
        );
        return Effect::Stuck { node: gate, reason };
    }
    Effect::Validate { gate }
}

/// A gate stays closed: the ways back from the step before it are offered.
fn stay(graph: &WorkflowGraph, state: &RunState, gate: usize, reason: String) -> Effect {
    let before = super::before_gate(graph, state, gate);
    let ways = before.map_or_else(Vec::new, |step| targets(graph, state, step, None));
    match before {
        Some(step) if !ways.is_empty() => Effect::Ask {
            question: Question::Return {
                from: graph.id(step).to_owned(),
                to: ways,
                reason,
            },
        },
        _ => Effect::Stuck {
            node: graph.id(gate).to_owned(),
            reason,
        },
    }
}

fn of_step(
    graph: &WorkflowGraph,
    state: &RunState,
    number: usize,
    status: NodeStatus,
) -> Vec<Effect> {
    let Some(node) = graph.node(number) else {
        return Vec::new();
    };
    let id = node.id.value.clone();
    if status == NodeStatus::Blocked {
        return vec![Effect::Halt {
            node: id,
            reason: crate::breaker::reason(graph, state, number),
        }];
    }
    let none = Work::default();
    let work = state.work.get(&node.canonical).unwrap_or(&none);
    let begun = steps::status(state, &step_key(graph, number)) == StepStatus::InProgress;
    if node.optional && !work.chosen && !begun {
        return vec![ask(Question::Optional { node: id })];
    }
    if let Some(part) = work.lost.first() {
        let substep = (!part.is_empty()).then(|| part.clone());
        return vec![ask(Question::Repeat { node: id, substep })];
    }
    if work.delivered {
        return of_reviews(graph, state, number);
    }
    if let Some(reason) = broken_precondition(graph, state, number) {
        return vec![stuck(node, reason)];
    }
    start_parts(graph, state, number)
}

fn of_reviews(graph: &WorkflowGraph, state: &RunState, number: usize) -> Vec<Effect> {
    let node = graph.id(number).to_owned();
    match reviews::standing(graph, state, number) {
        Standing::Next { pass, lens } => vec![Effect::RunReview { node, pass, lens }],
        Standing::Ceiling => vec![ask(Question::ReviewCeiling { node })],
        Standing::Revise => start_parts(graph, state, number),
        Standing::Earlier => vec![earlier(graph, state, number)],
        // The next event of the run completes it.
        Standing::Done => Vec::new(),
    }
}

/// A review says that an earlier step is at fault.
fn earlier(graph: &WorkflowGraph, state: &RunState, number: usize) -> Effect {
    let kinds = [Outcome::ArchitectureMustFix, Outcome::GovernanceConflict];
    let mut to = targets(graph, state, number, Some(&kinds));
    if to.is_empty() {
        to = targets(graph, state, number, None);
    }
    let from = graph.id(number).to_owned();
    let reason = format!("a review of `{from}` finds that an earlier step must be done anew");
    if to.is_empty() {
        let reason = format!("{reason}, and the graph has no way back from here");
        return Effect::Stuck { node: from, reason };
    }
    ask(Question::Return { from, to, reason })
}

/// Where ways back lead, nearest written first; only those of some outcomes when these are named.
fn targets(
    graph: &WorkflowGraph,
    state: &RunState,
    number: usize,
    outcomes: Option<&[Outcome]>,
) -> Vec<String> {
    let mut targets = Vec::new();
    for edge in ways_back(graph, state, number) {
        let opens = |outcomes: &[Outcome]| outcomes.iter().any(|outcome| edge.opens_on(*outcome));
        let target = edge.to.node.map_or("", |node| graph.id(node)).to_owned();
        if outcomes.is_none_or(opens) && !targets.contains(&target) {
            targets.push(target);
        }
    }
    targets
}

/// Nothing is reached and undone: either the run has come to its end, or something is wrong.
fn at_the_end(graph: &WorkflowGraph, survey: &Survey) -> Effect {
    let ordinary = |node: usize| {
        let leaving = graph.edges_from(node);
        let mut leaving = leaving.filter(|edge| {
            let to = edge.to.node;
            let exists = to.is_some_and(|to| survey.applies(to) != Applies::No);
            exists && (edge.opens_on(Outcome::Complete) || edge.opens_on(Outcome::Skip))
        });
        leaving.next().is_some()
    };
    let settled = (0..graph.nodes.len()).filter(|node| survey.is_settled(*node));
    let last: Vec<usize> = settled.collect();
    if last.iter().any(|node| !ordinary(*node)) {
        return Effect::Finish;
    }
    let node = last.last().copied();
    let reason = match node {
        Some(_) => {
            "no edge of the graph fits what came of it, or what follows needs more than that"
        }
        None => "the graph has no node at which a run can begin",
    };
    Effect::Stuck {
        node: node.map_or("", |node| graph.id(node)).to_owned(),
        reason: reason.to_owned(),
    }
}

fn ask(question: Question) -> Effect {
    Effect::Ask { question }
}

fn stuck(node: &GraphNode, reason: String) -> Effect {
    Effect::Stuck {
        node: node.id.value.clone(),
        reason,
    }
}
