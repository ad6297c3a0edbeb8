//! Loading real and broken state.

use std::sync::Arc;

use baton_syntax::markdown;

use super::{DecisionKeys, StateRole, StateVersion, StepKey, StepStatus, load};
use crate::{Memory, Options, Repo};

const PATH: &str = "agent-output/shop/00-session-state.json";

fn repo(text: &str) -> Repo {
    let source = Memory::new([(PATH.to_owned(), text.as_bytes().to_vec())]);
    Repo::open(Arc::new(source), &Options::default()).expect("the layout is known")
}

#[test]
fn the_schema_and_the_table_of_keys_are_usable() {
    assert!(load::schema().is_some());
    assert!(!DecisionKeys::embedded().keys.is_empty());
}

#[test]
fn every_field_knows_where_it_stands() {
    let text = r#"{"schema_version": "2.0", "project": "shop", "current_step": 3,
        "decisions": {"iac_tool": "Bicep"}, "open_findings": ["a", {"text": "b"}],
        "decision_log": [{"step": 4, "decision": "x"}],
        "review_audit": {"step_3_5": {"passes_planned": 2, "skipped": [1, "two"]}},
        "steps": {"4": {}, "3_5": {"status": "in_progress", "started": null, "artifacts": ["x.md"],
        "claim": {"owner_id": "a", "event_log": []}}}}"#;
    let repo = repo(text);
    let state = repo.session_states().next().expect("one file");
    assert_eq!(state.version(), Some(StateVersion::V2));
    assert_eq!(state.role, StateRole::Project);
    assert_eq!(state.folder, "agent-output/shop");
    let project = state.project.as_ref().expect("a project");
    assert_eq!(project.key.of(text), "\"project\"");
    assert_eq!(project.span.of(text), "\"shop\"");
    let keys: Vec<&str> = state.steps.iter().map(|step| step.key.as_str()).collect();
    assert_eq!(keys, ["3_5", "4"]);
    let step = state.step(StepKey::Governance).expect("step 3.5");
    assert!(step.is(StepStatus::InProgress));
    assert_eq!(step.started.as_ref().map(|field| &field.value), Some(&None));
    assert!(step.claim.as_ref().is_some_and(super::Hold::is_in_use));
    let entry = state.decision_log.first().expect("an entry");
    assert_eq!(
        entry.step.as_ref().map(|step| step.value.as_str()),
        Some("4")
    );
    let audit = state.review_audit.first().expect("an audit");
    assert_eq!(audit.step, Some(StepKey::Governance));
    assert_eq!(audit.skipped.len(), 2);
    assert_eq!(state.open_findings.len(), 2);
}

#[test]
fn odd_shapes_are_left_out_and_reported() {
    for text in [
        "[]",
        "null",
        "3",
        r#"{"steps": [], "decisions": 1, "lock": 2}"#,
    ] {
        let repo = repo(text);
        let state = repo.session_states().next().expect("it is JSON");
        assert!(state.steps.is_empty(), "{text}");
        let file = repo.by_id(state.file).expect("a file");
        assert!(!repo.session_violations(file).is_empty(), "{text}");
    }
    for text in ["", "{", "\u{feff}", "{\"a\":\0}"] {
        assert_eq!(repo(text).session_states().count(), 0, "{text:?}");
    }
}

#[test]
fn a_wrong_type_breaks_the_schema_once() {
    let repo = repo(r#"{"iac_tool": 3}"#);
    let file = repo.file(PATH).expect("one file");
    let about = |pointer: &str| {
        let found = repo.session_violations(file).iter();
        found.filter(|found| found.pointer == pointer).count()
    };
    assert_eq!(about("/iac_tool"), 1);
    assert_eq!(about(""), 9);
}

#[test]
fn a_registry_adds_keys_and_values() {
    let table = "| Key | Values |\n| --- | --- |\n| `colour` | `red` \\| `blue` |\n\
        | `diagram_tool` | `pen` |\n| `note_<step>` | text |\n";
    let keys = DecisionKeys::with(Some(&markdown::parse(table, 0)));
    assert_eq!(keys.values("colour"), ["blue", "red"]);
    assert_eq!(keys.values("diagram_tool"), ["drawio", "pen", "python"]);
    assert!(keys.values("note_3_5").is_empty());
    assert_eq!(keys.about("note_3_5").count(), 1);
    assert_eq!(keys.about("note_9").count(), 0);
    assert_eq!(keys.about("challenger_override_4").count(), 1);
}
