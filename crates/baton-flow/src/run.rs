//! What events of a run do to its state. What is not allowed is refused and changes nothing.

mod agents;
mod decisions;
mod gates;
mod honest;
mod returns;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use baton_repo::graph::{GraphNode, WorkflowGraph};
use serde_json::{Value, json};

use crate::effect::{Effect, RefusalCode};
use crate::event::{ActorKind, Event, RunEvent};
use crate::pack;
use crate::plan::{self, NodeStatus, Survey, step_key};
use crate::reviews::{self, Standing};
use crate::state::{RunState, Work};
use crate::steps::{self, StepStatus};

pub(crate) use honest::{keep_honest, keep_track};

/// One event on its way into a state.
struct Turn<'a> {
    graph: &'a WorkflowGraph,
    event: &'a Event,
    /// How the state before the event looks.
    survey: Survey,
    state: RunState,
}

/// What is said at once, or why not.
type Done = Result<Vec<Effect>, Effect>;

/// The state after an event of a run; `Err` is a refusal.
pub(crate) fn apply(
    graph: &WorkflowGraph,
    state: &RunState,
    event: &Event,
    happened: &RunEvent,
) -> Result<(RunState, Vec<Effect>), Effect> {
    if let Some(reason) = &state.aborted {
        let reason = format!("the run was ended for good: {reason}");
        return Err(refused(RefusalCode::Halted, reason));
    }
    let mut turn = Turn {
        graph,
        event,
        survey: plan::survey(graph, state),
        state: state.clone(),
    };
    let mut effects = dispatch(&mut turn, happened)?;
    turn.settle();
    let waits = |effect: &Effect| matches!(effect, Effect::Inconclusive { .. });
    if !effects.iter().any(waits) {
        effects.extend(plan::next(graph, &turn.state));
    }
    Ok((turn.state, effects))
}

fn dispatch(turn: &mut Turn<'_>, happened: &RunEvent) -> Done {
    match happened {
        RunEvent::Started { graph } => decisions::started(turn, graph),
        RunEvent::Migrated { graph } => decisions::migrated(turn, graph),
        RunEvent::AgentStarted {
            node,
            substep,
            attempt,
        } => agents::started(turn, node, substep.as_deref(), *attempt),
        RunEvent::AgentEnded {
            node,
            substep,
            outcome,
        } => agents::ended(turn, node, substep.as_deref(), outcome),
        RunEvent::ReviewEnded { .. } => agents::reviewed(turn, happened),
        RunEvent::GatePresented { gate, shown } => gates::presented(turn, gate, shown),
        RunEvent::GateApproved { .. } => gates::approved(turn, happened),
        RunEvent::GateRejected { gate, reason, to } => {
            gates::rejected(turn, gate, reason, to.as_deref())
        }
        RunEvent::GateDeferred { gate, reason } => gates::deferred(turn, gate, reason.as_deref()),
        RunEvent::GateStale { gate, changed } => gates::stale(turn, gate, changed),
        RunEvent::Validated { .. } => gates::validated(turn, happened),
        RunEvent::ReturnTaken { from, to, reason } => returns::taken(turn, (from, to), reason),
        RunEvent::Previewed { node, changes } => agents::previewed(turn, node, changes),
        RunEvent::BreakerReset { node } => decisions::breaker_reset(turn, node),
        RunEvent::OptionChosen { node, run } => {
            let choice = if *run {
                decisions::Choice::Run
            } else {
                decisions::Choice::LeaveOut
            };
            decisions::option_chosen(turn, node, choice)
        }
        RunEvent::CeilingDecided { node, choice } => {
            decisions::ceiling_decided(turn, node, *choice)
        }
        RunEvent::Aborted { reason } => decisions::aborted(turn, reason),
    }
}

impl<'a> Turn<'a> {
    /// The number of a step that takes part.
    fn step(&self, id: &str) -> Result<(usize, &'a GraphNode), Effect> {
        let (number, node) = self.any(id)?;
        if node.is_gate() {
            let reason = format!("`{}` is a gate, no step", node.id.value);
            return Err(refused(RefusalCode::Unknown, reason));
        }
        Ok((number, node))
    }

    /// The number of a gate that takes part.
    fn gate(&self, id: &str) -> Result<(usize, &'a GraphNode), Effect> {
        let (number, node) = self.any(id)?;
        if !node.is_gate() {
            let reason = format!("`{}` is a step, no gate", node.id.value);
            return Err(refused(RefusalCode::Unknown, reason));
        }
        Ok((number, node))
    }

    fn any(&self, id: &str) -> Result<(usize, &'a GraphNode), Effect> {
        let found = self.graph.find(id);
        let found = found.and_then(|number| Some((number, self.graph.node(number)?)));
        let Some((number, node)) = found else {
            let reason = format!("the workflow graph has no node `{id}`");
            return Err(refused(RefusalCode::Unknown, reason));
        };
        if self.status(number) == NodeStatus::NotApplicable {
            let reason = format!(
                "`{}` belongs to another track than the one that was decided on",
                node.id.value
            );
            return Err(refused(RefusalCode::Conflict, reason));
        }
        Ok((number, node))
    }

    /// How far a node was before the event.
    fn status(&self, number: usize) -> NodeStatus {
        plan::status_in(self.graph, &self.state, &self.survey, number)
    }

    /// Refuses what only people may do.
    fn by_a_person(&self, what: &str) -> Result<(), Effect> {
        if self.event.by.kind == ActorKind::Human {
            return Ok(());
        }
        let reason = format!("{what} is up to a person; `{}` is none", self.event.by.name);
        Err(refused(RefusalCode::NotAllowed, reason))
    }

    /// Refuses while agents work on some of these nodes.
    fn at_rest(&self, nodes: &[usize]) -> Result<(), Effect> {
        let running = nodes.iter().find(|node| {
            let work = self.graph.node(**node);
            let work = work.and_then(|node| self.state.work.get(&node.canonical));
            work.is_some_and(|work| !work.running.is_empty())
        });
        let Some(running) = running else {
            return Ok(());
        };
        let id = self.graph.id(*running);
        let reason = format!("an agent works on `{id}`; wait for its end or stop it");
        Err(refused(RefusalCode::Conflict, reason))
    }

    fn work(&mut self, number: usize) -> &mut Work {
        let canonical = self.graph.node(number);
        let canonical = canonical.map_or_else(String::new, |node| node.canonical.clone());
        self.state.work.entry(canonical).or_default()
    }

    fn held(&self, number: usize) -> Option<&Work> {
        let node = self.graph.node(number)?;
        self.state.work.get(&node.canonical)
    }

    fn at(&self) -> Value {
        json!(self.event.at)
    }

    /// Writes into the document that somebody works on a step.
    fn open_step(&mut self, number: usize) {
        let key = step_key(self.graph, number);
        let at = self.at();
        let begun = steps::status(&self.state, &key) == StepStatus::InProgress;
        let (name, agent) = self.names(number, &key);
        steps::edit(&mut self.state, &key, |step| {
            step.insert("status".to_owned(), json!("in_progress"));
            step.insert("completed".to_owned(), Value::Null);
            if !begun || step.get("started").is_none_or(Value::is_null) {
                step.insert("started".to_owned(), at);
            }
            let mut names = [("name", name), ("agent", agent)];
            let missing = |field| step.get(field).and_then(Value::as_str) == Some("");
            let missing: Vec<_> = names
                .iter_mut()
                .filter(|(field, _)| missing(*field))
                .collect();
            for (field, value) in missing {
                step.insert((*field).to_owned(), json!(value));
            }
        });
        steps::set_current(&mut self.state, &key);
    }

    fn names(&self, number: usize, key: &str) -> (String, String) {
        let name = self.graph.node(number).and_then(|node| node.name.as_ref());
        let agent = plan::agent(self.graph, &self.state, number);
        let known = pack::runner().step(key).map(|step| step.name.clone());
        let name =
            known.unwrap_or_else(|| name.map_or_else(String::new, |name| name.value.clone()));
        (name, agent.unwrap_or_default().to_owned())
    }

    /// Writes into the document that a step is done, and forgets what led there.
    fn complete(&mut self, number: usize) {
        let key = step_key(self.graph, number);
        let at = self.at();
        steps::edit(&mut self.state, &key, |step| {
            step.insert("status".to_owned(), json!("complete"));
            step.insert("sub_step".to_owned(), Value::Null);
            if step.get("started").is_none_or(Value::is_null) {
                step.insert("started".to_owned(), at.clone());
            }
            step.insert("completed".to_owned(), at);
        });
        let work = self.work(number);
        *work = Work {
            reviews: std::mem::take(&mut work.reviews),
            breaker: std::mem::take(&mut work.breaker),
            chosen: work.chosen,
            ..Work::default()
        };
        self.forget_returns(number);
    }

    /// Ways back that were taken in a row count no more: what they left has succeeded.
    fn forget_returns(&mut self, number: usize) {
        if let Some(node) = self.graph.node(number) {
            let prefix = format!("{}>", node.canonical);
            self.state
                .returns
                .retain(|way, _| !way.starts_with(&prefix));
        }
    }

    /// Completes what waits for nothing more, and leaves out what a decision leaves out.
    fn settle(&mut self) {
        for number in 0..self.graph.nodes.len() {
            let delivered = self.held(number).is_some_and(|work| {
                work.delivered && work.running.is_empty() && work.failure.is_none()
            });
            let halted = plan::is_blocked(self.graph, &self.state, number);
            if delivered
                && !halted
                && reviews::standing(self.graph, &self.state, number) == Standing::Done
            {
                self.complete(number);
            }
        }
        let unasked = |node: &usize| plan::is_skipped_unasked(self.graph, &self.state, *node);
        let unasked: Vec<usize> = (0..self.graph.nodes.len()).filter(unasked).collect();
        if unasked.is_empty() {
            return;
        }
        let survey = plan::survey(self.graph, &self.state);
        for number in unasked {
            if survey.is_settled(number) {
                self.leave_out(number);
            }
        }
    }

    /// Writes into the document that a step was left out.
    fn leave_out(&mut self, number: usize) {
        let key = step_key(self.graph, number);
        crate::breaker::reset(self.graph, &mut self.state, number);
        steps::edit(&mut self.state, &key, |step| {
            step.insert("status".to_owned(), json!("skipped"));
            step.insert("sub_step".to_owned(), Value::Null);
        });
        *self.work(number) = Work::default();
    }
}

fn refused(code: RefusalCode, reason: impl Into<String>) -> Effect {
    Effect::Refused {
        code,
        reason: reason.into(),
    }
}

/// What a preview says, as the event has it.
type Changes = BTreeMap<String, String>;
