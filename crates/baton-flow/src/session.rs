//! What commands do to the session's record.

use baton_repo::graph::WorkflowGraph;

use crate::effect::{Effect, RefusalCode};
use crate::event::{Command, Event};
use crate::state::RunState;

/// The state after a command; `Err` is a refusal.
pub(crate) fn apply(
    _graph: &WorkflowGraph,
    state: &RunState,
    _event: &Event,
    command: &Command,
) -> Result<(RunState, Vec<Effect>), Effect> {
    let mut state = state.clone();
    match command {
        Command::Init { document, force } => {
            if !state.document.is_empty() && !force {
                return Err(Effect::Refused {
                    code: RefusalCode::Conflict,
                    reason: "the project is there already; `--force` begins anew".to_owned(),
                });
            }
            state = RunState {
                document: document.clone(),
                ..RunState::default()
            };
        }
        Command::Import { document, .. } => state.document.clone_from(document),
        _ => {}
    }
    Ok((state, Vec::new()))
}
