//! What is told of secrets.

use serde_json::json;

use super::{Leak, Scan, Scope, Settings, settings, tell};
use crate::answer::Ruling;
use crate::dialect::Host;
use crate::hook::Reply;
use crate::payload;

fn found(count: usize) -> Scan {
    let leak = |line| Leak {
        file: "src/a.env".to_owned(),
        line,
        pattern: "source-host-token".to_owned(),
        severity: "critical",
        shown: "ghp_…8B4a".to_owned(),
    };
    Scan {
        files: 3,
        leaks: (1..=count).map(leak).collect(),
        notes: Vec::new(),
    }
}

fn told(settings: &Settings, continuing: bool, count: usize) -> Reply {
    let payload = json!({"hook_event_name": "Stop", "stop_hook_active": continuing}).to_string();
    let payload = payload::read(payload.as_bytes(), Host::Auto).unwrap();
    tell(&payload, settings, &|_| Ok(found(count))).unwrap()
}

fn with(variables: &[(&str, &str)]) -> Settings {
    settings(&|name| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

#[test]
fn secrets_are_told_of_and_keep_the_agent_going_when_that_is_wanted() {
    let warns = told(&with(&[]), false, 1);
    assert_eq!(warns.answer.ruling, Ruling::None);
    assert!(
        warns
            .answer
            .message
            .unwrap()
            .contains("src/a.env:1: source-host-token")
    );
    let blocks = with(&[("SCAN_MODE", "block")]);
    let blocked = told(&blocks, false, 1);
    assert!(matches!(blocked.answer.ruling, Ruling::KeepGoing(_)));
    let line = blocked.records.first().unwrap().line("T");
    assert!(line.contains("\"event\":\"secrets_found\",\"mode\":\"block\",\"scope\":\"diff\",\"files_scanned\":3,\"finding_count\":1"), "{line}");
    // Once is enough.
    assert_eq!(told(&blocks, true, 1).answer.ruling, Ruling::None);
    assert_eq!(told(&blocks, false, 0).answer.ruling, Ruling::None);
}

#[test]
fn many_secrets_are_told_of_in_part() {
    let reply = told(&with(&[]), false, 30);
    let message = reply.answer.message.unwrap();
    assert!(
        message.contains("found 30 secrets") && message.contains("and 10 more"),
        "{message}"
    );
}

#[test]
fn variables_are_followed_or_complained_about() {
    assert_eq!(with(&[("SCAN_SCOPE", "Staged")]).scope, Scope::Staged);
    assert_eq!(with(&[("SECRETS_ALLOWLIST", "a, b")]).allowed, ["a", "b"]);
    let odd = with(&[("SCAN_MODE", "blcok"), ("SCAN_SCOPE", "all")]);
    assert!(!odd.blocks);
    assert_eq!((odd.scope, odd.notes.len()), (Scope::Diff, 2));
    let off = with(&[("SKIP_SECRETS_SCAN", "true")]);
    assert_eq!(told(&off, false, 1), Reply::silent());
}
