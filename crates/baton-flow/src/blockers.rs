//! What stands between a project and a gate that people decide: steps that are not done, reviews
//! that are missing, approvals that no longer fit.

#[cfg(test)]
mod tests;

use baton_repo::graph::{GraphNode, RequiresMode, canonical};
use serde_json::Value;

use crate::gate4::challenger;
use crate::staleness::{Changed, Stale};
use crate::state::GateStatus;
use crate::{RunState, Subject, plan, reviews};

/// How a gate stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its canonical identifier.
    pub gate: String,
    /// Its name.
    pub name: Option<String>,
    /// The steps before it and their status.
    pub steps: Vec<(String, String)>,
    /// Whether it is open: approved, and nothing has changed since.
    pub open: bool,
    /// Who approved it and when.
    pub approvals: Vec<(String, String)>,
    /// What blocks it, as sentences without a full stop.
    pub blockers: Vec<String>,
}

/// How a gate stands, given which approvals no longer fit; `None`: the workflow has no such gate.
pub fn standing(
    (subject, state): (&Subject<'_>, &RunState),
    stale: &[Stale],
    gate: &str,
) -> Option<Standing> {
    let number = subject.graph.find(gate)?;
    let node = subject.graph.node(number).filter(|node| node.is_gate())?;
    let held = state.gates.get(&node.canonical);
    let mut blockers = Vec::new();
    let required = node.requires.iter().filter_map(|required| required.node);
    let required: Vec<usize> = required.filter(|one| subject.applies(*one)).collect();
    let before = required.iter().filter_map(|one| subject.graph.node(*one));
    let before: Vec<&GraphNode> = before.collect();
    let steps: Vec<(String, String)> = before
        .iter()
        .map(|step| (step.id.value.clone(), status(state, step.step_number())))
        .collect();
    blockers.extend(unfinished(node, &steps));
    for number in required {
        blockers.extend(of_step(subject, state, number));
    }
    blockers.extend(plan::broken_precondition(subject.graph, state, number));
    blockers.extend(outdated(stale, &node.canonical));
    let is_open = held.is_some_and(|held| held.status == GateStatus::Open);
    let approvals = held
        .filter(|_| is_open)
        .into_iter()
        .flat_map(|held| &held.approvals);
    Some(Standing {
        gate: node.canonical.clone(),
        name: node.name.as_ref().map(|name| name.value.clone()),
        steps,
        open: is_open && blockers.is_empty(),
        approvals: approvals
            .map(|approval| (approval.by.name.clone(), approval.at.clone()))
            .collect(),
        blockers,
    })
}

/// The steps that are not done, if the gate needs them.
fn unfinished(gate: &GraphNode, steps: &[(String, String)]) -> Vec<String> {
    let is_done = |status: &str| status == "complete" || status == "skipped";
    let mut all = steps.iter();
    let enough = match gate.requires_mode {
        RequiresMode::All => all.all(|(_, status)| is_done(status)),
        RequiresMode::Any => all.any(|(_, status)| is_done(status)),
    };
    if enough {
        return Vec::new();
    }
    let open = steps.iter().filter(|(_, status)| !is_done(status));
    open.map(|(step, status)| format!("{step} is {status}"))
        .collect()
}

/// What blocks the work of one step from being approved.
fn of_step(subject: &Subject<'_>, state: &RunState, number: usize) -> Vec<String> {
    let Some(step) = subject.graph.node(number) else {
        return Vec::new();
    };
    let id = &step.id.value;
    let key = step.step_number();
    let missing = key.map(|key| challenger::of_step(subject, state, key));
    let mut blockers = missing.unwrap_or_default();
    match reviews::standing(subject.graph, state, number) {
        reviews::Standing::Revise => blockers.push(format!("a review wants {id} revised")),
        reviews::Standing::Earlier => {
            blockers.push(format!("a review of {id} wants an earlier step done anew"));
        }
        reviews::Standing::Ceiling => {
            blockers.push(format!("{id} wants more reviews than the ceiling allows"));
        }
        // Projects that were led by others have their reviews in files alone.
        reviews::Standing::Done | reviews::Standing::Next { .. } => {}
    }
    let work = state.work.get(&step.canonical);
    let trip = work.and_then(|work| work.breaker.tripped.as_ref());
    blockers.extend(trip.map(|trip| {
        let pattern = &trip.pattern;
        format!("{id} is halted by its circuit breaker: {pattern}")
    }));
    blockers
}

/// The status of a step as the state has it, in words.
fn status(state: &RunState, key: Option<&str>) -> String {
    let step = state.document.get("steps").zip(key);
    let step = step.and_then(|(steps, key)| steps.get(key));
    let status = step
        .and_then(|step| step.get("status"))
        .and_then(Value::as_str);
    status.unwrap_or("pending").replace('_', " ")
}

/// What changed since a gate was approved.
fn outdated(stale: &[Stale], gate: &str) -> Vec<String> {
    let own = stale.iter().filter(|stale| canonical(&stale.gate) == gate);
    let sentence = |changed: &Changed| {
        let path = &changed.path;
        match (&changed.was, &changed.is) {
            (_, None) => format!("{path} was approved and is gone"),
            (None, Some(_)) => format!("{path} is there only since the approval"),
            (Some(_), Some(_)) => format!("{path} was changed after the approval"),
        }
    };
    own.flat_map(|stale| stale.changed.iter().map(sentence))
        .collect()
}
