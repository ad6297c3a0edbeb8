//! Old records, and what becomes of them.

use baton_repo::schema::Schema;
use baton_syntax::json::{self as syntax, Dialect};
use serde_json::{Value, json};

use super::{Migrated, migrate};

fn migrated(document: Value) -> Migrated {
    let Value::Object(document) = document else {
        panic!("a document is an object");
    };
    migrate(&document, "shop").unwrap()
}

/// What is wrong with a record by the schema.
fn violations(document: &Value) -> Vec<String> {
    let parse = |text: &str| syntax::parse(text, Dialect::Strict).root.unwrap();
    let text = include_str!("../../../../schemas/session-state.v3.schema.json");
    let schema = Schema::compile(&parse(text)).unwrap();
    let found = schema.validate(&parse(&document.to_string()));
    found.iter().map(|error| error.message.clone()).collect()
}

fn two() -> Value {
    json!({
        "schema_version": "2.0", "project": "shop", "iac_tool": "", "region": "westeurope",
        "branch": "main", "updated": "2026-01-05T10:00:00Z", "current_step": 2,
        "stale_threshold_ms": 300_000, "ours": {"kept": true},
        "lock": {"owner_id": "a", "heartbeat": null, "attempt_token": null, "acquired": null},
        "decisions": {"region": "westeurope", "iac_tool": "bicep", "own": 1},
        "open_findings": [],
        "review_audit": {},
        "steps": {
            "1": {"name": "Requirements", "agent": "02-Requirements", "status": "complete",
                  "sub_step": null, "started": "2026-01-05T09:00:00Z",
                  "completed": "2026-01-05T09:30:00Z", "artifacts": ["01-requirements.md"],
                  "context_files_used": [],
                  "claim": {"owner_id": "a", "retry_count": 0, "event_log": ["began", "stale"]}},
            "2": {"name": "Architecture", "agent": "03-Architect", "status": "in_progress",
                  "started": "2026-01-05T09:40:00Z",
                  "claim": {"owner_id": null, "event_log": []}},
            "3.5": {"name": "Governance", "note": "kept"}
        }
    })
}

#[test]
fn scenario_20_a_record_of_version_2_loses_locks_and_gains_governance() {
    let first = migrated(two());
    let document = Value::Object(first.document.clone());
    assert_eq!(document["schema_version"], "3.0");
    for gone in [
        "/lock",
        "/stale_threshold_ms",
        "/steps/1/claim",
        "/steps/2/claim",
        "/steps/3.5",
    ] {
        assert_eq!(document.pointer(gone), None, "{gone}");
    }
    assert_eq!(document["steps"]["3_5"]["note"], "kept");
    assert_eq!(document["steps"]["3_5"]["status"], "pending");
    assert_eq!(document["ours"]["kept"], true);
    assert_eq!(document["decisions"]["own"], 1);
    assert_eq!(document["decisions"]["budget"], "");
    assert_eq!(document["iac_tool"], "Bicep");
    assert_eq!(
        first.history,
        [
            json!({"step": "1", "entry": "began"}),
            json!({"step": "1", "entry": "stale"})
        ]
    );
    assert_eq!(first.from, "2.0");
    let keys: Vec<&String> = document["steps"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["1", "2", "3", "3_5", "4", "5", "6", "7"]);
    let again = migrated(document);
    assert_eq!(again.document, first.document);
    assert_eq!((again.changes.len(), again.history.len()), (0, 0));
}

#[test]
fn every_known_version_becomes_valid() {
    let cases = [
        ("nothing at all", json!({})),
        ("only a version", json!({"schema_version": "1.0"})),
        (
            "a version that is no number",
            json!({"schema_version": "first", "steps": {}}),
        ),
        ("a version as a number", json!({"schema_version": 2.0})),
        (
            "a log that is null",
            json!({"schema_version": "2.0", "decision_log": null}),
        ),
        (
            "the newest with a step missing",
            json!({"schema_version": "3.0", "steps": {"1": {}}}),
        ),
        ("version 2", {
            let mut two = two();
            two["decisions"]["iac_tool"] = json!("Bicep");
            two
        }),
    ];
    for (name, document) in cases {
        let first = migrated(document);
        let valid = Value::Object(first.document.clone());
        assert_eq!(violations(&valid), Vec::<String>::new(), "{name}");
        assert_eq!(valid["project"], "shop", "{name}");
        let again = migrated(valid);
        assert_eq!(again.document, first.document, "{name}");
        assert_eq!(again.changes, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_newer_version_is_refused() {
    for version in [json!("3.1"), json!("4.0"), json!(4), json!("10")] {
        let Value::Object(document) = json!({"schema_version": version}) else {
            unreachable!();
        };
        assert!(migrate(&document, "shop").is_err(), "{document:?}");
    }
}

#[test]
fn what_has_an_unexpected_form_is_kept() {
    let odd = json!({"steps": [], "decisions": "none", "open_findings": {}});
    let document = migrated(odd).document;
    assert_eq!(document["steps"], json!([]));
    assert_eq!(document["decisions"], "none");
}

#[test]
fn the_step_in_hand_is_told_from_the_steps() {
    let document = json!({"steps": {"1": {"status": "complete"}, "2": {"status": "in_progress"}}});
    assert_eq!(migrated(document).document["current_step"], 2);
    assert_eq!(migrated(json!({})).document["current_step"], 0);
}
