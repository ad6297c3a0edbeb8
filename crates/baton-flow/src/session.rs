//! What commands do to the session's record: the table of what may follow what, and what is
//! written down. Nothing here runs a workflow.

mod decisions;
mod findings;
mod import;
mod passage;
pub(crate) mod record;
mod review;
mod steps;
mod template;
#[cfg(test)]
mod tests;

use baton_repo::graph::WorkflowGraph;
use serde_json::Value;

use crate::effect::{Effect, RefusalCode};
use crate::event::{Command, Event};
use crate::state::RunState;

pub use review::{Required, required_review};
pub(crate) use template::blank;
pub use template::{document, key_of, with_status};

/// What a command happens in.
#[derive(Clone, Copy)]
struct Scene<'a> {
    graph: &'a WorkflowGraph,
    event: &'a Event,
}

/// Whether the table of what may follow what holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rigour {
    /// It does.
    Table,
    /// Somebody insists.
    Forced,
}

/// The state after a command; `Err` is a refusal.
pub(crate) fn apply(
    graph: &WorkflowGraph,
    state: &RunState,
    event: &Event,
    command: &Command,
) -> Result<(RunState, Vec<Effect>), Effect> {
    let mut next = state.clone();
    let scene = Scene { graph, event };
    match command {
        Command::Init { document, force } => {
            if !state.document.is_empty() && !force {
                let reason = "the project is there already; `--force` begins anew";
                return Err(refuse(RefusalCode::Conflict, reason));
            }
            next = RunState {
                document: document.clone(),
                ..RunState::default()
            };
        }
        // What others wrote keeps its time.
        Command::Import { document, .. } => {
            import::take_over(graph, &mut next, document);
            return Ok((next, Vec::new()));
        }
        _ if state.document.is_empty() => {
            let reason = "there is no such project; `baton state init` begins one";
            return Err(refuse(RefusalCode::Unknown, reason));
        }
        _ => change(scene, &mut next, command)?,
    }
    let now = Value::from(event.at.as_str());
    next.document.insert("updated".to_owned(), now);
    Ok((next, Vec::new()))
}

fn change(scene: Scene<'_>, state: &mut RunState, command: &Command) -> Result<(), Effect> {
    match command {
        Command::Init { .. } | Command::Import { .. } => Ok(()),
        Command::StartStep { step, force } => steps::start(scene, state, step, rigour(*force)),
        Command::Checkpoint { .. } => steps::checkpoint(scene, state, command),
        Command::CompleteStep {
            step,
            review,
            force,
        } => steps::complete(scene, state, step, (review, rigour(*force))),
        Command::SkipStep {
            step,
            reason,
            force,
        } => steps::skip(scene, state, step, (reason, rigour(*force))),
        Command::Decide { key, value } => decisions::decide(state, key, value),
        Command::Log { .. } => decisions::log(scene, state, command),
        Command::AddFindings { texts, repeat } => findings::add(state, texts, *repeat),
        Command::RemoveFinding { text } => findings::remove(state, text),
        Command::AuditReview { .. } => findings::audit(state, command),
        Command::Transition { .. } => passage::pass(scene, state, command),
        Command::Block { step, reason } => steps::block(scene, state, step, reason.as_deref()),
    }
}

fn rigour(force: bool) -> Rigour {
    if force { Rigour::Forced } else { Rigour::Table }
}

fn refuse(code: RefusalCode, reason: impl Into<String>) -> Effect {
    Effect::Refused {
        code,
        reason: reason.into(),
    }
}
