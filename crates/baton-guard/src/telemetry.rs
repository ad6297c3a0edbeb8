//! `session-telemetry`: when sessions begin and end, what stands at their beginning, and whether
//! prompts hold signals that something is wrong. Prompts themselves are never written down.

mod summary;

use std::fmt::Write as _;

use serde_json::Value;

use crate::answer::{Answer, Ruling};
use crate::covered::quoted;
use crate::environment::{Variables, is_on, set};
use crate::event::Event;
use crate::hook::{Log, Record, Reply};
use crate::payload::Payload;
use crate::prompts::{Signal, signals};

pub use summary::{Surroundings, summary};

/// What the environment wants of the telemetry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a variable of the environment"
)]
pub struct Settings {
    /// Whether it does nothing.
    pub is_off: bool,
    /// Whether prompts are looked at and what is noticed is written down.
    pub governs: bool,
    /// Whether sessions are written down.
    pub logs: bool,
    /// The level as logs have it.
    pub level: String,
    /// Whether a prompt with a signal is refused.
    pub blocks: bool,
    /// What of the variables cannot be followed.
    pub notes: Vec<String>,
}

/// Reads the variables `SKIP_SESSION_TELEMETRY`, `SKIP_GOVERNANCE_AUDIT`, `SKIP_LOGGING`,
/// `GOVERNANCE_LEVEL`, `BLOCK_ON_THREAT` and `LOG_LEVEL`.
pub fn settings(variables: Variables<'_>) -> Settings {
    let level = set(variables, "GOVERNANCE_LEVEL").unwrap_or_else(|| "standard".to_owned());
    let level = level.to_ascii_lowercase();
    let is_strict = level == "strict" || level == "locked";
    let mut notes = Vec::new();
    if !is_strict && level != "standard" && level != "open" {
        notes.push(format!(
            "GOVERNANCE_LEVEL is `{}`, not `standard`, `strict` or `locked`; `standard` holds",
            quoted(&level)
        ));
    }
    let is_quiet = set(variables, "LOG_LEVEL").is_some_and(|level| {
        ["off", "none"]
            .iter()
            .any(|off| level.eq_ignore_ascii_case(off))
    });
    Settings {
        is_off: is_on(variables, "SKIP_SESSION_TELEMETRY"),
        governs: !is_on(variables, "SKIP_GOVERNANCE_AUDIT"),
        logs: !is_on(variables, "SKIP_LOGGING") && !is_quiet,
        level: quoted(&level),
        blocks: is_strict || is_on(variables, "BLOCK_ON_THREAT"),
        notes,
    }
}

/// Does what an event asks for. `surroundings` is looked at when a session begins, `audit`, what
/// the log of governance holds, when one ends.
pub fn observe(
    payload: &Payload,
    settings: &Settings,
    (surroundings, audit): (&dyn Fn() -> Surroundings, &dyn Fn() -> String),
) -> Reply {
    if settings.is_off {
        return Reply::silent();
    }
    let mut reply = match payload.event.unwrap_or(Event::SessionStart) {
        Event::SessionStart => begun(payload, settings, &surroundings()),
        Event::UserPromptSubmit => prompted(payload, settings),
        Event::Stop | Event::SessionEnd if payload.is_continuing => Reply::silent(),
        Event::Stop | Event::SessionEnd => ended(settings, audit),
        _ => Reply::silent(),
    };
    reply.notes.extend(settings.notes.iter().cloned());
    reply
}

fn begun(payload: &Payload, settings: &Settings, surroundings: &Surroundings) -> Reply {
    let cwd = payload.cwd.as_deref().map(quoted).unwrap_or_default();
    let mut records = Vec::new();
    if settings.governs {
        let record = Record::of(Log::Governance, "session_start");
        let record = record.with("governance_level", settings.level.as_str());
        records.push(record.with("cwd", cwd.as_str()));
    }
    if settings.logs {
        let record = Record::of(Log::Session, "sessionStart").with("cwd", cwd);
        let source = payload.source.as_deref().map(quoted);
        records.push(match source {
            Some(source) => record.with("source", source),
            None => record,
        });
    }
    let summary = summary(surroundings);
    Reply {
        answer: Answer {
            context: Some(summary.clone()),
            ..Answer::saying(summary)
        },
        records,
        notes: Vec::new(),
    }
}

fn prompted(payload: &Payload, settings: &Settings) -> Reply {
    let mut records = Vec::new();
    if settings.logs {
        records.push(Record::of(Log::Prompts, "userPromptSubmitted"));
    }
    let prompt = payload.prompt.as_deref().unwrap_or("");
    let found = if settings.governs {
        signals(prompt)
    } else {
        Vec::new()
    };
    if !settings.governs || found.is_empty() {
        if settings.governs {
            let record = Record::of(Log::Governance, "prompt_scanned");
            let record = record.with("governance_level", settings.level.as_str());
            records.push(record.with("status", "clean"));
        }
        return Reply {
            records,
            ..Reply::default()
        };
    }
    let worst = found.iter().map(|signal| signal.weight).fold(0.0, f64::max);
    let threats: Vec<Value> = found.iter().map(Signal::described).collect();
    records.push(
        Record::of(Log::Governance, "threat_detected")
            .with("governance_level", settings.level.as_str())
            .with("threat_count", found.len())
            .with("max_severity", worst)
            .with("threats", threats),
    );
    let told = told(&found, settings);
    let answer = if settings.blocks {
        Answer {
            message: Some(told.clone()),
            ..Answer::ruling(Ruling::Refuse(told))
        }
    } else {
        Answer::saying(told)
    };
    Reply {
        answer,
        records,
        notes: Vec::new(),
    }
}

fn told(found: &[Signal], settings: &Settings) -> String {
    let count = found.len();
    let noun = if count == 1 { "signal" } else { "signals" };
    let begin = if settings.blocks {
        "session-telemetry refused the prompt"
    } else {
        "session-telemetry noticed something in the prompt"
    };
    let mut told = format!("{begin}: {count} {noun}");
    for signal in found {
        let (category, weight) = (signal.category, signal.weight);
        let _ = write!(told, "\n[{category} {weight}] {}", signal.description);
    }
    told
}

/// Counts what was written down since the session began.
fn ended(settings: &Settings, audit: &dyn Fn() -> String) -> Reply {
    let mut reply = Reply::silent();
    if settings.governs {
        let text = audit();
        let events: Vec<Option<Value>> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| serde_json::from_str(line).ok())
            .collect();
        let is = |line: &Option<Value>, event: &str| {
            let event_of = line.as_ref().and_then(|line| line.get("event")?.as_str());
            event_of == Some(event)
        };
        let start = events.iter().rposition(|line| is(line, "session_start"));
        let since = events.get(start.unwrap_or(0)..).unwrap_or_default();
        let threats = since.iter().filter(|line| is(line, "threat_detected"));
        let threats = threats.count();
        reply.records.push(
            Record::of(Log::Governance, "session_end")
                .with("total_events", since.len())
                .with("threats_detected", threats),
        );
        if threats > 0 {
            let noun = if threats == 1 { "prompt" } else { "prompts" };
            let said = format!(
                "session-telemetry: {threats} {noun} of this session held signals; \
                 logs/copilot/governance/audit.log tells which"
            );
            reply.answer.message = Some(said);
        }
    }
    if settings.logs {
        reply.records.push(Record::of(Log::Session, "sessionEnd"));
    }
    reply
}

#[cfg(test)]
mod tests;
