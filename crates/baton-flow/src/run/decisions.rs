//! Beginnings, ends, and answers to questions.

use serde_json::json;

use super::{Done, Turn, agents, refused};
use crate::breaker;
use crate::effect::RefusalCode;
use crate::event::CeilingChoice;
use crate::plan::{self, NodeStatus, step_key};
use crate::reviews::{self, Standing};
use crate::steps;

/// What is done with an optional step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// It is run.
    Run,
    /// It is left out.
    LeaveOut,
}

pub(super) fn started(turn: &mut Turn<'_>, graph: &str) -> Done {
    if turn.state.document.is_empty() {
        let reason = "there is no record of the project; `baton state init` begins one";
        return Err(refused(RefusalCode::Conflict, reason));
    }
    if turn.state.graph.is_empty() {
        graph.clone_into(&mut turn.state.graph);
    }
    if turn.state.graph == graph {
        return Ok(Vec::new());
    }
    let reason = "the workflow graph is not the one this run began with; \
                  `baton run migrate` shows what changes and takes the new one";
    Err(refused(RefusalCode::Conflict, reason))
}

pub(super) fn migrated(turn: &mut Turn<'_>, graph: &str) -> Done {
    turn.by_a_person("taking another workflow graph")?;
    let everything: Vec<usize> = (0..turn.graph.nodes.len()).collect();
    turn.at_rest(&everything)?;
    graph.clone_into(&mut turn.state.graph);
    Ok(Vec::new())
}

pub(super) fn breaker_reset(turn: &mut Turn<'_>, id: &str) -> Done {
    let (number, node) = turn.step(id)?;
    turn.by_a_person("letting a halted step go on")?;
    if !plan::is_blocked(turn.graph, &turn.state, number) {
        let reason = format!("`{}` is not halted", node.id.value);
        return Err(refused(RefusalCode::Conflict, reason));
    }
    breaker::reset(turn.graph, &mut turn.state, number);
    Ok(Vec::new())
}

pub(super) fn option_chosen(turn: &mut Turn<'_>, id: &str, choice: Choice) -> Done {
    let (number, node) = turn.step(id)?;
    let name = &node.id.value;
    let status = turn.status(number);
    let conflict = |reason: String| Err(refused(RefusalCode::Conflict, reason));
    if !node.optional {
        return conflict(format!("`{name}` is not optional"));
    }
    if matches!(status, NodeStatus::Complete | NodeStatus::Skipped) {
        return conflict(format!("`{name}` was done or left out already"));
    }
    if !turn.survey.is_live(number) {
        return conflict(format!("the run has not come to `{name}`"));
    }
    turn.at_rest(&[number])?;
    match choice {
        Choice::Run => turn.work(number).chosen = true,
        Choice::LeaveOut => turn.leave_out(number),
    }
    Ok(Vec::new())
}

pub(super) fn ceiling_decided(turn: &mut Turn<'_>, id: &str, choice: CeilingChoice) -> Done {
    let (number, node) = turn.step(id)?;
    turn.by_a_person("going beyond the ceiling of reviews")?;
    let standing = reviews::standing(turn.graph, &turn.state, number);
    // A result may be taken against what reviews say, too.
    let objected = matches!(standing, Standing::Earlier | Standing::Revise);
    let asked = standing == Standing::Ceiling || (objected && choice == CeilingChoice::Accept);
    if !asked || !turn.held(number).is_some_and(|work| work.delivered) {
        let reason = format!("nobody asks for more reviews of `{}`", node.id.value);
        return Err(refused(RefusalCode::Conflict, reason));
    }
    let key = step_key(turn.graph, number);
    let work = turn.work(number);
    let said = match choice {
        CeilingChoice::Accept => {
            work.accepted = true;
            "accept"
        }
        CeilingChoice::Override => {
            work.extra_reviews = work.extra_reviews.saturating_add(1);
            "override"
        }
    };
    let decision = format!("challenger_decision_{key}");
    steps::within(&mut turn.state.document, "decisions", |decisions| {
        decisions.insert(decision, json!(said));
    });
    if choice == CeilingChoice::Accept {
        agents::audit(&mut turn.state, &key, |entry| {
            let reason = "a person took the result as it is".to_owned();
            steps::add_to_list(entry, "skip_reasons", &[reason]);
        });
    }
    Ok(Vec::new())
}

pub(super) fn aborted(turn: &mut Turn<'_>, reason: &str) -> Done {
    turn.by_a_person("ending a run for good")?;
    if reason.trim().is_empty() {
        return Err(refused(
            RefusalCode::ReasonMissing,
            "say why the run is ended",
        ));
    }
    turn.state.aborted = Some(reason.to_owned());
    Ok(Vec::new())
}
