//! From one step to another: completion, decisions and the next beginning in one event.

use std::collections::BTreeSet;

use baton_repo::graph::WorkflowGraph;
use baton_repo::session::StepStatus;
use serde_json::json;

use super::record;
use super::{Rigour, Scene, decisions, import, refuse, rigour, steps};
use crate::effect::{Effect, RefusalCode};
use crate::event::{Command, ReviewPresence};
use crate::plan;
use crate::plan::survey::{self, Applies};
use crate::state::RunState;

/// How a graph leads from one step to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Through gates at most.
    Forward,
    /// Along a return edge.
    Back,
    /// Forward, to a track that nobody has chosen yet.
    Undecided,
    /// Not at all.
    None,
}

/// One step ends and another begins.
pub(super) fn pass(
    scene: Scene<'_>,
    state: &mut RunState,
    command: &Command,
) -> Result<(), Effect> {
    let Command::Transition {
        from,
        to,
        complete,
        decisions,
        force,
    } = command
    else {
        return Ok(());
    };
    let rigour = rigour(*force);
    let from = record::key(&state.document, from)?;
    let to = record::key(&state.document, to)?;
    if let Some(review) = complete {
        steps::reviewed(&from, review)?;
    }
    record::is_free(&state.document, &from, rigour)?;
    record::is_free(&state.document, &to, rigour)?;
    for (key, value) in decisions {
        decisions::decide(state, key, value)?;
    }
    let way = way(scene.graph, state, (&from, &to));
    let ahead = match way {
        Way::Forward | Way::Back => Ok(()),
        _ if rigour == Rigour::Forced => Ok(()),
        Way::Undecided => Err(format!(
            "which step `{to}` it is depends on a decision; add `--decision iac_tool=…`"
        )),
        Way::None => Err(no_way(scene.graph, state, (&from, &to))),
    };
    ahead.map_err(|reason| refuse(RefusalCode::NoSuchWay, reason))?;
    if let Some(review) = complete {
        end(scene, state, &from, (review, rigour))?;
    }
    arrive(scene, state, (&from, &to), (way, rigour))
}

/// Completes the step that is left; one that is complete already stays as it was.
fn end(
    scene: Scene<'_>,
    state: &mut RunState,
    key: &str,
    (review, rigour): (&ReviewPresence, Rigour),
) -> Result<(), Effect> {
    if record::status(&state.document, key) == StepStatus::Complete {
        return Ok(());
    }
    steps::complete(scene, state, key, (review, rigour))
}

fn arrive(
    scene: Scene<'_>,
    state: &mut RunState,
    (from, to): (&str, &str),
    (way, rigour): (Way, Rigour),
) -> Result<(), Effect> {
    let ended = |status| matches!(status, StepStatus::Complete | StepStatus::Skipped);
    let left = record::status(&state.document, from);
    if way == Way::Forward && !ended(left) && rigour == Rigour::Table {
        let reason = format!(
            "step `{from}` is {}; `--complete` completes it on the way",
            word(left)
        );
        return Err(refuse(RefusalCode::Conflict, reason));
    }
    if way == Way::Back {
        go_back(scene, state, (from, to));
    }
    let entered = record::status(&state.document, to);
    if way != Way::Back && ended(entered) && rigour == Rigour::Table {
        let reason = format!(
            "step `{to}` is {} already; `--force` opens it again",
            word(entered)
        );
        return Err(refuse(RefusalCode::Conflict, reason));
    }
    steps::open(scene, state, to);
    if matches!(way, Way::None | Way::Undecided) {
        let title = format!("From step {from} to step {to} against the workflow");
        let reason = format!("Forced by {}.", scene.event.by.name);
        decisions::note(scene, state, to, (&title, &reason))?;
    }
    Ok(())
}

/// Every step behind the one entered again waits once more; what they wrote stays.
fn go_back(scene: Scene<'_>, state: &mut RunState, (from, to): (&str, &str)) {
    let note = format!("the work went back from step `{from}` to step `{to}`");
    import::withdraw_after(scene.graph, state, to, &note);
    let entered = plan::nodes_of_step(scene.graph, to);
    let behind = entered
        .iter()
        .flat_map(|node| plan::after(scene.graph, state, *node));
    let keys: BTreeSet<String> = behind
        .map(|node| plan::step_key(scene.graph, node))
        .filter(|key| key != to)
        .collect();
    for key in keys {
        let waits = [
            ("status", json!("pending")),
            ("sub_step", json!(null)),
            ("started", json!(null)),
            ("completed", json!(null)),
        ];
        record::set(&mut state.document, &key, &waits);
        import::forget_work(scene.graph, state, &key);
    }
    import::forget_work(scene.graph, state, to);
}

fn word(status: StepStatus) -> &'static str {
    match status {
        StepStatus::Pending => "pending",
        StepStatus::InProgress => "in progress",
        StepStatus::Complete => "complete",
        StepStatus::Skipped => "left out",
    }
}

fn way(graph: &WorkflowGraph, state: &RunState, (from, to): (&str, &str)) -> Way {
    if !plan::allows(graph, state, from, to) {
        return Way::None;
    }
    let starts = plan::nodes_of_step(graph, from);
    let goals = plan::nodes_of_step(graph, to);
    let back = graph.return_edges.iter().any(|edge| {
        let leaves = edge.from.node.is_some_and(|node| starts.contains(&node));
        leaves && edge.to.node.is_some_and(|node| goals.contains(&node))
    });
    let is_open = |node: &usize| survey::applies(graph, state, *node) == Applies::Open;
    if back {
        Way::Back
    } else if goals.iter().all(is_open) {
        Way::Undecided
    } else {
        Way::Forward
    }
}

/// Why there is no way, and where there is one.
fn no_way(graph: &WorkflowGraph, state: &RunState, (from, to): (&str, &str)) -> String {
    let keys = record::keys(&state.document).into_iter();
    let keys: Vec<String> = keys
        .filter(|key| plan::allows(graph, state, from, key))
        .map(|key| format!("`{key}`"))
        .collect();
    let instead = match keys.as_slice() {
        [] => String::new(),
        keys => format!("; from there it leads to {}", keys.join(", ")),
    };
    format!(
        "the workflow does not lead from step `{from}` to step `{to}`{instead}; `--force` goes \
         there all the same"
    )
}
