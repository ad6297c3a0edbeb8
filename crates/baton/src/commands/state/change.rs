//! Steps begin and end.

use anyhow::Result;
use baton_flow::event::{Command as Change, ReviewPresence};
use baton_flow::{GateStatus, Recorded, RefusalCode, RunState, session};
use baton_repo::Git;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal, refusal};
use super::{Desk, review};
use crate::cli::{CheckpointArgs, StepArgs, TransitionArgs, WaiverArgs};

/// Begins a project.
pub(super) fn init(project: &str, force: bool) -> Result<Answer> {
    let desk = Desk::of(project)?;
    let head = Git::open(&desk.root).ok().and_then(|git| git.head().ok()?);
    let branch = head
        .as_ref()
        .and_then(|head| head.name.strip_prefix("refs/heads/"));
    let document = session::document(project, branch, &desk.graph);
    let recorded = desk.record(project, Change::Init { document, force })?;
    if let Some(refusal) = refusal(&recorded) {
        return Ok(Answer::refused(&refusal, Map::new()));
    }
    let file = desk.state_path(project);
    let line = format!("{project} begins; its record is {file}");
    let json = json!({"project": project, "file": file, "created": true, "forced": force});
    Ok(Answer::new(json, vec![line]))
}

/// A step begins.
pub(super) fn start(at: &StepArgs, force: bool) -> Result<Answer> {
    let change = Change::StartStep {
        step: at.step.clone(),
        force,
    };
    let (answer, recorded) = one_step(at, change, "is in progress")?;
    Ok(match recorded {
        Some(recorded) => answer.warn(&doubts(&recorded.state)),
        None => answer,
    })
}

/// A step is left out.
pub(super) fn skip(at: &StepArgs, reason: &str, force: bool) -> Result<Answer> {
    let change = Change::SkipStep {
        step: at.step.clone(),
        reason: reason.to_owned(),
        force,
    };
    Ok(one_step(at, change, "is left out")?.0)
}

/// A step is halted, or let go on.
pub(super) fn block(at: &StepArgs, reason: Option<String>) -> Result<Answer> {
    let done = match reason {
        Some(_) => "is halted",
        None => "goes on",
    };
    let change = Change::Block {
        step: at.step.clone(),
        reason,
    };
    Ok(one_step(at, change, done)?.0)
}

/// A step reaches a point from which it can go on.
pub(super) fn checkpoint(args: &CheckpointArgs) -> Result<Answer> {
    let numbers = [
        ("elapsed_ms", args.telemetry_elapsed_ms),
        ("input_tokens", args.telemetry_input_tokens),
        ("output_tokens", args.telemetry_output_tokens),
        ("subagent_count", args.telemetry_subagent_count),
        ("validation_attempts", args.telemetry_validation_attempts),
        ("cache_hits", args.telemetry_cache_hits),
    ];
    let moments = [
        ("step_start_iso", &args.telemetry_step_start),
        ("step_end_iso", &args.telemetry_step_end),
    ];
    let mut telemetry = Map::new();
    for (name, value) in moments {
        telemetry.extend(value.as_ref().map(|value| (name.to_owned(), json!(value))));
    }
    for (name, value) in numbers {
        telemetry.extend(value.map(|value| (name.to_owned(), json!(value))));
    }
    let change = Change::Checkpoint {
        step: args.at.step.clone(),
        sub_step: args.sub_step.clone(),
        artifact: args.artifact.clone(),
        telemetry,
    };
    let done = format!("reached {}", args.sub_step);
    Ok(one_step(&args.at, change, &done)?.0)
}

/// A step is done.
pub(super) fn complete(at: &StepArgs, waiver: &WaiverArgs, force: bool) -> Result<Answer> {
    let desk = Desk::of(&at.project)?;
    let review = review::presence(&desk, &at.project, &at.step, waiver)?;
    let change = Change::CompleteStep {
        step: at.step.clone(),
        review: review.clone(),
        force,
    };
    let recorded = desk.record(&at.project, change)?;
    if let Some(refusal) = refusal(&recorded) {
        return Ok(refused(&refusal, &review));
    }
    let mut answer = told(at, &recorded.state, "is complete");
    if let Value::Object(json) = &mut answer.json {
        let hint = "`transition --complete` completes a step and begins the next in one write";
        let skipped = matches!(review, ReviewPresence::Waived { .. });
        json.insert("challenger_skip_recorded".to_owned(), json!(skipped));
        json.insert("hint".to_owned(), json!(hint));
    }
    Ok(answer)
}

/// One step ends and another begins.
pub(super) fn transition(args: &TransitionArgs) -> Result<Answer> {
    let mut decisions = Vec::new();
    for text in &args.decision {
        match text.split_once('=') {
            Some((key, value)) if !key.trim().is_empty() => {
                decisions.push((key.trim().to_owned(), json!(value)));
            }
            _ => {
                let message = format!("`{text}` is no decision: write KEY=VALUE");
                return Ok(Answer::wrong(1, &message));
            }
        }
    }
    let desk = Desk::of(&args.project)?;
    let review = args.complete.then(|| {
        let step = &args.from_step;
        review::presence(&desk, &args.project, step, &args.waiver)
    });
    let review = review.transpose()?;
    let keys: Vec<String> = decisions.iter().map(|(key, _)| key.clone()).collect();
    let change = Change::Transition {
        from: args.from_step.clone(),
        to: args.to_step.clone(),
        complete: review.clone(),
        decisions,
        force: args.force,
    };
    let recorded = desk.record(&args.project, change)?;
    if let Some(refusal) = refusal(&recorded) {
        let review = review.unwrap_or(ReviewPresence::There);
        return Ok(refused(&refusal, &review));
    }
    let (from, to) = (&args.from_step, &args.to_step);
    let ended = if args.complete {
        "is complete"
    } else {
        "is left"
    };
    let line = format!(
        "{}: step {from} {ended}, step {to} is in progress",
        args.project
    );
    let skipped = matches!(review, Some(ReviewPresence::Waived { .. }));
    let json = json!({
        "project": args.project,
        "from_step": from,
        "to_step": to,
        "completed": args.complete,
        "decisions_recorded": keys,
        "challenger_skip_recorded": skipped,
        "forced": args.force,
        "timestamp": recorded.state.document.get("updated"),
    });
    Ok(Answer::new(json, vec![line]).warn(&doubts(&recorded.state)))
}

fn refused(refusal: &Refusal, review: &ReviewPresence) -> Answer {
    let about_review = matches!(
        refusal.code,
        RefusalCode::ReviewMissing | RefusalCode::ReasonMissing
    );
    let details = if about_review {
        review::details(review)
    } else {
        Map::new()
    };
    Answer::refused(refusal, details)
}

/// A change of one step, and what came of it when it was not refused.
fn one_step(at: &StepArgs, change: Change, done: &str) -> Result<(Answer, Option<Recorded>)> {
    let desk = Desk::of(&at.project)?;
    let recorded = desk.record(&at.project, change)?;
    if let Some(refusal) = refusal(&recorded) {
        return Ok((Answer::refused(&refusal, Map::new()), None));
    }
    let answer = told(at, &recorded.state, done);
    Ok((answer, Some(recorded)))
}

fn told(at: &StepArgs, state: &RunState, done: &str) -> Answer {
    let line = format!("{}: step {} {done}", at.project, at.step);
    let key = session::key_of(&state.document, &at.step);
    let key = key.unwrap_or_else(|| at.step.clone());
    let step = state
        .document
        .get("steps")
        .and_then(|steps| steps.get(&key));
    let field = |name: &str| step.and_then(|step| step.get(name)).cloned();
    let json = json!({
        "project": at.project,
        "step": key,
        "status": field("status"),
        "sub_step": field("sub_step"),
        "current_step": state.document.get("current_step"),
        "timestamp": state.document.get("updated"),
    });
    Answer::new(json, vec![line])
}

/// What somebody should know who begins a step.
fn doubts(state: &RunState) -> Vec<String> {
    let mut doubts = Vec::new();
    let in_progress = session::with_status(&state.document, "in_progress");
    if in_progress.len() > 1 {
        let steps = in_progress.join(", ");
        doubts.push(format!("steps {steps} are in progress at the same time"));
    }
    let withdrawn = state.gates.iter();
    let withdrawn = withdrawn.filter(|(_, gate)| gate.status == GateStatus::Withdrawn);
    for (gate, _) in withdrawn {
        doubts.push(format!("{gate} needs to be approved again"));
    }
    doubts
}
