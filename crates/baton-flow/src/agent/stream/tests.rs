//! Tests of what is read from agents' lines.

use proptest::prelude::*;

use super::{End, Reader, Told};
use crate::agent::Kind;
use crate::agent::preset::Presets;

fn told(preset: &str, lines: &str) -> Told {
    let presets = Presets::embedded().unwrap();
    let mut reader = Reader::new(&presets.named(preset).unwrap().events);
    for line in lines.lines() {
        reader.line(line.as_bytes());
    }
    reader.told().clone()
}

/// Preset, lines, and: turns, tokens, end, complaint.
type Case = (&'static str, &'static str, &'static str);

const CASES: [Case; 10] = [
    (
        "claude-code",
        r#"{"type":"system","subtype":"init","session_id":"s"}
           {"type":"assistant","message":{"id":"a","usage":{"input_tokens":5,"output_tokens":1}}}
           {"type":"assistant","message":{"id":"a","usage":{"input_tokens":5,"output_tokens":1}}}
           {"type":"user","message":{}}
           {"type":"assistant","message":{"id":"b","usage":{"input_tokens":7,"output_tokens":2}}}"#,
        "2 Some(15) None None s",
    ),
    (
        "claude-code",
        r#"{"type":"result","subtype":"success","is_error":true,"num_turns":1,"result":"API Error"}"#,
        "1 None Some(Failed) Some(\"API Error\") ",
    ),
    (
        "claude-code",
        r#"{"type":"result","subtype":"success","is_error":false,"num_turns":3,"total_cost_usd":0.1,"result":"done"}"#,
        "3 None Some(Done) None ",
    ),
    (
        "claude-code",
        r#"{"type":"result","subtype":"error_max_turns","is_error":false,"num_turns":9}"#,
        "9 None Some(Failed) Some(\"error_max_turns\") ",
    ),
    (
        "codex",
        r#"{"type":"thread.started","thread_id":"t"}
           {"type":"turn.started"}
           {"type":"error","message":"Reconnecting... 1/5"}
           {"type":"item.completed","item":{"id":"1","type":"reasoning"}}
           {"type":"item.completed","item":{"id":"2","type":"agent_message","text":"ok"}}
           {"type":"turn.completed","usage":{"input_tokens":10,"cached_input_tokens":9,"output_tokens":2}}"#,
        "1 Some(12) Some(Done) Some(\"Reconnecting... 1/5\") t",
    ),
    (
        "codex",
        r#"{"type":"turn.failed","error":{"message":"stream ended"}}"#,
        "0 None Some(Failed) Some(\"stream ended\") ",
    ),
    (
        "copilot",
        r#"{"type":"assistant.message","data":{"content":"hi","outputTokens":4}}
           {"type":"assistant.message","data":{"content":"there","outputTokens":5}}
           {"type":"result","sessionId":"c","exitCode":0,"usage":{"premiumRequests":1}}"#,
        "2 Some(9) Some(Done) None c",
    ),
    (
        "copilot",
        r#"{"type":"message","role":"assistant","content":"hi"}
           {"type":"session.error","data":{"message":"quota"}}
           {"type":"result","sessionId":"c","exitCode":1}"#,
        "1 None Some(Failed) Some(\"quota\") c",
    ),
    (
        "gemini",
        r#"{"type":"init","session_id":"g"}
           {"type":"message","role":"user","content":"do"}
           {"type":"message","role":"assistant","content":"I ","delta":true}
           {"type":"message","role":"assistant","content":"do","delta":true}
           {"type":"tool_use","tool_name":"x"}
           {"type":"message","role":"assistant","content":"done","delta":true}
           {"type":"result","status":"success","stats":{"input_tokens":30,"output_tokens":3}}"#,
        "2 Some(33) Some(Done) None g",
    ),
    (
        "gemini",
        r#"{"type":"result","status":"error","error":{"type":"FatalAuth","message":"no key"}}"#,
        "0 None Some(Failed) Some(\"no key\") ",
    ),
];

#[test]
fn each_dialect_tells_turns_tokens_end_and_errors() {
    for (preset, lines, expected) in CASES {
        let told = told(preset, lines);
        let (turns, tokens, end) = (told.turns, told.tokens(), told.end);
        let session = told.session.unwrap_or_default();
        let complaint = told.complaint;
        let found = format!("{turns} {tokens:?} {end:?} {complaint:?} {session}");
        assert_eq!(found, expected, "{preset}: {lines}");
    }
}

#[test]
fn the_last_word_about_the_end_counts() {
    let told = told(
        "codex",
        r#"{"type":"turn.completed"}
           {"type":"turn.failed","error":{"message":"x"}}"#,
    );
    assert_eq!(told.end, Some(End::Failed));
}

#[test]
fn odd_values_are_passed_over() {
    let told = told(
        "claude-code",
        r#"{"type":"result","is_error":"true","num_turns":-1,"total_cost_usd":"free","session_id":7}
           {"type":["result"]}
           []
           nonsense
           {"type":"result","num_turns":1e400}"#,
    );
    assert_eq!((told.turns, told.cost), (0, None));
    assert_eq!(told.session.as_deref(), Some("7"));
    assert_eq!(told.noise, 3);
    assert_eq!(told.kind, None::<Kind>);
}

proptest! {
    #[test]
    fn no_bytes_make_it_fail(lines: Vec<Vec<u8>>, preset in 0usize..5) {
        let presets = Presets::embedded().unwrap();
        let preset = presets.presets.values().nth(preset).unwrap();
        let mut reader = Reader::new(&preset.events);
        for line in &lines {
            reader.line(line);
        }
        let told = reader.told();
        prop_assert!(told.noise + told.understood <= lines.len() as u64);
    }

    #[test]
    fn no_json_makes_it_fail(
        kind in "(result|assistant|turn\\.completed|message|init)",
        values in proptest::collection::vec(any::<f64>(), 3),
        text in "\\PC*",
    ) {
        let line = serde_json::json!({
            "type": kind, "num_turns": values.first(), "total_cost_usd": values.get(1),
            "usage": {"input_tokens": u64::MAX, "output_tokens": u64::MAX},
            "message": {"id": text, "content": [{"text": text}]}, "role": text,
            "stats": {"input_tokens": values.get(2)}, "result": text, "is_error": true,
        });
        for preset in Presets::embedded().unwrap().presets.values() {
            let mut reader = Reader::new(&preset.events);
            reader.line(line.to_string().as_bytes());
            reader.line(line.to_string().as_bytes());
        }
    }
}
