//! What was settled, and the log of decisions with their reasons.

use std::sync::LazyLock;

use baton_repo::graph::ROUTING_DECISION;
use baton_repo::session::StepStatus;
use serde_json::{Value, json};

use super::record::{self, Object};
use super::{Scene, refuse};
use crate::effect::{Effect, RefusalCode};
use crate::event::Command;
use crate::state::RunState;

/// Decisions that only other commands write.
const RESERVED: [(&str, &str); 1] = [("challenger_skip", "--allow-missing-challenger")];

/// Words of one generation and what the schema says instead.
const SYNONYMS: [(&str, &str, &str); 4] = [
    ("complexity", "low", "simple"),
    ("complexity", "medium", "standard"),
    ("complexity", "high", "complex"),
    ("review_depth", "standard", "default"),
];

/// The longest title made from a decision's text.
const TITLE_CHARS: usize = 72;

/// Settles a question. The language that routes stands in two places, which stay in step.
pub(super) fn decide(state: &mut RunState, key: &str, value: &Value) -> Result<(), Effect> {
    let key = key.trim();
    if key.is_empty() {
        let reason = "a decision needs a key";
        return Err(refuse(RefusalCode::Conflict, reason));
    }
    if let Some((_, option)) = RESERVED.iter().find(|(reserved, _)| *reserved == key) {
        let reason = format!("`{key}` is written by `{option}` alone");
        return Err(refuse(RefusalCode::NotAllowed, reason));
    }
    let value = fitting(key, value).map_err(|reason| refuse(RefusalCode::Conflict, reason))?;
    if key == ROUTING_DECISION {
        state.document.insert(key.to_owned(), value.clone());
    }
    let decisions = record::object(&mut state.document, "decisions")?;
    decisions.insert(key.to_owned(), value);
    Ok(())
}

/// The value as the schema spells it; `Err` says what it may be.
fn fitting(key: &str, value: &Value) -> Result<Value, String> {
    let Some(schema) = schema(key) else {
        return Ok(value.clone());
    };
    let kind = schema.get("type").and_then(Value::as_str);
    let value = match (kind, value.as_str()) {
        // A command line has only text.
        (Some("integer"), Some(text)) => text.parse::<i64>().map_or(value.clone(), Value::from),
        (_, Some(text)) => json!(modern(key, text)),
        _ => value.clone(),
    };
    let fits = match kind {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    };
    let kind = kind.unwrap_or_default();
    if !fits {
        return Err(format!(
            "`{key}` takes {} {kind}, not {value}",
            article(kind)
        ));
    }
    let least = schema.get("minimum").and_then(Value::as_i64);
    if least.is_some_and(|least| value.as_i64().is_some_and(|value| value < least)) {
        return Err(format!("`{key}` cannot be {value}"));
    }
    spelled(key, schema, value)
}

/// The word of a closed list that a text means, in any case.
fn spelled(key: &str, schema: &Value, value: Value) -> Result<Value, String> {
    let Some(words) = schema.get("enum").and_then(Value::as_array) else {
        return Ok(value);
    };
    let text = value.as_str().unwrap_or_default();
    let mut known = words.iter().filter_map(Value::as_str);
    if let Some(word) = known.find(|word| word.eq_ignore_ascii_case(text)) {
        return Ok(json!(word));
    }
    let words = words.iter().filter_map(Value::as_str);
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(|word| format!("`{word}`"))
        .collect();
    Err(format!(
        "`{key}` is one of {}, not `{text}`",
        words.join(", ")
    ))
}

fn modern<'t>(key: &str, text: &'t str) -> &'t str {
    let mut found = SYNONYMS
        .iter()
        .filter(|(of, old, _)| *of == key && old.eq_ignore_ascii_case(text));
    found.next().map_or(text, |(_, _, new)| new)
}

fn article(kind: &str) -> &'static str {
    if kind.starts_with(['a', 'i', 'o']) {
        "an"
    } else {
        "a"
    }
}

/// What the schema says about a decision.
fn schema(key: &str) -> Option<&'static Value> {
    static DECISIONS: LazyLock<Value> = LazyLock::new(|| {
        let text = include_str!("../../../../schemas/session-state.v3.schema.json");
        let schema: Value = serde_json::from_str(text).unwrap_or_default();
        let decisions = schema.pointer("/properties/decisions/properties");
        decisions.cloned().unwrap_or_default()
    });
    DECISIONS.get(key)
}

/// Writes a decision down with its reasons.
pub(super) fn log(scene: Scene<'_>, state: &mut RunState, command: &Command) -> Result<(), Effect> {
    let Command::Log {
        decision,
        rationale,
        step,
        agent,
        title,
    } = command
    else {
        return Ok(());
    };
    if decision.trim().is_empty() {
        let reason = "say with `--decision` what was decided";
        return Err(refuse(RefusalCode::Conflict, reason));
    }
    let key = match step {
        Some(step) => record::key(&state.document, step)?,
        None => current(&state.document),
    };
    let agent = agent.clone().unwrap_or_else(|| {
        let step = record::step(&state.document, &key);
        let agent = step.and_then(|step| record::text(step, "agent"));
        agent.unwrap_or(&scene.event.by.name).to_owned()
    });
    let title = title.clone().unwrap_or_else(|| short(decision));
    let entry = json!({
        "id": next_id(&state.document),
        "step": step_value(&key),
        "agent": agent,
        "title": title,
        "choice": decision,
        "rationale": rationale,
        "timestamp": scene.event.at,
    });
    record::list(&mut state.document, "decision_log")?.push(entry);
    Ok(())
}

/// Writes down that somebody insisted on something, and why.
pub(super) fn note(
    scene: Scene<'_>,
    state: &mut RunState,
    key: &str,
    (title, rationale): (&str, &str),
) -> Result<(), Effect> {
    let entry = json!({
        "id": next_id(&state.document),
        "step": step_value(key),
        "agent": scene.event.by.name,
        "title": title,
        "choice": title,
        "rationale": rationale,
        "timestamp": scene.event.at,
    });
    record::list(&mut state.document, "decision_log")?.push(entry);
    Ok(())
}

/// The step in hand: the one in progress, else what `current_step` says, else the first.
fn current(document: &Object) -> String {
    let keys = record::keys(document);
    let working = |key: &&str| record::status(document, key) == StepStatus::InProgress;
    let number = document.get("current_step").and_then(Value::as_u64);
    let number = number.unwrap_or(0).to_string();
    let found = keys.iter().copied().find(working);
    let found = found.or_else(|| keys.iter().copied().find(|key| *key == number));
    found
        .or_else(|| keys.first().copied())
        .unwrap_or("1")
        .to_owned()
}

/// Whole steps are numbers in the log, the others text.
fn step_value(key: &str) -> Value {
    key.parse::<u32>().map_or_else(|_| json!(key), Value::from)
}

/// The number after the highest one in the log: `D001`, `D002` …
fn next_id(document: &Object) -> String {
    let log = document.get("decision_log").and_then(Value::as_array);
    let ids = log
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.get("id")?.as_str());
    let numbers = ids.filter_map(|id| id.strip_prefix('D')?.parse::<u64>().ok());
    format!("D{:03}", numbers.max().unwrap_or(0).saturating_add(1))
}

/// The first line of a text, cut where it is long.
fn short(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    if line.chars().count() <= TITLE_CHARS {
        return line.to_owned();
    }
    let cut: String = line.chars().take(TITLE_CHARS - 1).collect();
    format!("{}…", cut.trim_end())
}
