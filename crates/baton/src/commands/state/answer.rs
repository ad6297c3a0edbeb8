//! What is said about a change or a question: one JSON document, or lines for people.

use anyhow::Result;
use baton_flow::{Effect, Recorded, RefusalCode};
use serde_json::{Map, Value, json};

use super::super::print;
use crate::exit::{Verdict, explain, say};
use crate::terminal::{Terminal, harmless};

/// What is said.
pub(super) struct Answer {
    /// For programs.
    pub(super) json: Value,
    /// For people, on standard output.
    pub(super) lines: Vec<String>,
    /// For people, on standard error.
    pub(super) notes: Vec<String>,
    /// How the command ends.
    pub(super) verdict: Verdict,
}

/// What kind of change was asked for and is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: RefusalCode,
    pub(super) reason: String,
}

impl Answer {
    /// An answer to a command that did what was asked.
    pub(super) fn new(json: Value, lines: Vec<String>) -> Answer {
        Answer {
            json,
            lines,
            notes: Vec::new(),
            verdict: Verdict::Clean,
        }
    }

    /// The same with things people should know; programs find them as `warnings`.
    pub(super) fn warn(mut self, warnings: &[String]) -> Answer {
        if let (Value::Object(json), false) = (&mut self.json, warnings.is_empty()) {
            json.insert("warnings".to_owned(), json!(warnings));
        }
        let heading = Terminal::stderr().bold("note:");
        let notes = warnings.iter().map(|note| format!("{heading} {note}"));
        self.notes.extend(notes);
        self
    }

    /// Something could not be done, and nothing was.
    pub(super) fn failure(error: &anyhow::Error) -> Answer {
        let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
        Answer {
            json: json!({"error": "failed", "message": causes.join(": ")}),
            lines: Vec::new(),
            notes: vec![explain(error)],
            verdict: Verdict::Code(1),
        }
    }

    /// A wrong request, with an exit code of its own.
    pub(super) fn wrong(code: u8, message: &str) -> Answer {
        Answer {
            json: json!({"error": "usage", "message": message}),
            lines: Vec::new(),
            notes: vec![error_line(message)],
            verdict: Verdict::Code(code),
        }
    }

    /// A refusal; `more` is what programs want to know of it.
    pub(super) fn refused(refusal: &Refusal, more: Map<String, Value>) -> Answer {
        let mut json = Map::new();
        json.insert("error".to_owned(), json!(name(refusal.code)));
        json.insert("message".to_owned(), json!(refusal.reason));
        json.extend(more);
        Answer {
            json: Value::Object(json),
            lines: Vec::new(),
            notes: vec![error_line(&refusal.reason)],
            verdict: Verdict::Code(refusal.code.exit()),
        }
    }

    /// Says it.
    pub(super) fn give(self, as_json: bool) -> Result<Verdict> {
        if as_json {
            let text = serde_json::to_string_pretty(&self.json)?;
            print(|out| writeln!(out, "{text}"))?;
            return Ok(self.verdict);
        }
        print(|out| {
            for line in &self.lines {
                writeln!(out, "{}", harmless(line))?;
            }
            Ok(())
        })?;
        for note in &self.notes {
            say(note);
        }
        Ok(self.verdict)
    }
}

fn error_line(message: &str) -> String {
    let heading = Terminal::stderr().strong_error("error:");
    format!("{heading} {}", harmless(message))
}

/// The refusal among what came of a change.
pub(super) fn refusal(recorded: &Recorded) -> Option<Refusal> {
    match recorded.effects.first() {
        Some(Effect::Refused { code, reason }) => Some(Refusal {
            code: *code,
            reason: reason.clone(),
        }),
        _ => None,
    }
}

/// What programs call a refusal.
fn name(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::Unknown => "unknown",
        RefusalCode::Conflict => "conflict",
        RefusalCode::ReviewMissing => "challenger_findings_missing",
        RefusalCode::ReasonMissing => "reason_required",
        RefusalCode::NoSuchWay => "no_such_way",
        RefusalCode::Stale => "stale",
        RefusalCode::NotAllowed => "not_allowed",
        RefusalCode::Halted => "halted",
    }
}
