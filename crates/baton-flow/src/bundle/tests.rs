//! Bundles that are whole, changed, or of another history.

use super::{Bundle, Key, approvals, export, missing, verify};
use crate::event::{Actor, ActorKind, Event, RunEvent, What};
use crate::ledger::{Entry, chain};

fn key(text: &str) -> Key {
    Key::new(text.as_bytes()).unwrap()
}

fn approved(gate: &str) -> Event {
    Event {
        at: "2026-01-02T03:04:05Z".to_owned(),
        by: Actor {
            name: "ada".to_owned(),
            kind: ActorKind::Human,
        },
        what: What::Run(RunEvent::GateApproved {
            gate: gate.to_owned(),
            digest: "d".repeat(64),
            how: "terminal".to_owned(),
            needed: 1,
        }),
    }
}

fn chained(gates: &[&str]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (gate, number) in gates.iter().zip(1..) {
        let event = approved(gate);
        let body = serde_json::to_string(&event).unwrap();
        let previous = entries
            .last()
            .map(|entry| entry.hash.clone())
            .unwrap_or_default();
        entries.push(Entry {
            number,
            hash: chain(&previous, "shop", number, &body),
            event,
            body,
            previous,
        });
    }
    entries
}

const KEY: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn a_bundle_comes_back_as_it_was() {
    let entries = chained(&["gate-1", "gate-2"]);
    let text = export("shop", &entries, &key(KEY));
    let bundle = verify(&text, &key(&format!("{KEY}\n"))).unwrap();
    let gates: Vec<String> = approvals(&bundle)
        .into_iter()
        .map(|(gate, _)| gate)
        .collect();
    assert_eq!(gates, ["gate-1", "gate-2"]);
    let project = "shop".to_owned();
    assert_eq!(bundle, Bundle { project, entries });
}

#[test]
fn a_bundle_that_was_changed_is_refused() {
    let text = export("shop", &chained(&["gate-1", "gate-2"]), &key(KEY));
    let fits = |text: &str, with: &str| verify(text, &key(with)).is_ok();
    assert!(fits(&text, KEY));
    assert!(!fits(&text, "another key, long enough"));
    for (from, to) in [
        ("gate-2", "gate-3"),
        ("ada", "eve"),
        ("\"shop\"", "\"attic\""),
        ("/v1", "/v2"),
        ("HMAC-SHA-256", "none"),
        ("\"number\": 2", "\"number\": 3"),
    ] {
        assert!(text.contains(from), "{from}");
        assert!(!fits(&text.replace(from, to), KEY), "{from}");
    }
    assert!(!fits("{}", KEY));
}

#[test]
fn a_signed_bundle_with_a_broken_chain_is_refused() {
    let mut entries = chained(&["gate-1", "gate-2", "gate-3"]);
    entries.remove(1);
    let text = export("shop", &entries, &key(KEY));
    let said = verify(&text, &key(KEY)).unwrap_err().to_string();
    assert!(said.contains("entry 3"), "{said}");
}

#[test]
fn only_what_follows_is_missing() {
    let all = chained(&["gate-1", "gate-2", "gate-3"]);
    let bundle = Bundle {
        project: "shop".to_owned(),
        entries: all.clone(),
    };
    assert_eq!(missing(&bundle, &[]).unwrap(), all);
    assert_eq!(missing(&bundle, &all[..2]).unwrap(), &all[2..]);
    assert!(missing(&bundle, &all).unwrap().is_empty());
    let longer = chained(&["gate-1", "gate-2", "gate-3", "gate-5"]);
    assert!(missing(&bundle, &longer).unwrap().is_empty());
    let other = chained(&["gate-1", "gate-5"]);
    let said = missing(&bundle, &other).unwrap_err().to_string();
    assert!(said.contains("since entry 2"), "{said}");
}

#[test]
fn short_keys_are_refused() {
    for short in ["", "\n\n", "0123456789abcde\n"] {
        assert!(Key::new(short.as_bytes()).is_err(), "{short:?}");
    }
    assert_eq!(format!("{:?}", key(KEY)), "Key(…)");
}
