//! What events of a run do to its state.

use baton_repo::graph::WorkflowGraph;

use crate::effect::Effect;
use crate::event::{Event, RunEvent};
use crate::state::RunState;

/// The state after an event of a run; `Err` is a refusal.
pub(crate) fn apply(
    _graph: &WorkflowGraph,
    state: &RunState,
    _event: &Event,
    _happened: &RunEvent,
) -> Result<(RunState, Vec<Effect>), Effect> {
    Ok((state.clone(), Vec::new()))
}
