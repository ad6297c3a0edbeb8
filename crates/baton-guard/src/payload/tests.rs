//! Payloads in every dialect, and bytes that are none.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{LIMIT, Outcome, PayloadError, read};
use crate::call::ToolClass;
use crate::dialect::{Dialect, Host};
use crate::event::Event;

const DIALECTS: [(&str, Dialect); 5] = [
    ("vscode", Dialect::VsCode),
    ("copilot-camel", Dialect::CopilotCamel),
    ("copilot-pascal", Dialect::CopilotPascal),
    ("claude", Dialect::Claude),
    ("legacy", Dialect::Legacy),
];

fn fixture(dialect: &str, name: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let path = format!("{root}/../../fixtures/guard/payloads/{dialect}/{name}.json");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn payload(value: &Value) -> super::Payload {
    read(value.to_string().as_bytes(), Host::Auto).unwrap()
}

#[test]
fn every_dialect_is_told_by_its_own_words() {
    for (folder, dialect) in DIALECTS {
        for name in ["command", "search", "used", "prompt", "subagent"] {
            let read = read(fixture(folder, name).as_bytes(), Host::Auto).unwrap();
            // A bare object with a tool and its result could be anybody's.
            let is_bare = folder == "legacy" && name == "used";
            let expected = if is_bare { Dialect::Unknown } else { dialect };
            assert_eq!(read.dialect, expected, "{folder}/{name}");
        }
    }
}

#[test]
fn every_event_is_named_or_guessed() {
    for (folder, _) in DIALECTS {
        for (name, event) in [
            ("command", Event::PreToolUse),
            ("edit", Event::PreToolUse),
            ("edits", Event::PreToolUse),
            ("search", Event::PreToolUse),
            ("used", Event::PostToolUse),
            ("start", Event::SessionStart),
            ("prompt", Event::UserPromptSubmit),
            ("stop", Event::Stop),
            ("subagent", Event::SubagentStop),
        ] {
            let read = read(fixture(folder, name).as_bytes(), Host::Auto).unwrap();
            assert_eq!(read.event, Some(event), "{folder}/{name}");
        }
    }
}

#[test]
fn every_field_is_read_in_every_dialect() {
    for (folder, _) in DIALECTS {
        let of = |name: &str| read(fixture(folder, name).as_bytes(), Host::Auto).unwrap();
        let call = of("command").calls.first().cloned().unwrap();
        assert_eq!(call.class, ToolClass::Shell, "{folder}");
        let command = call.arguments.get("command").unwrap_or(&call.arguments);
        assert_eq!(command, "@command@", "{folder}");
        assert_eq!(of("edit").calls.first().unwrap().class, ToolClass::Edit);
        let edits = of("edits").calls.first().cloned().unwrap();
        assert!(edits.arguments.to_string().contains("@file@"), "{folder}");
        assert_eq!(
            of("search").calls.first().unwrap().class,
            ToolClass::ReadOnly
        );
        assert_eq!(of("used").outcome, Outcome::Success, "{folder}");
        assert_eq!(of("failed").outcome, Outcome::Failure, "{folder}");
        assert_eq!(of("prompt").prompt.as_deref(), Some("@prompt@"), "{folder}");
        assert!(!of("stop").is_continuing);
        let subagent = of("subagent");
        assert!(
            subagent.subagent.contains(&"@agent@".to_owned()),
            "{folder}"
        );
        let said = subagent.response.or(subagent.transcripts.first().cloned());
        assert!(said.is_some(), "{folder}");
    }
}

#[test]
fn arguments_are_decoded_however_they_are_wrapped() {
    for arguments in [
        json!({"command": "ls"}),
        json!("{\"command\": \"ls\"}"),
        json!("\"{\\\"command\\\": \\\"ls\\\"}\""),
    ] {
        for key in ["toolArgs", "tool_input", "toolInput", "tool_args"] {
            let read = payload(&json!({"toolName": "bash", key: arguments}));
            let call = read.calls.first().unwrap();
            assert_eq!(
                call.arguments,
                json!({"command": "ls"}),
                "{key} {arguments}"
            );
        }
    }
    // What is no JSON object stays the text it is.
    for text in ["ls -la", "{ ls; }", "true", "12", ""] {
        let read = payload(&json!({"toolName": "bash", "toolInput": text}));
        assert_eq!(read.calls.first().unwrap().arguments, json!(text));
    }
}

#[test]
fn spellings_that_contradict_each_other_are_calls_of_their_own() {
    let read = payload(&json!({
        "tool_name": "read_file", "toolName": "bash",
        "tool_input": {"filePath": "a"}, "toolArgs": {"command": "rm -rf /"},
    }));
    assert_eq!(read.calls.len(), 4);
    let worst = |call: &crate::ToolCall| {
        call.class == ToolClass::Shell && call.arguments.get("command").is_some()
    };
    assert!(read.calls.iter().any(worst));
    let same = payload(&json!({"tool_name": "bash", "toolName": "bash",
        "tool_input": {"a": 1}, "toolArgs": "{\"a\":1}"}));
    assert_eq!(same.calls.len(), 1);
}

#[test]
fn a_tool_may_lack_its_name_or_its_arguments() {
    let nameless = payload(&json!({"tool_input": {"command": "ls"}}));
    assert_eq!(nameless.calls.first().unwrap().class, ToolClass::Unknown);
    let bare = payload(&json!({"tool_name": "bash"}));
    assert_eq!(bare.calls.first().unwrap().arguments, Value::Null);
    let odd = payload(&json!({"tool_name": 7, "tool_input": null}));
    assert_eq!(odd.calls.first().unwrap().name, "7");
    assert!(payload(&json!({})).calls.is_empty());
}

#[test]
fn one_sign_of_failure_is_enough() {
    for (fields, expected) in [
        (json!({"tool_response": "done"}), Outcome::Success),
        (
            json!({"toolResult": {"resultType": "failure"}}),
            Outcome::Failure,
        ),
        (
            json!({"tool_result": {"result_type": "denied"}}),
            Outcome::Failure,
        ),
        (
            json!({"tool_response": {"is_error": true}}),
            Outcome::Failure,
        ),
        (
            json!({"tool_response": {"isError": false}}),
            Outcome::Success,
        ),
        (json!({"tool_response": {"exitCode": 1}}), Outcome::Failure),
        (
            json!({"tool_response": {"interrupted": true}}),
            Outcome::Failure,
        ),
        (
            json!({"tool_response": {"success": true, "error": "no"}}),
            Outcome::Failure,
        ),
        (json!({"tool_response": {"status": 200}}), Outcome::Success),
        (
            json!({"hook_event_name": "PostToolUseFailure"}),
            Outcome::Failure,
        ),
        (json!({"hook_event_name": "PostToolUse"}), Outcome::Success),
        (json!({"error": {"message": "no"}}), Outcome::Failure),
        (json!({"error": null, "is_error": false}), Outcome::Success),
        (json!({}), Outcome::Unknown),
    ] {
        assert_eq!(payload(&fields).outcome, expected, "{fields}");
    }
}

#[test]
fn the_command_line_names_the_host_where_the_payload_does_not() {
    let bare = br#"{"tool_name":"Bash","tool_input":{"command":"ls"}}"#;
    for (host, dialect) in [
        (Host::Auto, Dialect::Unknown),
        (Host::VsCode, Dialect::VsCode),
        (Host::Claude, Dialect::Claude),
        (Host::Copilot, Dialect::CopilotCamel),
    ] {
        assert_eq!(read(bare, host).unwrap().dialect, dialect);
    }
    let pascal = br#"{"hook_event_name":"PreToolUse"}"#;
    let read = read(pascal, Host::Copilot).unwrap();
    assert_eq!(read.dialect, Dialect::CopilotPascal);
}

#[test]
fn what_cannot_be_read_says_why_and_quotes_nothing() {
    let no_json = |why: &str| PayloadError::NotJson(why.to_owned());
    for (bytes, expected) in [
        (&b""[..], PayloadError::Empty),
        (b" \n\t", PayloadError::Empty),
        (b"\xef\xbb\xbf", PayloadError::Empty),
        (b"{", no_json("it ends too early, line 1, column 1")),
        (b"hunter2", no_json("it cannot be read, line 1, column 1")),
        (b"{} {}", no_json("it cannot be read, line 1, column 4")),
        (
            b"\xff\xfe{\x00}\x00",
            no_json("it cannot be read, line 1, column 1"),
        ),
        (b"[]", PayloadError::NotObject),
        (b"null", PayloadError::NotObject),
    ] {
        assert_eq!(read(bytes, Host::Auto).unwrap_err(), expected);
    }
    assert!(read(b"\xef\xbb\xbf{}", Host::Auto).is_ok());
    let large = vec![b' '; LIMIT + 1];
    assert_eq!(read(&large, Host::Auto), Err(PayloadError::TooLarge));
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let deep = format!("{{\"tool_input\":{deep}}}");
    assert!(matches!(
        read(deep.as_bytes(), Host::Auto),
        Err(PayloadError::NotJson(_))
    ));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("{\"command\":\"ls\"}")),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        let keys = prop::sample::select(vec![
            "tool_name",
            "toolName",
            "tool_input",
            "toolArgs",
            "toolInput",
            "toolResult",
            "tool_response",
            "hook_event_name",
            "hookEventName",
            "prompt",
            "cwd",
            "error",
            "stop_hook_active",
            "agent_name",
            "response",
            "timestamp",
            "command",
            "",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((keys, inner), 0..6).prop_map(|entries| {
                let entries = entries
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value));
                Value::Object(entries.collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, Host::Auto);
    }

    #[test]
    fn no_json_makes_the_reader_panic(value in any_json()) {
        let text = value.to_string();
        match read(text.as_bytes(), Host::Auto) {
            Ok(payload) => {
                let names = value.get("tool_name").or(value.get("toolName"));
                let is_named = names.is_some_and(|name| !name.is_null());
                prop_assert!(!is_named || !payload.calls.is_empty());
            }
            Err(error) => {
                prop_assert!(!value.is_object(), "{}: {}", error, text);
            }
        }
    }
}
