//! How using a tool ended. Hosts say so in many ways, and one sign of failure is enough.

use serde_json::{Map, Value};

use super::fields::all;
use crate::event::Event;

/// How using a tool ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As it should.
    Success,
    /// In some other way.
    Failure,
    /// Nothing says how.
    Unknown,
}

impl Outcome {
    /// Its word in logs.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Success => "success",
            Outcome::Failure => "failure",
            Outcome::Unknown => "unknown",
        }
    }
}

/// How using a tool ended; `event` is what the payload itself calls the event.
pub(super) fn of(payload: &Map<String, Value>, event: Option<Event>) -> Outcome {
    if event == Some(Event::PostToolUseFailure) || is_filled(payload.get("error")) {
        return Outcome::Failure;
    }
    let results = all(
        payload,
        &["toolResult", "tool_result", "tool_response", "toolResponse"],
    );
    let mut signs: Vec<Outcome> = vec![signs(payload)];
    signs.extend(results.iter().map(|result| match result {
        Value::Object(result) => self::signs(result),
        _ => Outcome::Unknown,
    }));
    if signs.contains(&Outcome::Failure) {
        return Outcome::Failure;
    }
    // Hosts run this hook for tools that did their work, and have another for those that did not.
    let is_told = signs.contains(&Outcome::Success) || event == Some(Event::PostToolUse);
    if is_told || !results.is_empty() {
        Outcome::Success
    } else {
        Outcome::Unknown
    }
}

fn signs(result: &Map<String, Value>) -> Outcome {
    let kinds = ["resultType", "result_type", "status"];
    let kinds = kinds.iter().filter_map(|name| result.get(*name)?.as_str());
    let kinds: Vec<bool> = kinds.filter_map(is_success).collect();
    let told = |name: &str, good: bool| result.get(name)?.as_bool().map(|value| value == good);
    let flags = [
        told("success", true),
        told("is_error", false),
        told("isError", false),
        told("interrupted", false),
    ];
    let codes = ["exitCode", "exit_code"];
    let codes = codes.iter().filter_map(|name| result.get(*name)?.as_i64());
    let mut all: Vec<bool> = kinds
        .into_iter()
        .chain(flags.into_iter().flatten())
        .collect();
    all.extend(codes.map(|code| code == 0));
    if is_filled(result.get("error")) {
        all.push(false);
    }
    if all.contains(&false) {
        Outcome::Failure
    } else if all.is_empty() {
        Outcome::Unknown
    } else {
        Outcome::Success
    }
}

/// What a word says, unless it is about something else, such as an answer of the web.
fn is_success(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "success" | "succeeded" | "ok" | "completed" => Some(true),
        "failure" | "failed" | "error" | "denied" | "rejected" | "timeout" | "cancelled"
        | "canceled" | "aborted" => Some(false),
        _ => None,
    }
}

fn is_filled(error: Option<&Value>) -> bool {
    match error {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Object(fields)) => !fields.is_empty(),
        Some(_) => true,
    }
}
