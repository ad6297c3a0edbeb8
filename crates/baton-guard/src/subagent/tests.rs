//! What is said of answers of other agents.

use serde_json::json;

use super::validate;
use crate::answer::Ruling;
use crate::dialect::Host;
use crate::hook::Reply;
use crate::payload;

fn said(agent: &str, answer: &str, strict: bool) -> Reply {
    let text = json!({"hook_event_name": "SubagentStop", "agent_type": agent,
        "last_assistant_message": answer});
    let payload = payload::read(text.to_string().as_bytes(), Host::Auto).unwrap();
    validate(&payload, strict, &|_| None)
}

#[test]
fn answers_are_held_against_what_callers_count_on() {
    let long = "x".repeat(100);
    for (agent, answer, part) in [
        ("10-Challenger", "{\"findings\": []}", Some("empty list")),
        ("10-Challenger", "{\"findings\": [{\"id\": 1}]}", None),
        (
            "10-Challenger",
            "Here:\n```json\n{\"findings\": [1]}\n```\n",
            None,
        ),
        ("10-Challenger", "The review: {\"findings\": [1]}.", None),
        (
            "10-Challenger",
            "{\"findings\": [], \"risk_level\": \"None\"}",
            Some("no risk"),
        ),
        (
            "10-Challenger",
            "{\"issues\": []}",
            Some("no list `findings`"),
        ),
        ("10-Challenger", "All is well.", Some("no JSON")),
        ("10-Challenger", "", Some("no JSON")),
        ("bicep-validate-subagent", "APPROVED", None),
        ("bicep-validate-subagent", "Verdict: NEEDS_REVISION.", None),
        (
            "bicep-validate-subagent",
            "It is approved",
            Some("no verdict"),
        ),
        ("bicep-validate-subagent", "PASSABLE", Some("no verdict")),
        ("06-Bicep-CodeGen", "", Some("answered nothing")),
        ("tf-lint-subagent", " \n", Some("answered nothing")),
        ("Plan", "", None),
        ("Plan", "done", Some("4 characters")),
        ("Plan", &long, None),
    ] {
        let reply = said(agent, answer, false);
        assert_eq!(reply.answer.ruling, Ruling::None, "{agent} {answer}");
        let message = reply.answer.message;
        match part {
            None => assert_eq!(message, None, "{agent} {answer}"),
            Some(part) => {
                let message = message.unwrap_or_default();
                assert!(message.contains(part), "{agent} {answer}: {message}");
            }
        }
    }
}

#[test]
fn the_strict_mode_sends_the_agent_back_once() {
    let reply = said("challenger", "no", true);
    assert!(matches!(reply.answer.ruling, Ruling::KeepGoing(_)));
    let again = json!({"hook_event_name": "SubagentStop", "agent_type": "challenger",
        "stop_hook_active": true, "last_assistant_message": "no"});
    let payload = payload::read(again.to_string().as_bytes(), Host::Auto).unwrap();
    let reply = validate(&payload, true, &|_| None);
    assert_eq!(reply.answer.ruling, Ruling::None);
    assert!(reply.answer.message.is_some());
    // What is as it should be sends nobody back.
    let fine = said(
        "challenger",
        "{\"findings\": [], \"risk_level\": \"none\"}",
        true,
    );
    assert_eq!(fine.answer.ruling, Ruling::None);
}

#[test]
fn the_transcript_stands_in_for_the_answer() {
    let text = json!({"hookEventName": "SubagentStop", "agent_type": "challenger",
        "transcript_path": "t.jsonl"});
    let payload = payload::read(text.to_string().as_bytes(), Host::Auto).unwrap();
    let line = r#"{"role": "assistant", "content": "{\"findings\": []}"}"#;
    let reply = validate(&payload, false, &|path| {
        (path == "t.jsonl").then(|| line.to_owned())
    });
    assert!(reply.answer.message.unwrap().contains("empty list"));
    let reply = validate(&payload, false, &|_| None);
    assert_eq!(reply.answer.message, None);
    assert_eq!(reply.notes.len(), 1);
}
