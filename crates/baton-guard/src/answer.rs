//! What a host is told: exactly one JSON document, in its own words, and an exit code.
//!
//! Where the dialect is unknown the document says the same in all words at once; hosts pass over
//! keys they do not know. Decisions end with 0, because Copilot takes any other end of a hook for
//! tools as a refusal; a refused prompt ends with 2, the one code that stops it.

use serde_json::{Value, json};

use crate::covered::covered;
use crate::dialect::Dialect;
use crate::event::Event;
use crate::object::Object;

/// What a hook decides.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Ruling {
    /// It has no opinion.
    #[default]
    None,
    /// A person should be asked whether the tool may be used.
    Ask(String),
    /// The tool may not be used.
    Deny(String),
    /// The agent is not done.
    KeepGoing(String),
    /// The prompt is not handed to the agent.
    Refuse(String),
}

/// What a host is told.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// What is decided, and why.
    pub ruling: Ruling,
    /// What the person at the keyboard is shown.
    pub message: Option<String>,
    /// What the agent is told on top.
    pub context: Option<String>,
    /// What else the document holds beside a decision about a tool.
    pub extra: Object,
}

/// An answer as it leaves the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The one JSON document, in one line.
    pub document: String,
    /// The exit code.
    pub code: u8,
}

impl Answer {
    /// An answer that says something and decides nothing.
    pub fn saying(message: impl Into<String>) -> Answer {
        Answer {
            message: Some(message.into()),
            ..Answer::default()
        }
    }

    /// An answer that decides.
    pub fn ruling(ruling: Ruling) -> Answer {
        Answer {
            ruling,
            ..Answer::default()
        }
    }

    /// The ruling against what an event is about.
    pub fn against(event: Event, reason: String) -> Answer {
        Answer::ruling(match event {
            Event::PreToolUse | Event::PermissionRequest => Ruling::Deny(reason),
            Event::Stop | Event::SubagentStop => Ruling::KeepGoing(reason),
            Event::UserPromptSubmit => Ruling::Refuse(reason),
            _ => return Answer::saying(reason),
        })
    }

    /// The answer in the words of a host.
    pub fn render(&self, dialect: Dialect, event: Event) -> Rendered {
        let ruled = match &self.ruling {
            Ruling::None => Object::default(),
            Ruling::Ask(reason) => tool("ask", reason, (dialect, event)).and(self.extra.clone()),
            Ruling::Deny(reason) => tool("deny", reason, (dialect, event)).and(self.extra.clone()),
            Ruling::KeepGoing(reason) => keep_going(reason, (dialect, event)),
            Ruling::Refuse(reason) => Object::default()
                .with("decision", "block")
                .with("reason", reason.as_str()),
        };
        let mut told = Object::default();
        if self.ruling == Ruling::None && dialect != Dialect::CopilotCamel {
            told = told.with("continue", true);
        }
        told = told.and(ruled);
        if let Some(message) = &self.message {
            told = told.with("systemMessage", message.as_str());
        }
        if let Some(context) = &self.context {
            if dialect.nests() {
                let inner = Object::default()
                    .with("hookEventName", event.name())
                    .with("additionalContext", context.as_str());
                told = told.with("hookSpecificOutput", inner.into_value());
            }
            if dialect.is_flat() {
                told = told.with("additionalContext", context.as_str());
            }
        }
        let refused = matches!(self.ruling, Ruling::Refuse(_));
        Rendered {
            document: spaced(covered_line(told)),
            code: if refused { 2 } else { 0 },
        }
    }

    /// What people are told on standard error.
    pub fn told(&self) -> Option<String> {
        let reason = match &self.ruling {
            Ruling::None => self.message.as_ref()?,
            Ruling::Ask(reason)
            | Ruling::Deny(reason)
            | Ruling::KeepGoing(reason)
            | Ruling::Refuse(reason) => reason,
        };
        Some(covered(reason).into_owned())
    }
}

/// A plain answer holds nothing of anybody's, so that nothing need be sought in it.
fn covered_line(told: Object) -> String {
    let is_plain = told == Object::default() || told == Object::default().with("continue", true);
    if is_plain {
        return told.line();
    }
    told.covered().line()
}

/// Tests of the family look for the answer with a space.
fn spaced(line: String) -> String {
    match line.strip_prefix("{\"continue\":true") {
        Some(rest) => format!("{{\"continue\": true{rest}"),
        None => line,
    }
}

/// A decision about a tool.
fn tool(decision: &'static str, reason: &str, (dialect, event): (Dialect, Event)) -> Object {
    if event == Event::PermissionRequest {
        return permission(decision, reason, dialect);
    }
    let mut told = Object::default();
    if dialect.nests() {
        let inner = Object::default()
            .with("hookEventName", Event::PreToolUse.name())
            .with("permissionDecision", decision)
            .with("permissionDecisionReason", reason);
        told = told.with("hookSpecificOutput", inner.into_value());
    }
    if dialect.is_flat() {
        told = told
            .with("permissionDecision", decision)
            .with("permissionDecisionReason", reason);
    }
    told
}

/// A decision where a person is about to be asked anyway.
fn permission(decision: &'static str, reason: &str, dialect: Dialect) -> Object {
    let mut told = Object::default();
    if decision == "ask" {
        return told;
    }
    if dialect.nests() {
        let inner = json!({
            "hookEventName": Event::PermissionRequest.name(),
            "decision": {"behavior": decision, "message": reason},
        });
        told = told.with("hookSpecificOutput", inner);
    }
    if dialect.is_flat() {
        told = told.with("behavior", decision).with("message", reason);
    }
    told
}

/// Has the agent go on. Visual Studio Code looks for it inside when the whole session stops.
fn keep_going(reason: &str, (dialect, event): (Dialect, Event)) -> Object {
    let is_inside = event == Event::Stop && dialect.nests() && dialect != Dialect::Claude;
    let is_outside = event != Event::Stop || dialect != Dialect::VsCode;
    let mut told = Object::default();
    if is_outside {
        told = told.with("decision", "block").with("reason", reason);
    }
    if is_inside {
        let inner: Value = json!({
            "hookEventName": Event::Stop.name(),
            "decision": "block",
            "reason": reason,
        });
        told = told.with("hookSpecificOutput", inner);
    }
    told
}

#[cfg(test)]
mod tests;
