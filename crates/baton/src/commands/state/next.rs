//! What comes next in a project.

use anyhow::Result;
use baton_flow::{Effect, Question, plan, session};
use serde_json::json;

use super::Desk;
use super::answer::Answer;

/// Says what is to be done next.
pub(super) fn next(project: &str) -> Result<Answer> {
    let desk = Desk::of(project)?;
    let state = desk.state(project)?;
    let effects = plan::next(&desk.graph, &state);
    let working = session::with_status(&state.document, "in_progress");
    let json = json!({"project": project, "in_progress": working, "next": effects});
    let begun = working.iter().map(|key| {
        let step = state.document.get("steps").and_then(|steps| steps.get(key));
        let at = step.and_then(|step| step.get("sub_step")?.as_str());
        let at = at.map_or_else(String::new, |at| format!(", last at {at}"));
        format!("{project}: step {key} is in progress{at}")
    });
    let mut lines: Vec<String> = begun.collect();
    lines.extend(
        effects
            .iter()
            .map(|effect| format!("{project}: {}", said(effect))),
    );
    if lines.is_empty() {
        lines.push(format!("{project}: there is nothing to do"));
    }
    Ok(Answer::new(json, lines))
}

/// An effect as people read it.
fn said(effect: &Effect) -> String {
    match effect {
        Effect::RunAgent {
            node,
            substep: None,
            ..
        } => format!("do {node}"),
        Effect::RunAgent {
            node,
            substep: Some(substep),
            ..
        } => format!("do {substep} of {node}"),
        Effect::RunReview { node, pass, lens } => format!("review {node}, pass {pass}: {lens}"),
        Effect::Validate { gate } => format!("evaluate {gate}"),
        Effect::Present { gate } => format!("show {gate} to those who decide"),
        Effect::Await { gate } => format!("{gate} waits for a decision"),
        Effect::Inconclusive { gate, reason } => format!("{gate} is not decided: {reason}"),
        Effect::Ask { question } => asked(question),
        Effect::SessionBreak { gate } => format!("{gate} is passed; a new session goes on"),
        Effect::Halt { node, reason } => format!("{node} is halted: {reason}"),
        Effect::Refused { reason, .. } => reason.clone(),
        Effect::Stuck { node, reason } => format!("{node} cannot go on: {reason}"),
        Effect::Ended { reason } => format!("the run was ended: {reason}"),
        Effect::Finish => "every step is done".to_owned(),
    }
}

fn asked(question: &Question) -> String {
    match question {
        Question::Route { decision, values } => {
            format!("decide {decision}: {}", values.join(" or "))
        }
        Question::Optional { node } => format!("decide whether {node} is done or left out"),
        Question::Repeat {
            node,
            substep: None,
        } => format!("decide whether {node}, which was cut off, is done again"),
        Question::Repeat {
            node,
            substep: Some(substep),
        } => format!("decide whether {substep} of {node}, which was cut off, is done again"),
        Question::ReviewCeiling { node } => {
            format!("decide whether {node} is reviewed more often than the ceiling allows")
        }
        Question::Return { from, to, reason } => {
            format!("go back from {from} to {}: {reason}", to.join(" or "))
        }
    }
}
