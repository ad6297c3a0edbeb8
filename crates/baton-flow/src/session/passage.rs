//! From one step to another: completion, decisions and the next beginning in one event.

use std::collections::BTreeSet;

use baton_repo::graph::{GraphNode, WorkflowGraph};
use baton_repo::session::StepStatus;
use serde_json::json;

use super::record::{self, Object};
use super::{Rigour, Scene, decisions, import, refuse, rigour, steps};
use crate::effect::{Effect, RefusalCode};
use crate::event::{Command, ReviewPresence};
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
    let way = way(scene.graph, &state.document, (&from, &to));
    let ahead = match way {
        Way::Forward | Way::Back => Ok(()),
        _ if rigour == Rigour::Forced => Ok(()),
        Way::Undecided => Err(format!(
            "which step `{to}` it is depends on a decision; add `--decision iac_tool=…`"
        )),
        Way::None => Err(no_way(scene.graph, &state.document, (&from, &to))),
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

/// Every step after the one entered again, up to the one left, waits once more; artifacts stay.
fn go_back(scene: Scene<'_>, state: &mut RunState, (from, to): (&str, &str)) {
    let note = format!("the work went back from step `{from}` to step `{to}`");
    import::withdraw_after(scene.graph, state, to, &note);
    let keys: Vec<String> = record::keys(&state.document)
        .into_iter()
        .filter(|key| record::order(key) > record::order(to))
        .map(str::to_owned)
        .collect();
    for key in keys {
        let waits = [
            ("status", json!("pending")),
            ("sub_step", json!(null)),
            ("started", json!(null)),
            ("completed", json!(null)),
        ];
        record::set(&mut state.document, &key, &waits);
    }
}

fn word(status: StepStatus) -> &'static str {
    match status {
        StepStatus::Pending => "pending",
        StepStatus::InProgress => "in progress",
        StepStatus::Complete => "complete",
        StepStatus::Skipped => "left out",
    }
}

fn way(graph: &WorkflowGraph, document: &Object, (from, to): (&str, &str)) -> Way {
    let ends = |key| -> BTreeSet<usize> {
        let nodes = record::nodes(graph, key);
        nodes.map(|(number, _)| number).collect()
    };
    let (starts, goals) = (ends(from), ends(to));
    let back = graph.return_edges.iter().any(|edge| {
        let leaves = edge.from.node.is_some_and(|node| starts.contains(&node));
        leaves && edge.to.node.is_some_and(|node| goals.contains(&node))
    });
    if back {
        return Way::Back;
    }
    let reached = next_steps(graph, &starts);
    let met: Vec<usize> = reached.intersection(&goals).copied().collect();
    let fits = |number: &usize| {
        let node = graph.node(*number);
        node.is_some_and(|node| record::applies(document, node))
    };
    let open = |number: &usize| {
        let condition = graph.node(*number).and_then(|node| node.condition.as_ref());
        condition.is_some_and(|condition| record::decided(document, condition.decision()).is_none())
    };
    match (met.iter().any(fits), met.iter().all(open)) {
        (true, true) if !met.is_empty() => Way::Undecided,
        (true, _) => Way::Forward,
        (false, _) => Way::None,
    }
}

/// The steps that follow some nodes, through gates.
fn next_steps(graph: &WorkflowGraph, starts: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut seen = starts.clone();
    let mut open: Vec<usize> = starts.iter().copied().collect();
    while let Some(number) = open.pop() {
        for next in graph.edges_from(number).filter_map(|edge| edge.to.node) {
            if graph.node(next).is_some_and(GraphNode::is_step) {
                found.insert(next);
            } else if seen.insert(next) {
                open.push(next);
            }
        }
    }
    found
}

/// Why there is no way, and where there is one.
fn no_way(graph: &WorkflowGraph, document: &Object, (from, to): (&str, &str)) -> String {
    let starts: BTreeSet<usize> = record::nodes(graph, from)
        .map(|(number, _)| number)
        .collect();
    let mut keys = BTreeSet::new();
    for number in next_steps(graph, &starts) {
        let node = graph
            .node(number)
            .filter(|node| record::applies(document, node));
        keys.extend(node.and_then(|node| node.step_number()).map(record::order));
    }
    let keys: Vec<String> = record::keys(document)
        .into_iter()
        .filter(|key| keys.contains(&record::order(key)))
        .map(|key| format!("`{key}`"))
        .collect();
    let instead = match keys.as_slice() {
        [] => String::new(),
        keys => format!("; from there it leads to {}", keys.join(" or ")),
    };
    format!(
        "the workflow does not lead from step `{from}` to step `{to}`{instead}; `--force` goes \
         there all the same"
    )
}
