//! What a gate shows.

use std::fs;
use std::path::Path;

use baton_repo::graph::{self, WorkflowGraph};
use baton_syntax::json::{self, Dialect};
use serde_json::json;

use super::{Look, Sight, look};
use crate::{Place, RunState};

const GRAPH: &str = r#"{
  "nodes": {
    "step-1": {"id": "step-1", "type": "agent-step", "name": "One", "agent": "a", "requires": [],
      "produces": ["01-requirements.md", "sku-manifest.json"]},
    "gate-1": {"id": "gate-1", "type": "gate", "name": "G1", "requires": ["step-1"], "gate": "approval"},
    "step-4": {"id": "step-4", "type": "agent-step", "name": "Four", "agent": "b",
      "requires": ["gate-1"], "mutates": ["sku-manifest.json"],
      "produces": ["04-plan.md", "04-plan.md#compliance", "04-adr-*.md", "infra/bicep/{project}/"]},
    "step-5b": {"id": "step-5b", "type": "agent-step", "name": "FiveB", "agent": "c",
      "requires": ["step-4"], "condition": {"field": "decisions.iac_tool", "equals": "Bicep"},
      "produces": ["05-bicep.md"], "frozen_inputs": ["../outside.md", "04-plan.md"]},
    "step-5t": {"id": "step-5t", "type": "agent-step", "name": "FiveT", "agent": "c",
      "requires": ["step-4"], "condition": {"field": "decisions.iac_tool", "equals": "Terraform"},
      "produces": ["05-terraform.md"]},
    "gate-3": {"id": "gate-3", "type": "gate", "name": "G3", "requires": ["step-5b", "step-5t"],
      "requires_mode": "any", "gate": "approval"}
  },
  "edges": [
    {"from": "step-1", "to": "gate-1", "condition": "on_complete"},
    {"from": "gate-1", "to": "step-4", "condition": "on_complete"},
    {"from": "step-4", "to": "step-5b", "condition": "on_complete"},
    {"from": "step-4", "to": "step-5t", "condition": "on_complete"},
    {"from": "step-5b", "to": "gate-3", "condition": "on_complete"},
    {"from": "step-5t", "to": "gate-3", "condition": "on_complete"}
  ],
  "metadata": {"version": "2.3"}
}"#;

fn workflow() -> WorkflowGraph {
    graph::load(&json::parse(GRAPH, Dialect::Strict).root.unwrap())
        .graph
        .unwrap()
}

fn put(root: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn state(tool: &str) -> RunState {
    let document =
        json!({"decisions": {"iac_tool": tool}, "open_findings": ["one", {"text": "two"}]});
    RunState {
        document: document.as_object().unwrap().clone(),
        ..RunState::default()
    }
}

fn see(root: &Path, tool: &str, gate: &str) -> Look {
    let graph = workflow();
    let sight = Sight {
        place: &Place::new(root, "agent-output", &root.join("user")),
        project: "shop",
        graph: &graph,
        graph_digest: "g",
        state: &state(tool),
    };
    look(&sight, graph.find(gate).unwrap()).unwrap()
}

const FILES: &[(&str, &str)] = &[
    ("agent-output/shop/01-requirements.md", "# One\n"),
    (
        "agent-output/shop/04-plan.md",
        "# Plan\n\n## 📋 Compliance\n\nyes\n\n## Rest\n",
    ),
    ("agent-output/shop/04-adr-1.md", "1"),
    ("agent-output/shop/04-adr-2.md", "2"),
    ("agent-output/shop/05-bicep.md", "b"),
    ("agent-output/shop/05-terraform.md", "t"),
    ("agent-output/shop/challenge-findings-plan.json", "{}"),
    ("infra/bicep/shop/main.bicep", "m"),
    ("infra/bicep/shop/modules/a.bicep", "a"),
    ("infra/bicep/shop/.terraform/cache", "c"),
    ("infra/bicep/other/main.bicep", "o"),
    ("outside.md", "out"),
];

#[test]
fn a_gate_shows_what_steps_since_the_gate_before_wrote() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), FILES);
    let first = see(folder.path(), "", "gate-1");
    let paths: Vec<&String> = first.shown.artifacts.keys().collect();
    assert_eq!(paths, ["agent-output/shop/01-requirements.md"]);
    assert_eq!(first.missing, ["agent-output/shop/sku-manifest.json"]);
    assert_eq!(first.findings, ["one", "{\"text\":\"two\"}"]);
    assert_eq!(first.reviews.len(), 1);
    let third = see(folder.path(), "Bicep", "gate-3");
    let paths: Vec<&String> = third.shown.artifacts.keys().collect();
    assert_eq!(
        paths,
        [
            "agent-output/shop/04-adr-1.md",
            "agent-output/shop/04-adr-2.md",
            "agent-output/shop/04-plan.md",
            "agent-output/shop/04-plan.md#compliance",
            "agent-output/shop/05-bicep.md",
            "infra/bicep/shop/main.bicep",
            "infra/bicep/shop/modules/a.bicep",
        ]
    );
    let section = baton_repo::sha256("## 📋 Compliance\n\nyes\n\n".as_bytes());
    assert_eq!(
        third.shown.artifacts["agent-output/shop/04-plan.md#compliance"],
        section
    );
    let either = see(folder.path(), "", "gate-3");
    let has = |path: &str| either.shown.artifacts.contains_key(path);
    assert!(has("agent-output/shop/05-bicep.md") && has("agent-output/shop/05-terraform.md"));
}

#[test]
fn the_digest_changes_with_anything_that_is_shown_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), FILES);
    let digest = || see(folder.path(), "Bicep", "gate-3").shown.digest;
    let before = digest();
    assert_eq!(before, digest());
    for (path, counts) in [
        ("agent-output/shop/04-plan.md", true),
        ("agent-output/shop/04-adr-3.md", true),
        ("infra/bicep/shop/modules/new.bicep", true),
        ("agent-output/shop/challenge-findings-code.json", true),
        ("infra/bicep/shop/.terraform/cache", false),
        ("infra/bicep/other/main.bicep", false),
        ("agent-output/shop/05-terraform.md", false),
        ("agent-output/shop/00-session-state.json", false),
    ] {
        let old = digest();
        put(folder.path(), &[(path, "changed")]);
        assert_eq!(digest() != old, counts, "{path}");
    }
    assert_ne!(
        see(folder.path(), "Terraform", "gate-3").shown.digest,
        digest()
    );
}
