//! What the guardian tells and writes down.

use serde_json::json;

use super::{guard, settings};
use crate::answer::Ruling;
use crate::call::ToolCall;
use crate::dialect::Host;
use crate::payload::{self, Payload};
use crate::policy::{Mode, Policy};
use crate::verdict::{Decision, Severity, Threat, Verdict};

const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

fn payload(text: &str) -> Payload {
    payload::read(text.as_bytes(), Host::Auto).unwrap()
}

fn command(command: &str) -> Payload {
    payload(&json!({"tool_name": "Bash", "tool_input": {"command": command}}).to_string())
}

/// What is against every command that begins with its decision.
fn judge(call: &ToolCall, policy: &Policy) -> Verdict {
    let command = call.arguments.get("command").and_then(|it| it.as_str());
    let command = command.unwrap_or("");
    let decision = match command.split(' ').next() {
        Some("deny") => Decision::Deny,
        Some("ask") => Decision::Ask,
        _ => Decision::Allow,
    };
    let category = if command.contains(".github/hooks") {
        "self_protection"
    } else {
        "infra_destruction"
    };
    let threat = Threat {
        rule: "a-rule".to_owned(),
        category: category.to_owned(),
        severity: Severity::Critical,
        decision,
        matched: command.to_owned(),
        advice: "Preview it.".to_owned(),
    };
    let found = decision != Decision::Allow;
    Verdict {
        decision: match policy.mode {
            Mode::Warn => Decision::Allow,
            Mode::Block => decision,
        },
        threats: found.then_some(threat).into_iter().collect(),
        allowed_by: command.starts_with("allowed").then(|| "allowed".to_owned()),
    }
}

fn lines(reply: &crate::Reply) -> Vec<String> {
    let lines = reply.records.iter().map(|record| record.line("T"));
    lines.collect()
}

#[test]
fn what_is_decided_is_told_and_written_down() {
    let usual = settings(&|_| None);
    for (text, event) in [
        ("ls", "guard_passed"),
        ("allowed x", "guard_skipped"),
        ("ask x", "threats_detected"),
        ("deny x", "threats_detected"),
    ] {
        let reply = guard(&command(text), &usual, &judge).unwrap();
        let found = lines(&reply);
        assert_eq!(found.len(), 1);
        let start = format!("{{\"timestamp\":\"T\",\"event\":\"{event}\"");
        assert!(found.first().unwrap().starts_with(&start), "{found:?}");
    }
    let reply = guard(&command("deny x"), &usual, &judge).unwrap();
    let Ruling::Deny(reason) = &reply.answer.ruling else {
        panic!("{reply:?}");
    };
    for part in [
        "`Bash`",
        "1 threat",
        "[critical] infra_destruction: deny x — Preview it.",
        "GUARD_MODE",
    ] {
        assert!(reason.contains(part), "{reason}");
    }
    assert_eq!(reply.answer.extra.get("threatCount"), Some(&json!(1)));
    assert_eq!(
        reply.answer.extra.get("hook"),
        Some(&json!("tool-guardian"))
    );
}

#[test]
fn edits_of_the_guards_own_files_are_written_down_as_such() {
    let edit =
        payload(r#"{"tool_name": "Edit", "tool_input": {"command": "deny .github/hooks/a.json"}}"#);
    let reply = guard(&edit, &settings(&|_| None), &judge).unwrap();
    let line = lines(&reply).join("");
    assert!(
        line.contains("\"event\":\"self_mod_blocked\",\"tool\":\"Edit\""),
        "{line}"
    );
}

#[test]
fn the_worst_of_contradicting_calls_counts() {
    let both = payload(
        r#"{"tool_name": "Bash", "tool_input": {"command": "ls"}, "toolArgs": {"command": "deny"}}"#,
    );
    let reply = guard(&both, &settings(&|_| None), &judge).unwrap();
    assert!(matches!(reply.answer.ruling, Ruling::Deny(_)));
}

#[test]
fn a_warning_lets_the_call_go_ahead() {
    let warns = settings(&|name| (name == "GUARD_MODE").then(|| "warn".to_owned()));
    let reply = guard(&command("deny x"), &warns, &judge).unwrap();
    assert_eq!(reply.answer.ruling, Ruling::None);
    assert!(reply.answer.message.is_some());
    assert!(
        lines(&reply)
            .join("")
            .contains("\"event\":\"threats_detected\",\"mode\":\"warn\"")
    );
}

#[test]
fn the_guard_can_be_switched_off() {
    let off = settings(&|name| (name == "SKIP_TOOL_GUARD").then(|| "true".to_owned()));
    let reply = guard(&command("deny x"), &off, &judge).unwrap();
    assert_eq!(reply, crate::Reply::silent());
}

#[test]
fn what_cannot_be_followed_makes_the_guard_stricter() {
    let odd = settings(&|name| match name {
        "GUARD_MODE" => Some("wran".to_owned()),
        "GUARD_SEVERITY" => Some("severe".to_owned()),
        "TOOL_GUARD_ALLOWLIST" => Some("terraform plan, $X, a && b".to_owned()),
        _ => None,
    });
    assert_eq!(odd.policy.mode, Mode::Block);
    assert_eq!(odd.policy.threshold, Severity::Medium);
    assert_eq!(odd.policy.allow.len(), 1);
    assert_eq!(odd.notes.len(), 4);
}

#[test]
fn a_payload_about_no_tool_is_an_error_only_where_one_is_due() {
    let usual = settings(&|_| None);
    assert!(guard(&payload("{}"), &usual, &judge).is_err());
    assert!(
        guard(
            &payload(r#"{"hook_event_name": "PreToolUse"}"#),
            &usual,
            &judge
        )
        .is_err()
    );
    assert!(guard(&payload(r#"{"hook_event_name": "Stop"}"#), &usual, &judge).is_ok());
}

#[test]
fn no_secret_is_told_or_written_down() {
    let usual = settings(&|_| None);
    for text in [
        format!("deny {TOKEN}"),
        format!("deny {TOKEN} # gitleaks:allow"),
    ] {
        let reply = guard(&command(&text), &usual, &judge).unwrap();
        assert!(!lines(&reply).join("").contains(TOKEN));
        let rendered = reply
            .answer
            .render(crate::Dialect::Unknown, crate::Event::PreToolUse);
        assert!(!rendered.document.contains(TOKEN));
    }
    let named = payload(&json!({"tool_name": TOKEN, "tool_input": {}}).to_string());
    let reply = guard(&named, &usual, &judge).unwrap();
    assert!(!lines(&reply).join("").contains(TOKEN));
}
