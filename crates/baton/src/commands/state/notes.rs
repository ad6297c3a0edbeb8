//! What is written down: decisions, findings, reviews.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use baton_flow::RefusalCode;
use baton_flow::event::Command as Change;
use serde_json::{Map, Value, json};

use super::super::text_of;
use super::Desk;
use super::answer::{Answer, refusal};
use crate::cli::{AuditArgs, DecideArgs};

/// Records a decision.
pub(super) fn decide(args: DecideArgs) -> Result<Answer> {
    match (&args.key, &args.decision) {
        (Some(_), Some(_)) => Ok(Answer::wrong(1, "give --key or --decision, not both")),
        (None, None) => Ok(Answer::wrong(1, "give --key with --value, or --decision")),
        (Some(key), None) => by_key(key.trim(), &args),
        (None, Some(decision)) => with_reasons(decision.clone(), args),
    }
}

fn by_key(key: &str, args: &DecideArgs) -> Result<Answer> {
    let value = match (&args.value, &args.value_json) {
        (Some(text), _) => json!(text),
        (None, Some(text)) => match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => {
                let message = format!("--value-json is not JSON: {error}");
                return Ok(Answer::wrong(1, &message));
            }
        },
        (None, None) => return Ok(Answer::wrong(1, "--key needs --value or --value-json")),
    };
    let desk = Desk::of(&args.project)?;
    let change = Change::Decide {
        key: key.to_owned(),
        value,
    };
    let recorded = desk.record(&args.project, change)?;
    if let Some(refusal) = refusal(&recorded) {
        return Ok(Answer::refused(&refusal, Map::new()));
    }
    let decisions = recorded.state.document.get("decisions");
    let value = decisions.and_then(|decisions| decisions.get(key));
    let line = format!("{}: {} is {}", args.project, key, plain(value));
    let json = json!({
        "project": args.project,
        "key": key,
        "value": value,
        "timestamp": recorded.state.document.get("updated"),
    });
    Ok(Answer::new(json, vec![line]))
}

fn with_reasons(decision: String, args: DecideArgs) -> Result<Answer> {
    if args.value.is_some() || args.value_json.is_some() {
        return Ok(Answer::wrong(1, "--value belongs to --key"));
    }
    let desk = Desk::of(&args.project)?;
    let change = Change::Log {
        decision,
        rationale: args.rationale.unwrap_or_default(),
        step: args.step,
        agent: args.agent,
        title: args.title,
    };
    let recorded = desk.record(&args.project, change)?;
    if let Some(refusal) = refusal(&recorded) {
        return Ok(Answer::refused(&refusal, Map::new()));
    }
    let log = recorded.state.document.get("decision_log");
    let entry = log.and_then(Value::as_array).and_then(|log| log.last());
    let field = |name: &str| entry.and_then(|entry| entry.get(name));
    let (id, title) = (plain(field("id")), plain(field("title")));
    let line = format!("{}: {id} {title}", args.project);
    let json = json!({"project": args.project, "entry": entry});
    Ok(Answer::new(json, vec![line]))
}

/// Opens or resolves findings.
pub(super) fn finding(
    project: &str,
    (add, remove, many): (Option<String>, Option<String>, Option<PathBuf>),
) -> Result<Answer> {
    if let Some(text) = add {
        return open(project, vec![text], false);
    }
    if let Some(text) = remove {
        return resolve(project, &text);
    }
    let Some(file) = many else {
        let message = "give --add, --remove or --add-many";
        return Ok(Answer::wrong(1, message));
    };
    match texts(&file) {
        Ok(texts) => open(project, texts, true),
        Err(error) => Ok(Answer::wrong(2, &format!("{error:#}"))),
    }
}

/// The texts of findings in a JSON list of text or of objects with `text`.
fn texts(file: &Path) -> Result<Vec<String>> {
    let name = file.display();
    let value: Value =
        serde_json::from_str(&text_of(file)?).with_context(|| format!("{name} is not JSON"))?;
    let items = value
        .as_array()
        .with_context(|| format!("{name} holds no list of findings"))?;
    let texts = items.iter().enumerate().map(|(number, item)| {
        let text = item.as_str().or_else(|| item.get("text")?.as_str());
        let text = text.filter(|text| !text.trim().is_empty());
        let text = text.with_context(|| {
            let number = number + 1;
            format!("finding {number} of {name} is neither text nor an object with `text`")
        });
        text.map(str::to_owned)
    });
    texts.collect()
}

fn open(project: &str, texts: Vec<String>, repeat: bool) -> Result<Answer> {
    let desk = Desk::of(project)?;
    let count = texts.len();
    let told = |added: usize, open: Option<usize>| {
        let line = match added {
            0 => format!("{project}: nothing to add"),
            1 => format!("{project}: one finding is open now"),
            more => format!("{project}: {more} findings are open now"),
        };
        let json = json!({"project": project, "added": added, "open_findings": open});
        Answer::new(json, vec![line])
    };
    if count == 0 {
        let state = desk.state(project)?;
        return Ok(told(0, Some(open_count(&state.document))));
    }
    let recorded = desk.record(project, Change::AddFindings { texts, repeat })?;
    let open = open_count(&recorded.state.document);
    match refusal(&recorded) {
        // It is open already: as it should be.
        Some(refusal) if refusal.code == RefusalCode::Conflict && !repeat && is_list(&recorded) => {
            Ok(told(0, Some(open)))
        }
        Some(refusal) => Ok(Answer::refused(&refusal, Map::new())),
        None => Ok(told(count, Some(open))),
    }
}

fn is_list(recorded: &baton_flow::Recorded) -> bool {
    let findings = recorded.state.document.get("open_findings");
    findings.is_some_and(Value::is_array)
}

fn open_count(document: &Map<String, Value>) -> usize {
    let findings = document.get("open_findings").and_then(Value::as_array);
    findings.map_or(0, Vec::len)
}

fn resolve(project: &str, text: &str) -> Result<Answer> {
    let desk = Desk::of(project)?;
    // A project that is not there is no finding that is not there.
    desk.state(project)?;
    let recorded = desk.record(
        project,
        Change::RemoveFinding {
            text: text.to_owned(),
        },
    )?;
    let open = open_count(&recorded.state.document);
    let told = |removed: bool, line: String| {
        let json = json!({
            "project": project,
            "removed": removed,
            "not_found": !removed,
            "open_findings": open,
        });
        Answer::new(json, vec![line])
    };
    match refusal(&recorded) {
        Some(refusal) if refusal.code == RefusalCode::Unknown => {
            let line = format!("{project}: no open finding says `{text}`");
            Ok(told(false, line))
        }
        Some(refusal) => Ok(Answer::refused(&refusal, Map::new())),
        None => Ok(told(true, format!("{project}: resolved, {open} open"))),
    }
}

/// Notes which reviews of a step were planned, carried out and left out.
pub(super) fn review_audit(args: AuditArgs) -> Result<Answer> {
    let (project, step) = (args.at.project, args.at.step);
    let desk = Desk::of(&project)?;
    let change = Change::AuditReview {
        step: step.clone(),
        complexity: args.complexity,
        passes_planned: args.passes_planned,
        passes_executed: args.passes_executed,
        models: args.model,
        skipped: args.skip,
        skip_reasons: args.skip_reason,
    };
    let recorded = desk.record(&project, change)?;
    if let Some(refusal) = refusal(&recorded) {
        return Ok(Answer::refused(&refusal, Map::new()));
    }
    let document = &recorded.state.document;
    let key = baton_flow::session::key_of(document, &step).unwrap_or(step);
    let name = format!("step_{key}");
    let entry = document.get("review_audit").and_then(|all| all.get(&name));
    let count = |field: &str| plain(entry.and_then(|entry| entry.get(field)));
    let line = format!(
        "{project}: step {key} has {} of {} reviews",
        count("passes_executed"),
        count("passes_planned")
    );
    let json = json!({"project": project, "step": key, "entry": entry});
    Ok(Answer::new(json, vec![line]))
}

/// A value as people read it.
pub(super) fn plain(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "unset".to_owned(),
        Some(Value::String(text)) if text.is_empty() => "empty".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
