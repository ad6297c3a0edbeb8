//! `tool-guardian`: what a tool is about to do is judged, and the judgement told and written down.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::answer::{Answer, Ruling};
use crate::call::{ToolCall, ToolClass};
use crate::covered::quoted;
use crate::environment::{Variables, is_on, list, set};
use crate::event::Event;
use crate::hook::{Hook, Log, Record, Reply};
use crate::object::Object;
use crate::payload::Payload;
use crate::policy::{AllowEntry, Mode, Policy};
use crate::verdict::{Decision, Severity, Threat, Verdict};

/// The rules' family about the guard's own files.
const SELF: &str = "self_protection";

/// What the environment wants of the guardian.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Whether nothing is judged.
    pub is_off: bool,
    /// What is done with what is found.
    pub policy: Policy,
    /// What of the variables cannot be followed.
    pub notes: Vec<String>,
}

/// Reads the variables `SKIP_TOOL_GUARD`, `GUARD_MODE`, `GUARD_SEVERITY` and
/// `TOOL_GUARD_ALLOWLIST`. What cannot be followed makes the guard stricter, never laxer.
pub fn settings(variables: Variables<'_>) -> Settings {
    let mut notes = Vec::new();
    let mode = match set(variables, "GUARD_MODE").map(|mode| mode.to_ascii_lowercase()) {
        None => Mode::Block,
        Some(mode) if mode == "block" => Mode::Block,
        Some(mode) if mode == "warn" => Mode::Warn,
        Some(mode) => {
            notes.push(unknown(
                "GUARD_MODE",
                &mode,
                "`block` or `warn`; `block` holds",
            ));
            Mode::Block
        }
    };
    let threshold = match set(variables, "GUARD_SEVERITY").map(|word| word.to_ascii_lowercase()) {
        None => Severity::Medium,
        Some(word) if word == "any" || word == "medium" => Severity::Medium,
        Some(word) if word == "high" => Severity::High,
        Some(word) if word == "critical" => Severity::Critical,
        Some(word) => {
            let known = "`any`, `high` or `critical`; `any` holds";
            notes.push(unknown("GUARD_SEVERITY", &word, known));
            Severity::Medium
        }
    };
    let mut allow = Vec::new();
    for entry in list(variables, "TOOL_GUARD_ALLOWLIST") {
        match AllowEntry::parse(&entry) {
            Ok(entry) => allow.push(entry),
            Err(why) => notes.push(format!("TOOL_GUARD_ALLOWLIST: {}", quoted(&why))),
        }
    }
    Settings {
        is_off: is_on(variables, "SKIP_TOOL_GUARD"),
        policy: Policy {
            mode,
            threshold,
            allow,
            ..Policy::default()
        },
        notes,
    }
}

fn unknown(variable: &str, value: &str, known: &str) -> String {
    format!("{variable} is `{}`, not {known}", quoted(value))
}

/// Judges what a payload is about; the error says why that cannot be done. `judge` judges one
/// call.
pub fn guard(
    payload: &Payload,
    settings: &Settings,
    judge: &dyn Fn(&ToolCall, &Policy) -> Verdict,
) -> Result<Reply, String> {
    if settings.is_off {
        return Ok(Reply::silent());
    }
    let is_elsewhere = !matches!(
        payload.event,
        Some(Event::PreToolUse | Event::PermissionRequest) | None
    );
    if payload.calls.is_empty() {
        if is_elsewhere {
            return Ok(Reply::silent());
        }
        return Err("the payload names neither a tool nor arguments of one".to_owned());
    }
    let verdicts = payload.calls.iter();
    let verdicts = verdicts.map(|call| (call, judge(call, &settings.policy)));
    let rank = |verdict: &Verdict| (verdict.decision, !verdict.threats.is_empty());
    let worst = verdicts.max_by_key(|(_, verdict)| rank(verdict));
    let Some((call, verdict)) = worst else {
        return Err("the payload names no tool".to_owned());
    };
    let mut reply = reply(call, &verdict, settings);
    reply.notes.extend(settings.notes.iter().cloned());
    Ok(reply)
}

fn reply(call: &ToolCall, verdict: &Verdict, settings: &Settings) -> Reply {
    let mode = match settings.policy.mode {
        Mode::Warn => "warn",
        Mode::Block => "block",
    };
    if verdict.threats.is_empty() {
        return passed(call, verdict, mode);
    }
    let threats: Vec<Value> = verdict.threats.iter().map(described).collect();
    let count = threats.len();
    let own = verdict
        .threats
        .iter()
        .find(|threat| threat.category == SELF);
    let record = match own {
        Some(threat) if call.class == ToolClass::Edit && verdict.decision == Decision::Deny => {
            Record::of(Log::Guard, "self_mod_blocked")
                .with("tool", quoted(&call.name))
                .with("file", quoted(&threat.matched))
        }
        _ => Record::of(Log::Guard, "threats_detected")
            .with("mode", mode)
            .with("tool", quoted(&call.name))
            .with("decision", json!(verdict.decision))
            .with("threat_count", count)
            .with("threats", threats.clone()),
    };
    let told = told(call, verdict);
    let extra = Object::default()
        .with("threatCount", count)
        .with("threats", threats)
        .with("hook", Hook::ToolGuardian.name());
    let answer = match verdict.decision {
        Decision::Allow => Answer::saying(told),
        Decision::Ask => Answer {
            extra,
            ..Answer::ruling(Ruling::Ask(told))
        },
        Decision::Deny => Answer {
            extra,
            ..Answer::ruling(Ruling::Deny(told))
        },
    };
    Reply {
        answer,
        records: vec![record],
        notes: Vec::new(),
    }
}

/// What nothing is known against.
fn passed(call: &ToolCall, verdict: &Verdict, mode: &'static str) -> Reply {
    let name = quoted(&call.name);
    let record = match &verdict.allowed_by {
        Some(entry) => Record::of(Log::Guard, "guard_skipped")
            .with("reason", "allowlisted")
            .with("tool", name)
            .with("entry", quoted(entry)),
        None => Record::of(Log::Guard, "guard_passed")
            .with("mode", mode)
            .with("tool", name),
    };
    Reply {
        records: vec![record],
        ..Reply::default()
    }
}

fn described(threat: &Threat) -> Value {
    json!({
        "rule": threat.rule,
        "category": threat.category,
        "severity": threat.severity,
        "match": quoted(&threat.matched),
        "suggestion": threat.advice,
    })
}

/// What is found, for people and for the agent.
fn told(call: &ToolCall, verdict: &Verdict) -> String {
    let count = verdict.threats.len();
    let noun = if count == 1 { "threat" } else { "threats" };
    let verb = match verdict.decision {
        Decision::Allow => "noticed",
        Decision::Ask => "wants a person to look at",
        Decision::Deny => "blocked",
    };
    let tool = quoted(&call.name);
    let mut told = format!("tool-guardian {verb} `{tool}`: {count} {noun}");
    for threat in &verdict.threats {
        let severity = match threat.severity {
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        };
        let Threat {
            category, advice, ..
        } = threat;
        let matched = quoted(&threat.matched);
        let _ = write!(told, "\n[{severity}] {category}: {matched} — {advice}");
    }
    if verdict.decision == Decision::Deny {
        told.push_str(
            "\nA person can let a command pass with TOOL_GUARD_ALLOWLIST, or have the guard only \
             warn with GUARD_MODE=warn.",
        );
    }
    told
}

#[cfg(test)]
mod tests;
