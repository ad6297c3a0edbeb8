//! Taking over a state file that somebody else wrote, and withdrawing approvals.

use baton_repo::graph::{Flow, WorkflowGraph, reachable};
use baton_repo::session::StepStatus;
use serde_json::Value;

use super::record::{self, Object};
use crate::state::{GateState, GateStatus, RunState};

/// Takes over what a file says. Approvals in it count for nothing, and those the ledger knows
/// hold only while the steps before their gates are still done.
pub(super) fn take_over(graph: &WorkflowGraph, state: &mut RunState, document: &Object) {
    let mut document = document.clone();
    let claimed = document.shift_remove("gates");
    state.document = document;
    withdraw_unfounded(graph, state);
    let claimed = claimed.as_ref().and_then(Value::as_object);
    for (gate, held) in claimed.into_iter().flatten() {
        let was_open = held.get("status").and_then(Value::as_str) == Some("open");
        let Some(node) = graph.find(gate).and_then(|number| graph.node(number)) else {
            continue;
        };
        if was_open && !state.gates.contains_key(&node.canonical) {
            let unverified = GateState {
                status: GateStatus::Withdrawn,
                shown: None,
                approvals: Vec::new(),
                note: Some("the state file calls it open; no ledger here tells of that".into()),
                failures: 0,
                imported: true,
            };
            state.gates.insert(node.canonical.clone(), unverified);
        }
    }
}

/// Withdraws approvals of gates whose steps are no longer done.
fn withdraw_unfounded(graph: &WorkflowGraph, state: &mut RunState) {
    let document = &state.document;
    let done = |number: usize| {
        let Some(node) = graph.node(number).filter(|node| node.is_step()) else {
            return true;
        };
        let key = node.step_number().unwrap_or_default();
        let status = record::status(document, key);
        !record::applies(document, node)
            || record::step(document, key).is_none()
            || matches!(status, StepStatus::Complete | StepStatus::Skipped)
    };
    for (gate, held) in &mut state.gates {
        let node = graph.find(gate).and_then(|number| graph.node(number));
        let founded = node.is_none_or(|node| {
            let mut required = node.requires.iter().filter_map(|required| required.node);
            required.all(done)
        });
        if held.status == GateStatus::Open && !founded {
            withdraw(
                held,
                "the state file says that the step before it is not done",
            );
        }
    }
}

/// Withdraws what was decided at gates that come after a step.
pub(super) fn withdraw_after(graph: &WorkflowGraph, state: &mut RunState, key: &str, note: &str) {
    let starts: Vec<usize> = record::nodes(graph, key)
        .map(|(number, _)| number)
        .collect();
    let after = reachable(&Flow::of(graph), &starts);
    for (gate, held) in &mut state.gates {
        let is_after = graph
            .find(gate)
            .and_then(|number| after.get(number).copied());
        if is_after == Some(true) && held.status != GateStatus::Withdrawn {
            withdraw(held, note);
        }
    }
}

fn withdraw(held: &mut GateState, note: &str) {
    held.status = GateStatus::Withdrawn;
    held.approvals.clear();
    held.note = Some(note.to_owned());
}
