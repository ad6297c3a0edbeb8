//! The engine: what comes of an event. Pure and total; time arrives inside events.

use baton_repo::graph::WorkflowGraph;
use serde_json::Value;

use crate::effect::Effect;
use crate::event::{Command, Event, What};
use crate::state::RunState;
use crate::{run, session};

/// The state after an event, and what should be done next.
///
/// A refused event leaves the state as it was and gives one [`Effect::Refused`].
pub fn step(graph: &WorkflowGraph, state: &RunState, event: &Event) -> (RunState, Vec<Effect>) {
    let done = match &event.what {
        What::Session(command) => commanded(graph, state, event, command),
        What::Run(happened) => run::apply(graph, state, event, happened),
    };
    match done {
        Ok((mut after, effects)) => {
            if !event.at.is_empty() && !after.document.is_empty() {
                let at = Value::from(event.at.as_str());
                after.document.insert("updated".to_owned(), at);
            }
            (after, effects)
        }
        Err(refused) => (state.clone(), vec![refused]),
    }
}

/// The state after a command; gates and tracks are kept honest whatever it did.
fn commanded(
    graph: &WorkflowGraph,
    state: &RunState,
    event: &Event,
    command: &Command,
) -> Result<(RunState, Vec<Effect>), Effect> {
    let (mut after, effects) = session::apply(graph, state, event, command)?;
    if matches!(command, Command::Decide { .. } | Command::Transition { .. }) {
        run::keep_track(graph, state, &after)?;
    }
    run::keep_honest(graph, state, &mut after);
    Ok((after, effects))
}
