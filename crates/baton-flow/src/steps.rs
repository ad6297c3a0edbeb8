//! Steps and decisions as the session's document has them: read, and written in one way.

use serde_json::{Map, Value, json};

use crate::state::RunState;

/// What the document says of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepStatus {
    /// It has not begun, or is to be done anew after a way back.
    Pending,
    /// Somebody works on it, or has to go on.
    InProgress,
    /// It is done.
    Complete,
    /// It was left out.
    Skipped,
}

/// What the document says of a step; a step it does not know has not begun.
pub(crate) fn status(state: &RunState, key: &str) -> StepStatus {
    match field(state, key, "status").and_then(Value::as_str) {
        Some("in_progress") => StepStatus::InProgress,
        Some("complete") => StepStatus::Complete,
        Some("skipped") => StepStatus::Skipped,
        _ => StepStatus::Pending,
    }
}

/// A field of a step.
pub(crate) fn field<'s>(state: &'s RunState, key: &str, field: &str) -> Option<&'s Value> {
    state.document.get("steps")?.get(key)?.get(field)
}

/// Changes what the document says of a step; what has another form than it must have is replaced.
pub(crate) fn edit(state: &mut RunState, key: &str, change: impl FnOnce(&mut Map<String, Value>)) {
    within(&mut state.document, "steps", |steps| {
        within(steps, key, |step| {
            for (field, value) in blank() {
                step.entry(field).or_insert(value);
            }
            change(step);
        });
    });
}

/// Changes an object below a key, which is made when it is not there.
pub(crate) fn within(
    map: &mut Map<String, Value>,
    key: &str,
    change: impl FnOnce(&mut Map<String, Value>),
) {
    let slot = map.entry(key.to_owned()).or_insert(Value::Null);
    if !slot.is_object() {
        *slot = Value::Object(Map::new());
    }
    if let Value::Object(map) = slot {
        change(map);
    }
}

/// Adds texts to a list below a key, each once.
pub(crate) fn add_to_list(map: &mut Map<String, Value>, key: &str, texts: &[String]) {
    let slot = map.entry(key.to_owned()).or_insert(Value::Null);
    if !slot.is_array() {
        *slot = json!([]);
    }
    if let Value::Array(list) = slot {
        for text in texts {
            if !list.iter().any(|item| item.as_str() == Some(text)) {
                list.push(json!(text));
            }
        }
    }
}

/// A decision as text; a name may lead into objects by dots. Empty text is no decision.
///
/// Files of older tools keep some decisions only beside `decisions`, so that place counts too.
pub(crate) fn decision(state: &RunState, name: &str) -> Option<String> {
    let decisions = state.document.get("decisions").and_then(Value::as_object);
    let found = decisions.and_then(|decisions| look_up(decisions, name));
    found
        .and_then(text)
        .or_else(|| look_up(&state.document, name).and_then(text))
}

/// The value below a name, or below the names between its dots.
pub(crate) fn look_up<'m>(map: &'m Map<String, Value>, name: &str) -> Option<&'m Value> {
    if let Some(value) = map.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    look_up(map.get(first)?.as_object()?, rest)
}

/// Makes a step the one in hand: the document counts whole steps only.
pub(crate) fn set_current(state: &mut RunState, key: &str) {
    let number: String = key.chars().take_while(char::is_ascii_digit).collect();
    if let Ok(number) = number.parse::<u8>() {
        let number = json!(number);
        state.document.insert("current_step".to_owned(), number);
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

fn blank() -> [(&'static str, Value); 8] {
    [
        ("name", json!("")),
        ("agent", json!("")),
        ("status", json!("pending")),
        ("sub_step", Value::Null),
        ("started", Value::Null),
        ("completed", Value::Null),
        ("artifacts", json!([])),
        ("context_files_used", json!([])),
    ]
}
