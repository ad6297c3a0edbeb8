//! What stands between a project and a gate that people decide: steps that are not done, reviews
//! that are missing, approvals that no longer fit.

use baton_repo::graph::RequiresMode;
use serde_json::Value;

use crate::gate4::challenger;
use crate::state::{GateState, GateStatus};
use crate::{RunState, Subject};

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

/// How a gate stands; `None`: the workflow has no such gate.
pub fn standing(subject: &Subject<'_>, state: &RunState, gate: &str) -> Option<Standing> {
    let number = subject.graph.find(gate)?;
    let node = subject.graph.node(number).filter(|node| node.is_gate())?;
    let held = state.gates.get(&node.canonical);
    let mut blockers = Vec::new();
    let required = node.requires.iter().filter_map(|required| required.node);
    let required: Vec<usize> = required.filter(|one| subject.applies(*one)).collect();
    let mut steps = Vec::new();
    for number in required {
        let Some(before) = subject.graph.node(number) else {
            continue;
        };
        steps.push((before.id.value.clone(), status(state, before.step_number())));
    }
    let is_done = |(_, status): &&(String, String)| status == "complete" || status == "skipped";
    let enough = match node.requires_mode {
        RequiresMode::All => steps.iter().all(|step| is_done(&step)),
        RequiresMode::Any => steps.iter().any(|step| is_done(&step)),
    };
    if !enough {
        let open = steps.iter().filter(|step| !is_done(step));
        blockers.extend(open.map(|(step, status)| format!("{step} is {status}")));
    }
    for number in node.requires.iter().filter_map(|required| required.node) {
        let before = subject.graph.node(number);
        if let Some(step) = before.and_then(|before| before.step_number()) {
            blockers.extend(challenger::of_step(subject, state, step));
        }
        let work = before.and_then(|before| state.work.get(&before.canonical));
        let trip = work.and_then(|work| work.breaker.tripped.as_ref());
        blockers.extend(trip.map(|trip| {
            let id = subject.graph.id(number);
            format!("{id} is halted by its circuit breaker: {}", trip.pattern)
        }));
    }
    blockers.extend(held.into_iter().flat_map(|held| outdated(subject, held)));
    let is_open = held.is_some_and(|held| held.status == GateStatus::Open && !held.imported);
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

/// The status of a step as the state has it, in words.
fn status(state: &RunState, key: Option<&str>) -> String {
    let step = state.document.get("steps").zip(key);
    let step = step.and_then(|(steps, key)| steps.get(key));
    let status = step
        .and_then(|step| step.get("status"))
        .and_then(Value::as_str);
    status.unwrap_or("pending").replace('_', " ")
}

/// What is no longer as it was approved, and why an approval does not count.
fn outdated(subject: &Subject<'_>, held: &GateState) -> Vec<String> {
    if held.imported {
        return vec![
            "it is open only in a state file that somebody else wrote; it has to be approved anew"
                .to_owned(),
        ];
    }
    if held.status != GateStatus::Open {
        return Vec::new();
    }
    let shown = held.shown.iter().flat_map(|shown| &shown.artifacts);
    let changed = shown.filter_map(|(path, was)| {
        let is = subject.repo.file(path).and_then(baton_repo::File::sha256);
        match is {
            None => Some(format!("{path} was approved and is gone")),
            Some(is) if is != *was => Some(format!("{path} was changed after the approval")),
            Some(_) => None,
        }
    });
    changed.collect()
}
