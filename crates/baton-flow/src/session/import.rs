//! Taking over a state file that somebody else wrote, and withdrawing approvals.

use baton_repo::graph::{Flow, WorkflowGraph, reachable};
use baton_repo::session::StepStatus;
use serde_json::Value;

use super::record::{self, Object};
use crate::plan;
use crate::plan::survey::{self, Applies};
use crate::state::{GateState, GateStatus, RunState, Work};

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
    let done = |number: usize| {
        let Some(node) = graph.node(number).filter(|node| node.is_step()) else {
            return true;
        };
        let key = plan::step_key(graph, number);
        let status = record::status(&state.document, &key);
        node.optional
            || survey::applies(graph, state, number) != Applies::Yes
            || record::step(&state.document, &key).is_none()
            || matches!(status, StepStatus::Complete | StepStatus::Skipped)
    };
    let unfounded = |gate: &String| {
        let node = graph.find(gate).and_then(|number| graph.node(number));
        node.is_some_and(|node| {
            let mut required = node.requires.iter().filter_map(|required| required.node);
            !required.all(done)
        })
    };
    let unfounded: Vec<String> = state
        .gates
        .keys()
        .filter(|gate| unfounded(gate))
        .cloned()
        .collect();
    for gate in unfounded {
        if let Some(held) = state.gates.get_mut(&gate)
            && held.status == GateStatus::Open
        {
            withdraw(
                held,
                "the state file says that the step before it is not done",
            );
        }
    }
}

/// What is known of the work on an earlier result of a step counts no more; failures in a row do.
pub(super) fn forget_work(graph: &WorkflowGraph, state: &mut RunState, key: &str) {
    for node in record::nodes(graph, key) {
        if let Some(work) = state.work.get_mut(&node.canonical) {
            *work = Work {
                breaker: std::mem::take(&mut work.breaker),
                running: std::mem::take(&mut work.running),
                ..Work::default()
            };
        }
    }
}

/// Withdraws what was decided at gates that come after a step.
pub(super) fn withdraw_after(graph: &WorkflowGraph, state: &mut RunState, key: &str, note: &str) {
    let starts = plan::nodes_of_step(graph, key);
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
