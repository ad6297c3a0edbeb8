//! Steps begin, reach checkpoints and end.

use baton_repo::session::StepStatus;
use serde_json::{Value, json};

use super::record::{self, is_free};
use super::{Rigour, Scene, decisions, import, refuse};
use crate::breaker;
use crate::effect::{Effect, RefusalCode};
use crate::event::{Command, ReviewPresence};
use crate::plan;
use crate::plan::survey::{self, Applies};
use crate::state::RunState;

/// A step begins; one that is complete or left out begins again only when somebody insists.
pub(super) fn start(
    scene: Scene<'_>,
    state: &mut RunState,
    step: &str,
    rigour: Rigour,
) -> Result<(), Effect> {
    let key = record::key(&state.document, step)?;
    is_free(&state.document, &key, rigour)?;
    let ended = match record::status(&state.document, &key) {
        StepStatus::Complete => Some("complete"),
        StepStatus::Skipped => Some("left out"),
        StepStatus::Pending | StepStatus::InProgress => None,
    };
    if let Some(ended) = ended.filter(|_| rigour == Rigour::Table) {
        let reason = format!("step `{key}` is {ended} already; `--force` opens it again");
        return Err(refuse(RefusalCode::Conflict, reason));
    }
    open(scene, state, &key);
    Ok(())
}

/// Puts a step in progress. What was approved of its earlier result no longer counts.
pub(super) fn open(scene: Scene<'_>, state: &mut RunState, key: &str) {
    let before = record::status(&state.document, key);
    if matches!(before, StepStatus::Complete | StepStatus::Skipped) {
        let note = format!("step `{key}` was opened again");
        import::withdraw_after(scene.graph, state, key, &note);
        import::forget_work(scene.graph, state, key);
    }
    // A step that was cut off goes on where it was.
    if before != StepStatus::InProgress {
        let begun = [
            ("status", json!("in_progress")),
            ("sub_step", Value::Null),
            ("started", json!(scene.event.at)),
        ];
        record::set(&mut state.document, key, &begun);
    }
    record::set(&mut state.document, key, &[("completed", Value::Null)]);
    let current = json!(record::number(key));
    state.document.insert("current_step".to_owned(), current);
    name_agent(scene, state, key);
}

/// Writes down who does a step, once its track is known.
fn name_agent(scene: Scene<'_>, state: &mut RunState, key: &str) {
    let step = record::step(&state.document, key);
    if step.is_none_or(|step| record::text(step, "agent").is_some()) {
        return;
    }
    let nodes = plan::nodes_of_step(scene.graph, key).into_iter();
    let nodes = nodes.filter(|node| survey::applies(scene.graph, state, *node) != Applies::No);
    let mut agents = nodes.filter_map(|node| scene.graph.node(node)?.agent.as_ref());
    if let (Some(agent), None) = (agents.next(), agents.next()) {
        let agent = json!(agent.value);
        record::set(&mut state.document, key, &[("agent", agent)]);
    }
}

/// A step reaches a point from which it can go on. One that is pending begins with it; one that
/// is complete stays complete.
pub(super) fn checkpoint(
    scene: Scene<'_>,
    state: &mut RunState,
    command: &Command,
) -> Result<(), Effect> {
    let Command::Checkpoint {
        step,
        sub_step,
        artifact,
        telemetry,
    } = command
    else {
        return Ok(());
    };
    let key = record::key(&state.document, step)?;
    is_free(&state.document, &key, Rigour::Table)?;
    match record::status(&state.document, &key) {
        StepStatus::Pending => open(scene, state, &key),
        StepStatus::Skipped => {
            let reason = format!("step `{key}` was left out; `start-step --force` opens it");
            return Err(refuse(RefusalCode::Conflict, reason));
        }
        StepStatus::InProgress | StepStatus::Complete => {}
    }
    record::set(&mut state.document, &key, &[("sub_step", json!(sub_step))]);
    let Some(step) = record::step_mut(&mut state.document, &key) else {
        return Ok(());
    };
    if let Some(artifact) = artifact {
        let artifacts = record::list(step, "artifacts")?;
        if !artifacts.iter().any(|known| known == artifact.as_str()) {
            artifacts.push(json!(artifact));
        }
    }
    if !telemetry.is_empty() {
        let known = record::object(step, "telemetry")?;
        known.extend(telemetry.clone());
    }
    Ok(())
}

/// A step is done. Its review comes first: without it nothing changes.
pub(super) fn complete(
    scene: Scene<'_>,
    state: &mut RunState,
    step: &str,
    (review, rigour): (&ReviewPresence, Rigour),
) -> Result<(), Effect> {
    let key = record::key(&state.document, step)?;
    reviewed(&key, review)?;
    is_free(&state.document, &key, rigour)?;
    let forced = rigour == Rigour::Forced;
    let reason = match record::status(&state.document, &key) {
        StepStatus::InProgress => None,
        _ if forced => None,
        StepStatus::Pending => Some(format!(
            "step `{key}` never began; `start-step` begins it, `--force` completes it all the same"
        )),
        StepStatus::Skipped => Some(format!(
            "step `{key}` was left out; `start-step --force` opens it"
        )),
        StepStatus::Complete => Some(match ended(state, &key) {
            Some(at) => format!("step `{key}` is complete since {at}"),
            None => format!("step `{key}` is complete already"),
        }),
    };
    if let Some(reason) = reason {
        return Err(refuse(RefusalCode::Conflict, reason));
    }
    close(scene, state, &key, review)
}

fn ended<'s>(state: &'s RunState, key: &str) -> Option<&'s str> {
    record::text(record::step(&state.document, key)?, "completed")
}

/// Refuses to complete a step whose review is missing without a reason.
pub(super) fn reviewed(key: &str, review: &ReviewPresence) -> Result<(), Effect> {
    match review {
        ReviewPresence::There => Ok(()),
        ReviewPresence::Waived { reason } if !reason.trim().is_empty() => Ok(()),
        ReviewPresence::Waived { .. } => Err(refuse(
            RefusalCode::ReasonMissing,
            format!("step `{key}` lacks its review; say why with `--challenger-skip-reason`"),
        )),
        ReviewPresence::Missing {
            gating_artifact,
            required_sidecar,
        } => Err(refuse(
            RefusalCode::ReviewMissing,
            format!(
                "step `{key}` wrote {gating_artifact}, but {required_sidecar} is missing, empty \
                 or not JSON: have it reviewed, or say why not with \
                 `--allow-missing-challenger --challenger-skip-reason TEXT`"
            ),
        )),
    }
}

/// Writes down that a step is done, and that its review was left out.
pub(super) fn close(
    scene: Scene<'_>,
    state: &mut RunState,
    key: &str,
    review: &ReviewPresence,
) -> Result<(), Effect> {
    let done = [
        ("status", json!("complete")),
        ("completed", json!(scene.event.at)),
        ("sub_step", Value::Null),
    ];
    record::set(&mut state.document, key, &done);
    if let Some(step) = record::step_mut(&mut state.document, key) {
        step.shift_remove("blocked");
    }
    let ReviewPresence::Waived { reason } = review else {
        return Ok(());
    };
    let decisions = record::object(&mut state.document, "decisions")?;
    record::list(decisions, "challenger_skip")?.push(json!({
        "step": key,
        "reason": reason.trim(),
        "recorded": scene.event.at,
    }));
    Ok(())
}

/// A step is left out: one that is optional and did not begin, else when somebody insists and
/// says why.
pub(super) fn skip(
    scene: Scene<'_>,
    state: &mut RunState,
    step: &str,
    (reason, rigour): (&str, Rigour),
) -> Result<(), Effect> {
    let key = record::key(&state.document, step)?;
    let status = record::status(&state.document, &key);
    let optional = record::nodes(scene.graph, &key).any(|node| node.optional);
    let refusal = match (status, optional) {
        (StepStatus::Pending, true) => None,
        (StepStatus::Skipped, _) => Some("was left out already"),
        (_, false) => Some("is not optional; `--force --reason TEXT` leaves it out all the same"),
        (_, true) => Some("has begun; `--force --reason TEXT` leaves it out all the same"),
    };
    let may_force = status != StepStatus::Skipped && rigour == Rigour::Forced;
    if let Some(refusal) = refusal.filter(|_| !may_force) {
        let reason = format!("step `{key}` {refusal}");
        return Err(refuse(RefusalCode::Conflict, reason));
    }
    if refusal.is_some() && reason.trim().is_empty() {
        let reason = format!("say with `--reason` why step `{key}` is left out");
        return Err(refuse(RefusalCode::ReasonMissing, reason));
    }
    let left = [("status", json!("skipped")), ("sub_step", Value::Null)];
    record::set(&mut state.document, &key, &left);
    if let Some(step) = record::step_mut(&mut state.document, &key) {
        step.shift_remove("blocked");
    }
    if reason.trim().is_empty() {
        return Ok(());
    }
    let title = format!("Step {key} left out");
    decisions::note(scene, state, &key, (&title, reason.trim()))
}

/// A step is halted, or let go on.
pub(super) fn block(
    scene: Scene<'_>,
    state: &mut RunState,
    step: &str,
    reason: Option<&str>,
) -> Result<(), Effect> {
    let key = record::key(&state.document, step)?;
    let conflict = |text: &str| {
        let reason = format!("step `{key}` {text}");
        Err(refuse(RefusalCode::Conflict, reason))
    };
    let blocked = record::blocked(&state.document, &key);
    let finding = |reason: &str| json!(format!("blocked: step {key} - {reason}"));
    match (reason, blocked.cloned()) {
        (None, None) => conflict("is not halted"),
        (Some(_), Some(_)) => conflict("is halted already; `unblock` it first"),
        (Some(reason), None) if reason.trim().is_empty() => Err(refuse(
            RefusalCode::ReasonMissing,
            format!("say with `--reason` why step `{key}` is halted"),
        )),
        (Some(reason), None) => {
            let ended = matches!(
                record::status(&state.document, &key),
                StepStatus::Complete | StepStatus::Skipped
            );
            if ended {
                return conflict("has ended; there is nothing to halt");
            }
            let by = &scene.event.by.name;
            let entry = json!({"reason": reason, "at": scene.event.at, "by": by});
            record::set(&mut state.document, &key, &[("blocked", entry)]);
            record::list(&mut state.document, "open_findings")?.push(finding(reason));
            Ok(())
        }
        (None, Some(entry)) => {
            free(scene, state, &key);
            if let Some(step) = record::step_mut(&mut state.document, &key) {
                step.shift_remove("blocked");
            }
            let gone = finding(record::why_blocked(&entry).unwrap_or_default());
            let findings = record::list(&mut state.document, "open_findings")?;
            findings.retain(|finding| *finding != gone);
            Ok(())
        }
    }
}

/// What the circuit breaker counted on a step no longer counts.
fn free(scene: Scene<'_>, state: &mut RunState, key: &str) {
    for node in plan::nodes_of_step(scene.graph, key) {
        breaker::reset(scene.graph, state, node);
    }
}
