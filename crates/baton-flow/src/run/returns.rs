//! Ways back: what comes after the node that is entered again is to be done anew.

use baton_repo::graph::{GraphNode, WorkflowGraph};
use serde_json::{Value, json};

use super::{Done, Turn, agents, refused};
use crate::breaker;
use crate::effect::RefusalCode;
use crate::event::FailureCategory;
use crate::pack;
use crate::plan::{self, step_key};
use crate::state::{GateStatus, RunState, Work};
use crate::steps::{self, StepStatus};

pub(super) fn taken(turn: &mut Turn<'_>, (from, to): (&str, &str), reason: &str) -> Done {
    let (from, from_node) = turn.any(from)?;
    let (to, to_node) = turn.step(to)?;
    let ways = plan::ways_back(turn.graph, &turn.state, from);
    if !ways.iter().any(|edge| edge.to.node == Some(to)) {
        let reason = format!(
            "the workflow graph has no way back from `{}` to `{}`",
            from_node.id.value, to_node.id.value
        );
        return Err(refused(RefusalCode::NoSuchWay, reason));
    }
    let begun = from_node.is_gate()
        || steps::status(&turn.state, &step_key(turn.graph, from)) != StepStatus::Pending;
    if !begun || !turn.survey.is_live(from) {
        let reason = format!("the run has not come to `{}`", from_node.id.value);
        return Err(refused(RefusalCode::Conflict, reason));
    }
    let everything: Vec<usize> = (0..turn.graph.nodes.len()).collect();
    turn.at_rest(&everything)?;
    enter(turn, (from, to), reason);
    Ok(Vec::new())
}

/// Goes back because a node failed; too often in a row halts it instead.
pub(super) fn after_failure(turn: &mut Turn<'_>, from: usize, to: usize) {
    let way = way(turn.graph, from, to);
    let taken = turn.state.returns.get(&way).copied().unwrap_or(0);
    let most = pack::runner().breaker.failed_returns.max(1);
    let failure = turn.held(from).and_then(|work| work.failure.clone());
    let (category, error) = failure.unwrap_or((FailureCategory::ValidationError, way));
    if taken.saturating_add(1) < most {
        let reason = format!("`{}` failed: {error}", turn.graph.id(from));
        enter(turn, (from, to), &reason);
        return;
    }
    let at = turn.event.at.clone();
    let breaker = &mut turn.work(from).breaker;
    let counted = (taken.saturating_add(1), error.as_str(), at.as_str());
    let trip = breaker::trip(breaker, "failed-returns", category, counted);
    agents::halt(turn, from, &trip);
}

/// Enters a node again: it is in progress, steps behind it are pending, gates behind it closed.
pub(super) fn enter(turn: &mut Turn<'_>, (from, to): (usize, usize), reason: &str) {
    let count = {
        let way = way(turn.graph, from, to);
        let count = turn.state.returns.entry(way).or_insert(0);
        *count = count.saturating_add(1);
        *count
    };
    let id = turn.graph.id(to).to_owned();
    for node in plan::after(turn.graph, &turn.state, to) {
        if node == to {
            continue;
        }
        if turn.graph.node(node).is_some_and(GraphNode::is_gate) {
            withdraw(turn.graph, &mut turn.state, node, &id);
        } else {
            close_step(turn.graph, &mut turn.state, node);
        }
    }
    breaker::reset_tripped(turn.graph, &mut turn.state, to);
    forget_work(turn.graph, &mut turn.state, to);
    let key = step_key(turn.graph, to);
    let at = turn.at();
    steps::edit(&mut turn.state, &key, |step| {
        step.insert("started".to_owned(), at);
    });
    turn.open_step(to);
    steps::edit(&mut turn.state, &key, |step| {
        step.insert("sub_step".to_owned(), json!(format!("rework_{count}")));
    });
    // Who goes back to an optional step wants it.
    let work = turn.work(to);
    work.chosen = true;
    work.rework = (!reason.trim().is_empty()).then(|| reason.to_owned());
}

fn way(graph: &WorkflowGraph, from: usize, to: usize) -> String {
    let name = |node| graph.node(node).map_or("", |node| node.canonical.as_str());
    format!("{}>{}", name(from), name(to))
}

/// A gate loses what it was given.
pub(super) fn withdraw(graph: &WorkflowGraph, state: &mut RunState, gate: usize, back_to: &str) {
    let Some(node) = graph.node(gate) else { return };
    let Some(held) = state.gates.get_mut(&node.canonical) else {
        return;
    };
    held.approvals.clear();
    held.imported = false;
    if held.status != GateStatus::Rejected {
        held.status = GateStatus::Withdrawn;
        held.note = Some(format!("the run went back to `{back_to}`"));
    }
}

/// A step is to be done anew; what it wrote stays.
pub(super) fn close_step(graph: &WorkflowGraph, state: &mut RunState, node: usize) {
    breaker::reset_tripped(graph, state, node);
    forget_work(graph, state, node);
    let key = step_key(graph, node);
    if steps::status(state, &key) == StepStatus::Pending {
        return;
    }
    steps::edit(state, &key, |step| {
        step.insert("status".to_owned(), json!("pending"));
        for field in ["sub_step", "started", "completed"] {
            step.insert(field.to_owned(), Value::Null);
        }
    });
}

/// Failures in a row are still in a row when the run comes by again.
fn forget_work(graph: &WorkflowGraph, state: &mut RunState, node: usize) {
    let Some(node) = graph.node(node) else { return };
    if let Some(work) = state.work.get_mut(&node.canonical) {
        *work = Work {
            breaker: std::mem::take(&mut work.breaker),
            ..Work::default()
        };
    }
}
