//! Answers in the words of every host.

use serde_json::{Value, json};

use super::{Answer, Ruling};
use crate::dialect::Dialect;
use crate::event::Event;

const ALL: [Dialect; 6] = [
    Dialect::VsCode,
    Dialect::CopilotCamel,
    Dialect::CopilotPascal,
    Dialect::Claude,
    Dialect::Legacy,
    Dialect::Unknown,
];

fn said(ruling: Ruling, dialect: Dialect, event: Event) -> Value {
    let rendered = Answer::ruling(ruling).render(dialect, event);
    serde_json::from_str(&rendered.document).unwrap()
}

fn deny() -> Ruling {
    Ruling::Deny("no".to_owned())
}

#[test]
fn no_opinion_is_said_in_one_word() {
    for dialect in ALL {
        let rendered = Answer::default().render(dialect, Event::PreToolUse);
        let expected = match dialect {
            Dialect::CopilotCamel => "{}",
            _ => "{\"continue\": true}",
        };
        assert_eq!((rendered.document.as_str(), rendered.code), (expected, 0));
    }
}

#[test]
fn a_tool_is_refused_where_each_host_looks_for_it() {
    let nested = json!({"hookEventName": "PreToolUse", "permissionDecision": "deny",
        "permissionDecisionReason": "no"});
    for dialect in ALL {
        let said = said(deny(), dialect, Event::PreToolUse);
        let is_nested = said.get("hookSpecificOutput") == Some(&nested);
        let is_flat = said.get("permissionDecision") == Some(&json!("deny"))
            && said.get("permissionDecisionReason") == Some(&json!("no"));
        assert_eq!(is_nested, dialect != Dialect::CopilotCamel, "{dialect:?}");
        let reads_inside = matches!(dialect, Dialect::VsCode | Dialect::Claude);
        assert_eq!(is_flat, !reads_inside, "{dialect:?}");
        assert!(said.get("continue").is_none());
    }
}

#[test]
fn an_agent_is_kept_going_where_each_host_looks_for_it() {
    for (dialect, event, outside, inside) in [
        (Dialect::VsCode, Event::Stop, false, true),
        (Dialect::VsCode, Event::SubagentStop, true, false),
        (Dialect::Claude, Event::Stop, true, false),
        (Dialect::Claude, Event::SubagentStop, true, false),
        (Dialect::CopilotCamel, Event::Stop, true, false),
        (Dialect::CopilotPascal, Event::Stop, true, true),
        (Dialect::Unknown, Event::Stop, true, true),
        (Dialect::Unknown, Event::SubagentStop, true, false),
    ] {
        let said = said(Ruling::KeepGoing("more".to_owned()), dialect, event);
        let blocks = |said: &Value| {
            said.get("decision") == Some(&json!("block"))
                && said.get("reason") == Some(&json!("more"))
        };
        assert_eq!(blocks(&said), outside, "{dialect:?} {event:?}");
        let inner = said.get("hookSpecificOutput").is_some_and(blocks);
        assert_eq!(inner, inside, "{dialect:?} {event:?}");
    }
}

#[test]
fn a_prompt_is_refused_by_the_exit_code() {
    for dialect in ALL {
        let answer = Answer::ruling(Ruling::Refuse("no".to_owned()));
        assert_eq!(answer.render(dialect, Event::UserPromptSubmit).code, 2);
        assert_eq!(answer.told().as_deref(), Some("no"));
    }
}

#[test]
fn permission_requests_have_words_of_their_own() {
    let flat = said(deny(), Dialect::CopilotCamel, Event::PermissionRequest);
    assert_eq!(flat, json!({"behavior": "deny", "message": "no"}));
    let nested = said(deny(), Dialect::Claude, Event::PermissionRequest);
    let decision = nested.pointer("/hookSpecificOutput/decision/behavior");
    assert_eq!(decision, Some(&json!("deny")));
    // A person is asked anyway.
    let asked = Ruling::Ask("look".to_owned());
    assert_eq!(
        said(asked, Dialect::Claude, Event::PermissionRequest),
        json!({})
    );
}

#[test]
fn messages_and_context_go_where_they_are_read() {
    for dialect in ALL {
        let answer = Answer {
            context: Some("here".to_owned()),
            ..Answer::saying("look")
        };
        let rendered = answer.render(dialect, Event::SessionStart);
        let said: Value = serde_json::from_str(&rendered.document).unwrap();
        assert_eq!(said.get("systemMessage"), Some(&json!("look")));
        let flat = said.get("additionalContext").is_some();
        let nested = said
            .pointer("/hookSpecificOutput/additionalContext")
            .is_some();
        assert_eq!(flat, dialect.is_flat());
        assert_eq!(nested, dialect.nests());
    }
}

#[test]
fn no_answer_holds_a_secret() {
    let token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    for ruling in [
        Ruling::None,
        Ruling::Ask(token.to_owned()),
        Ruling::Deny(token.to_owned()),
        Ruling::KeepGoing(token.to_owned()),
        Ruling::Refuse(token.to_owned()),
    ] {
        for dialect in ALL {
            let answer = Answer {
                message: Some(token.to_owned()),
                context: Some(format!("{token} # gitleaks:allow")),
                ruling: ruling.clone(),
                ..Answer::default()
            };
            for event in [Event::PreToolUse, Event::Stop] {
                let rendered = answer.render(dialect, event);
                assert!(!rendered.document.contains(token), "{}", rendered.document);
            }
            assert!(answer.told().is_none_or(|told| !told.contains(token)));
        }
    }
}
