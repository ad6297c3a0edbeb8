//! Payloads of hooks: what is an object is read, a tool that is named is judged, and nothing that
//! is answered is more than one document.
#![no_main]

use baton_guard::payload::{self, LIMIT};
use baton_guard::{Answer, Event, Host, PayloadError, Ruling};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let theirs = serde_json::from_slice::<Value>(plain);
    for host in [Host::Auto, Host::VsCode, Host::Copilot, Host::Claude] {
        match payload::read(bytes, host) {
            Ok(payload) => {
                let theirs = theirs.as_ref().ok().and_then(Value::as_object);
                let theirs = theirs.expect("only objects are payloads");
                let is_told = |name: &str| theirs.get(name).is_some_and(|value| !value.is_null());
                let names = ["tool_name", "toolName", "tool_input", "toolArgs", "toolInput"];
                assert_eq!(
                    names.into_iter().chain(["tool_args"]).any(is_told),
                    !payload.calls.is_empty()
                );
                let event = payload.event.unwrap_or(Event::PreToolUse);
                let said = payload.prompt.unwrap_or_default();
                for ruling in [Ruling::None, Ruling::Deny(said.clone()), Ruling::KeepGoing(said)] {
                    let rendered = Answer::ruling(ruling).render(payload.dialect, event);
                    assert!(!rendered.document.contains('\n'));
                    let document = serde_json::from_str::<Value>(&rendered.document);
                    assert!(document.is_ok_and(|document| document.is_object()));
                }
            }
            Err(PayloadError::TooLarge) => assert!(bytes.len() > LIMIT),
            Err(_) => assert!(!theirs.as_ref().is_ok_and(Value::is_object)),
        }
    }
});
