//! Findings that are open, and what is known of reviews.

use serde_json::{Value, json};

use super::{record, refuse};
use crate::effect::{Effect, RefusalCode};
use crate::event::Command;
use crate::state::RunState;

/// Opens findings; those that are open already are added again only in bulk.
pub(super) fn add(state: &mut RunState, texts: &[String], repeat: bool) -> Result<(), Effect> {
    let findings = record::list(&mut state.document, "open_findings")?;
    let before = findings.len();
    for text in texts {
        if text.trim().is_empty() {
            let reason = "a finding without text says nothing";
            return Err(refuse(RefusalCode::Conflict, reason));
        }
        if repeat || !findings.iter().any(|finding| says(finding, text)) {
            findings.push(json!(text));
        }
    }
    if findings.len() == before {
        let reason = "nothing was added: it is open already";
        return Err(refuse(RefusalCode::Conflict, reason));
    }
    Ok(())
}

/// Takes a finding away.
pub(super) fn remove(state: &mut RunState, text: &str) -> Result<(), Effect> {
    let findings = record::list(&mut state.document, "open_findings")?;
    let found = findings.iter().position(|finding| says(finding, text));
    let Some(found) = found else {
        let reason = format!("no open finding says `{text}`");
        return Err(refuse(RefusalCode::Unknown, reason));
    };
    findings.remove(found);
    Ok(())
}

/// Whether a finding, in the form of today or of older files, says something.
fn says(finding: &Value, text: &str) -> bool {
    let words = ["text", "message", "title", "last_error"].into_iter();
    let mut words = words.filter_map(|word| finding.get(word)?.as_str());
    finding.as_str() == Some(text) || words.any(|word| word == text)
}

/// Writes down which reviews of a step were planned, carried out and left out.
pub(super) fn audit(state: &mut RunState, command: &Command) -> Result<(), Effect> {
    let Command::AuditReview {
        step,
        complexity,
        passes_planned,
        passes_executed,
        models,
        skipped,
        skip_reasons,
    } = command
    else {
        return Ok(());
    };
    let key = record::key(&state.document, step)?;
    let all = record::object(&mut state.document, "review_audit")?;
    let entry = record::object(all, &format!("step_{key}"))?;
    for (name, value) in [
        ("complexity", complexity.as_ref().map(|word| json!(word))),
        ("passes_planned", passes_planned.map(Value::from)),
        ("passes_executed", passes_executed.map(Value::from)),
    ] {
        let unset = || {
            json!(if name == "complexity" {
                json!("")
            } else {
                json!(0)
            })
        };
        match value {
            Some(value) => drop(entry.insert(name.to_owned(), value)),
            None => drop(entry.entry(name).or_insert_with(unset)),
        }
    }
    let once = |list: &mut Vec<Value>, texts: &[String]| {
        for text in texts {
            // Older files hold numbers where today's hold text.
            let number: Option<i64> = text.parse().ok();
            let is_known = |known: &Value| {
                known == text.as_str() || number.is_some_and(|number| known == number)
            };
            if !list.iter().any(is_known) {
                list.push(json!(text));
            }
        }
    };
    once(record::list(entry, "skipped")?, skipped);
    let reasons = record::list(entry, "skip_reasons")?;
    reasons.extend(skip_reasons.iter().map(|reason| json!(reason)));
    once(record::list(entry, "models_used")?, models);
    Ok(())
}
