//! What a host sends to a hook: one JSON object, in the words of one of five dialects.
//!
//! Reading never panics. What a field says is read in every spelling; where two spellings say
//! different things about a tool, each is a call of its own, so that none hides behind another.

mod fields;
mod outcome;

use serde_json::{Map, Value};

use crate::call::ToolCall;
use crate::dialect::{Dialect, Host};
use crate::event::Event;
use crate::tools::class_of;

use fields::{all, flag, object, text};
pub use outcome::Outcome;

/// The most bytes of a payload that are read.
pub const LIMIT: usize = 1024 * 1024;

/// How often text that holds JSON is taken for that JSON.
const WRAPPINGS: usize = 3;

/// What a host says.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// In whose words.
    pub dialect: Dialect,
    /// The point of the session, when the payload names it.
    pub event: Option<Event>,
    /// The folder the agent works in.
    pub cwd: Option<String>,
    /// The file with what was said so far, that of a subagent first.
    pub transcripts: Vec<String>,
    /// The tool.
    pub tool: Option<String>,
    /// What the tool is to do: one call, unless spellings contradict each other.
    pub calls: Vec<ToolCall>,
    /// How using the tool ended.
    pub outcome: Outcome,
    /// What a person wrote.
    pub prompt: Option<String>,
    /// Where a session comes from, which only its beginning says.
    pub source: Option<String>,
    /// Whether the agent goes on because a hook told it to.
    pub is_continuing: bool,
    /// Every name that another agent goes by.
    pub subagent: Vec<String>,
    /// What the other agent answered.
    pub response: Option<String>,
}

/// Why a payload cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayloadError {
    /// There is none.
    Empty,
    /// It has more bytes than [`LIMIT`].
    TooLarge,
    /// It is no JSON; what is wrong, and where.
    NotJson(String),
    /// It is JSON, but no object.
    NotObject,
}

impl std::fmt::Display for PayloadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PayloadError::Empty => f.write_str("standard input is empty"),
            PayloadError::TooLarge => write!(f, "standard input has more than {LIMIT} bytes"),
            PayloadError::NotJson(why) => write!(f, "standard input is no JSON: {why}"),
            PayloadError::NotObject => f.write_str("standard input is no JSON object"),
        }
    }
}

impl std::error::Error for PayloadError {}

/// Reads what a host sent.
pub fn read(bytes: &[u8], host: Host) -> Result<Payload, PayloadError> {
    if bytes.len() > LIMIT {
        return Err(PayloadError::TooLarge);
    }
    // PowerShell writes a mark in front of what it pipes.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(PayloadError::Empty);
    }
    match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Object(payload)) => Ok(of(&payload, host)),
        Ok(_) => Err(PayloadError::NotObject),
        Err(error) => Err(PayloadError::NotJson(what_is_wrong(&error))),
    }
}

/// What an error says without quoting what stands there.
fn what_is_wrong(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    let what = match error.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        _ => "it cannot be read",
    };
    format!("{what}, line {line}, column {column}")
}

fn of(payload: &Map<String, Value>, host: Host) -> Payload {
    let dialect = Dialect::of(payload, host);
    let event = text(payload, &["hookEventName", "hook_event_name", "eventName"]);
    let event = event.map(|name| Event::named(&name));
    let calls = calls(payload);
    let subagent = all(
        payload,
        &[
            "agentName",
            "agent_name",
            "agentType",
            "agent_type",
            "subagentName",
            "subagent_name",
            "agentDisplayName",
            "agent_display_name",
        ],
    );
    let response = all(
        payload,
        &[
            "last_assistant_message",
            "lastAssistantMessage",
            "response",
            "output",
        ],
    );
    let transcripts = all(
        payload,
        &[
            "agent_transcript_path",
            "agentTranscriptPath",
            "transcript_path",
            "transcriptPath",
        ],
    );
    Payload {
        dialect,
        event: event.or_else(|| guessed(payload)),
        cwd: text(payload, &["cwd"]),
        transcripts: transcripts.into_iter().filter_map(string).collect(),
        tool: calls.first().map(|call| call.name.clone()),
        calls,
        outcome: outcome::of(payload, event),
        prompt: text(payload, &["prompt", "userMessage", "user_message"]),
        source: text(payload, &["source"]),
        is_continuing: flag(payload, &["stop_hook_active", "stopHookActive"]),
        subagent: subagent.into_iter().filter_map(string).collect(),
        response: response.into_iter().find_map(answer),
    }
}

/// The event that fields tell of which belong to one alone.
fn guessed(payload: &Map<String, Value>) -> Option<Event> {
    let has = |names: &[&str]| names.iter().any(|name| payload.contains_key(*name));
    if has(&["toolResult", "tool_result", "tool_response"]) {
        return Some(Event::PostToolUse);
    }
    if has(&["subagentName", "agentName", "agent_name"]) {
        let is_done = has(&["response", "output", "last_assistant_message", "stopReason"]);
        return Some(if is_done {
            Event::SubagentStop
        } else {
            Event::SubagentStart
        });
    }
    if has(&["toolName", "tool_name"]) {
        let failed = has(&["error"]) && !has(&["toolInput"]);
        return Some(if failed {
            Event::PostToolUseFailure
        } else {
            Event::PreToolUse
        });
    }
    if has(&["prompt", "userMessage"]) {
        return Some(Event::UserPromptSubmit);
    }
    if has(&["source", "initialPrompt", "initial_prompt"]) {
        return Some(Event::SessionStart);
    }
    let stops = [
        "stop_hook_active",
        "stopReason",
        "stop_reason",
        "transcriptPath",
    ];
    if has(&stops) {
        return Some(Event::Stop);
    }
    has(&["reason"]).then_some(Event::SessionEnd)
}

/// What the tool is to do, in every spelling.
fn calls(payload: &Map<String, Value>) -> Vec<ToolCall> {
    let mut names: Vec<String> = Vec::new();
    for name in all(payload, &["tool_name", "toolName"]) {
        let name = string(name.clone()).unwrap_or_else(|| name.to_string());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut arguments: Vec<Value> = Vec::new();
    for value in all(
        payload,
        &["tool_input", "toolInput", "toolArgs", "tool_args"],
    ) {
        let value = decoded(value);
        if !arguments.contains(&value) {
            arguments.push(value);
        }
    }
    if names.is_empty() && arguments.is_empty() {
        return Vec::new();
    }
    if names.is_empty() {
        names.push("unknown".to_owned());
    }
    if arguments.is_empty() {
        arguments.push(Value::Null);
    }
    let cwd = text(payload, &["cwd"]);
    let pairs = names
        .iter()
        .flat_map(|name| arguments.iter().map(move |arguments| (name, arguments)));
    let call = |(name, arguments): (&String, &Value)| ToolCall {
        name: name.clone(),
        class: class_of(name),
        arguments: arguments.clone(),
        cwd: cwd.clone(),
    };
    pairs.map(call).collect()
}

/// Text that holds an object or a list is that.
fn decoded(value: Value) -> Value {
    let mut value = value;
    for _ in 0..WRAPPINGS {
        let Value::String(text) = &value else { break };
        match serde_json::from_str::<Value>(text) {
            Ok(inner @ (Value::Object(_) | Value::Array(_) | Value::String(_))) => value = inner,
            Ok(_) | Err(_) => break,
        }
    }
    value
}

fn string(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// What an agent answered: a text, or the JSON it is.
fn answer(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Null => None,
        other => {
            let inner =
                object(&other).and_then(|inner| text(inner, &["text", "content", "output"]));
            Some(inner.unwrap_or_else(|| other.to_string()))
        }
    }
}

#[cfg(test)]
mod tests;
