//! Tests of what agents may say in the state file.

use std::fs;
use std::sync::Arc;

use baton_repo::{Memory, Options, Repo};
use serde_json::{Value, json};

use super::{claims, restore};
use crate::event::{Actor, ActorKind, Command, What};
use crate::state::{GateState, GateStatus};
use crate::{Place, Project, RunState};

const GRAPH: &str = r#"{"metadata": {"version": "2.3"}, "nodes": {"step-1": {"id": "step-1",
    "type": "agent-step", "name": "R", "agent": "A", "requires": []}}, "edges": []}"#;

fn document() -> Value {
    json!({"schema_version": "3.0", "project": "demo", "decisions": {}, "steps": {
        "1": {"status": "complete"}, "2": {"status": "in_progress"},
        "4": {"status": "pending"}, "5": {"status": "in_progress", "blocked": {"type": "circuit_breaker"}}}})
}

fn check(change: impl FnOnce(&mut Value), expected: &[&str]) {
    let known = document();
    let mut state = RunState {
        document: known.as_object().unwrap().clone(),
        ..RunState::default()
    };
    let open = GateState {
        status: GateStatus::Waiting,
        shown: None,
        approvals: Vec::new(),
        note: None,
        failures: 0,
        imported: false,
    };
    state.gates.insert("gate-1".to_owned(), open);
    let mut said = known;
    said["gates"] = json!({"gate-1": {"status": "waiting"}});
    change(&mut said);
    assert_eq!(claims(&state, said.as_object().unwrap(), "2"), expected);
}

#[test]
fn an_agent_may_settle_decisions_and_its_own_progress() {
    check(|_| {}, &[]);
    check(
        |said| said["decisions"]["region"] = json!("westeurope"),
        &[],
    );
    check(
        |said| said["steps"]["2"]["sub_step"] = json!("phase_2"),
        &[],
    );
    check(|said| said["open_findings"] = json!(["x"]), &[]);
}

#[test]
fn an_agent_may_not_say_that_others_are_done() {
    check(
        |said| said["steps"]["4"]["status"] = json!("complete"),
        &["step 4 is said to be complete; it is pending"],
    );
    check(
        |said| said["steps"]["9"] = json!({"status": "skipped"}),
        &["step 9 is said to be skipped; it is pending"],
    );
    check(
        |said| said["steps"]["2"]["status"] = json!("complete"),
        &["step 2 is said to be complete, which only the runner says"],
    );
    check(
        |said| said["steps"]["5"]["blocked"] = Value::Null,
        &["the block of step 5 is said to be lifted"],
    );
    check(
        |said| said["gates"]["gate-1"]["status"] = json!("open"),
        &["gate-1 is said to be open; it is waiting"],
    );
    check(
        |said| said["gates"]["gate-3"] = json!({"status": "open"}),
        &["gate-3 is said to be open; it is not shown"],
    );
    check(
        |said| said["project"] = json!("other"),
        &["`project` was changed"],
    );
    check(
        |said| said["steps"] = json!([]),
        &[
            "step 1 is left out",
            "step 2 is left out",
            "step 4 is left out",
            "step 5 is left out",
        ],
    );
}

#[test]
fn a_file_that_says_too_much_is_written_anew_from_the_ledger() {
    let source = Memory::new([(
        ".github/skills/workflow-engine/templates/workflow-graph.json",
        GRAPH,
    )]);
    let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new(&folder.path().join("repo"), "agent-output", folder.path());
    let mut project = Project::open(&place, "demo", repo.graph().unwrap()).unwrap();
    assert_eq!(restore(&project, "2").unwrap(), Vec::<String>::new());
    let by = Actor {
        name: "me".to_owned(),
        kind: ActorKind::Human,
    };
    let init = Command::Init {
        document: document().as_object().unwrap().clone(),
        force: false,
    };
    project
        .record(What::Session(init), &by, "2026-01-01T00:00:00Z")
        .unwrap();
    let path = project.state_file();
    let ours = fs::read_to_string(&path).unwrap();
    assert_eq!(restore(&project, "2").unwrap(), Vec::<String>::new());

    let skipped = ours.replace("\"pending\"", "\"complete\"");
    assert_ne!(skipped, ours);
    for (text, claims) in [(skipped.as_str(), 1), ("{", 1), ("", 1)] {
        fs::write(&path, text).unwrap();
        assert_eq!(restore(&project, "2").unwrap().len(), claims, "{text}");
        assert_eq!(fs::read_to_string(&path).unwrap(), ours);
    }

    fs::remove_file(&path).unwrap();
    assert_eq!(restore(&project, "2").unwrap().len(), 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), ours);

    let decided = ours.replace("\"decisions\": {}", "\"decisions\": {\"region\": \"x\"}");
    fs::write(&path, &decided).unwrap();
    assert_eq!(restore(&project, "2").unwrap(), Vec::<String>::new());
    assert_eq!(fs::read_to_string(&path).unwrap(), decided);
}
