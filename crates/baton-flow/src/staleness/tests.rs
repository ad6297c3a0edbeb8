//! Which changes make an approval stale.

use std::fs;
use std::path::Path;

use baton_repo::graph::{self, WorkflowGraph};
use baton_syntax::json::{self, Dialect};
use serde_json::json;

use super::{Stale, events, stale};
use crate::approval::{Sight, shown};
use crate::event::RunEvent;
use crate::state::{GateState, GateStatus};
use crate::{Place, RunState};

const GRAPH: &str = r#"{
  "nodes": {
    "step-1": {"id": "step-1", "type": "agent-step", "name": "One", "agent": "a", "requires": [],
      "produces": ["01-requirements.md", "sku-manifest.json"]},
    "gate-1": {"id": "gate-1", "type": "gate", "name": "G1", "requires": ["step-1"], "gate": "approval"},
    "step-4": {"id": "step-4", "type": "agent-step", "name": "Four", "agent": "b",
      "requires": ["gate-1"], "produces": ["04-plan.md"], "mutates": ["sku-manifest.json"]},
    "gate-3": {"id": "gate-3", "type": "gate", "name": "G3", "requires": ["step-4"], "gate": "approval"},
    "step-5": {"id": "step-5", "type": "agent-step", "name": "Five", "agent": "c",
      "requires": ["gate-3"], "produces": ["05-code.md"], "frozen_inputs": ["04-plan.md"]}
  },
  "edges": [
    {"from": "step-1", "to": "gate-1", "condition": "on_complete"},
    {"from": "gate-1", "to": "step-4", "condition": "on_complete"},
    {"from": "step-4", "to": "gate-3", "condition": "on_complete"},
    {"from": "gate-3", "to": "step-5", "condition": "on_complete"}
  ],
  "metadata": {"version": "2.3"}
}"#;

struct World {
    folder: tempfile::TempDir,
    graph: WorkflowGraph,
    place: Place,
    state: RunState,
}

impl World {
    /// Gates 1 and 3 are open; step 5 has the status.
    fn new(status: &str) -> World {
        let folder = tempfile::tempdir().unwrap();
        let root = json::parse(GRAPH, Dialect::Strict).root.unwrap();
        let document = json!({"steps": {
            "1": {"status": "complete"}, "4": {"status": "complete"}, "5": {"status": status}
        }});
        let mut world = World {
            graph: graph::load(&root).graph.unwrap(),
            place: Place::new(folder.path(), "agent-output", &folder.path().join("user")),
            state: RunState {
                document: document.as_object().unwrap().clone(),
                ..RunState::default()
            },
            folder,
        };
        for name in ["01-requirements.md", "sku-manifest.json", "04-plan.md"] {
            world.put(name, "as approved");
        }
        for gate in ["gate-1", "gate-3"] {
            let shown = shown(&world.sight(), world.graph.find(gate).unwrap()).unwrap();
            let open = GateState {
                status: GateStatus::Open,
                shown: Some(shown),
                approvals: Vec::new(),
                note: None,
                failures: 0,
                imported: false,
            };
            world.state.gates.insert(gate.to_owned(), open);
        }
        world
    }

    fn put(&self, name: &str, text: &str) {
        let folder = self.folder.path().join("agent-output/shop");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder
            .path()
            .join("agent-output/shop")
            .join(Path::new(name))
    }

    fn sight(&self) -> Sight<'_> {
        Sight {
            place: &self.place,
            project: "shop",
            graph: &self.graph,
            graph_digest: "g",
            state: &self.state,
        }
    }

    /// Gates and paths that are stale.
    fn stale(&self) -> Vec<(String, Vec<String>)> {
        let paths = |stale: Stale| stale.changed.into_iter().map(|one| one.path).collect();
        let found = stale(&self.sight()).unwrap().into_iter();
        found
            .map(|stale| (stale.gate.clone(), paths(stale)))
            .collect()
    }
}

fn plan() -> (String, Vec<String>) {
    (
        "gate-3".to_owned(),
        vec!["agent-output/shop/04-plan.md".to_owned()],
    )
}

#[test]
fn scenario_43_a_plan_edited_after_its_gate_is_named() {
    let world = World::new("in_progress");
    assert!(world.stale().is_empty());
    world.put("04-plan.md", "edited");
    assert_eq!(world.stale(), [plan()]);
    let told = events(&stale(&world.sight()).unwrap());
    let [RunEvent::GateStale { gate, changed }] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!((gate, changed), (&plan().0, &plan().1));
}

#[test]
fn changes_are_told_with_both_digests() {
    let world = World::new("pending");
    fs::remove_file(world.path("04-plan.md")).unwrap();
    let found = stale(&world.sight()).unwrap();
    let change = &found[0].changed[0];
    assert_eq!(change.was, Some(baton_repo::sha256(b"as approved")));
    assert_eq!(change.is, None);
}

#[test]
fn what_a_later_step_may_rewrite_is_not_stale_once_it_has_begun() {
    let mut world = World::new("pending");
    world.put("sku-manifest.json", "by step 4");
    // It was approved at gate 3 too, and no step after that one may rewrite it.
    let sku = "agent-output/shop/sku-manifest.json".to_owned();
    assert_eq!(world.stale(), [("gate-3".to_owned(), vec![sku.clone()])]);
    world.state.document["steps"]["4"]["status"] = json!("pending");
    let both = ["gate-1", "gate-3"].map(|gate| (gate.to_owned(), vec![sku.clone()]));
    assert_eq!(world.stale(), both);
    world.put("01-requirements.md", "edited");
    assert_eq!(world.stale()[0].1.len(), 2);
}

#[test]
fn only_open_gates_can_be_stale_and_findings_come_and_go() {
    let mut world = World::new("pending");
    world.put("challenge-findings-code.json", "{}");
    world
        .state
        .document
        .insert("open_findings".to_owned(), json!(["new"]));
    assert!(world.stale().is_empty());
    world.put("04-plan.md", "edited");
    world.state.gates.get_mut("gate-3").unwrap().status = GateStatus::Withdrawn;
    assert!(world.stale().is_empty());
}
