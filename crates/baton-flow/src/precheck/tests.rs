//! What is missing, step by step.

use std::sync::Arc;

use baton_repo::graph::{self, WorkflowGraph};
use baton_repo::{Memory, Options, Repo};
use baton_syntax::json::{self, Dialect};

use super::{key, precheck, steps, table};
use crate::Subject;

const GRAPH: &str = r#"{
  "nodes": {
    "step-5b": {"id": "step-5b", "type": "agent-step", "requires": [], "agent": "b",
      "condition": {"field": "decisions.iac_tool", "equals": "Bicep"},
      "produces": ["code/bicep/{project}/", "05-iac-handoff.json"]},
    "step-5t": {"id": "step-5t", "type": "agent-step", "requires": [], "agent": "t",
      "condition": {"field": "decisions.iac_tool", "equals": "Terraform"},
      "produces": ["code/tf/{project}/"]}
  },
  "edges": [],
  "metadata": {"version": "2.3"}
}"#;

const STATE: (&str, &str) = ("agent-output/shop/00-session-state.json", "{}");

fn load(text: &str) -> WorkflowGraph {
    let root = json::parse(text, Dialect::Strict).root.unwrap();
    graph::load(&root).graph.unwrap()
}

/// What is missing after a step, and how many files are there.
fn check(step: &str, track: Option<&str>, files: &[(&str, &str)]) -> (Vec<String>, usize) {
    let source = Memory::new(files.iter().copied());
    let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
    let graph = load(GRAPH);
    let subject = Subject {
        repo: &repo,
        graph: &graph,
        artifacts: "agent-output",
        project: "shop",
        track,
    };
    let result = precheck(&subject, step).unwrap();
    assert_eq!(result.pass, result.findings.is_empty());
    let told = result
        .findings
        .into_iter()
        .map(|missing| match missing.path {
            Some(path) => format!("{path}: {}", missing.message),
            None => missing.message,
        });
    (told.collect(), result.artifact_count)
}

#[test]
fn there_is_a_check_for_every_step_however_it_is_named() {
    assert!(!table().state.is_empty());
    assert_eq!(steps(), ["1", "2", "3", "3_5", "4", "5", "6", "7"]);
    let cases = [
        ("3.5", Some("3_5")),
        ("3_5", Some("3_5")),
        ("step-5b", Some("5")),
        ("STEP-7", Some("7")),
        ("8", None),
        ("", None),
    ];
    for (named, expected) in cases {
        assert_eq!(key(named), expected, "{named}");
    }
}

#[test]
fn requirements_need_their_sections_whatever_their_pictures() {
    let path = "agent-output/shop/01-requirements.md";
    let all = "## 🎯 Project Overview\n\n## Functional requirements\n\n## Non-Functional Requirements (NFRs)\n";
    assert_eq!(check("1", None, &[STATE, (path, all)]), (vec![], 1));
    let some = "## Non-Functional Requirements (NFRs)\n";
    let expected = vec![
        format!("{path}: it has no section `Project Overview`"),
        format!("{path}: it has no section `Functional Requirements`"),
    ];
    assert_eq!(check("1", None, &[STATE, (path, some)]), (expected, 1));
    let expected = vec![format!("`{path}` is not there")];
    assert_eq!(check("1", None, &[STATE]), (expected, 0));
}

#[test]
fn the_state_has_to_be_readable_for_any_step() {
    let plan = ("agent-output/shop/02-architecture-assessment.md", "# A\n");
    let cases = [
        (
            vec![plan],
            "`agent-output/shop/00-session-state.json` is not there",
        ),
        (
            vec![plan, (STATE.0, "{")],
            "agent-output/shop/00-session-state.json: it holds no JSON object",
        ),
        (
            vec![plan, (STATE.0, "[]")],
            "agent-output/shop/00-session-state.json: it holds no JSON object",
        ),
    ];
    for (files, expected) in cases {
        assert_eq!(check("2", None, &files), (vec![expected.to_owned()], 1));
    }
}

#[test]
fn empty_files_and_too_few_of_them_are_told() {
    let path = "agent-output/shop/02-architecture-assessment.md";
    let expected = vec![format!("{path}: it is empty")];
    assert_eq!(check("2", None, &[STATE, (path, " \n")]), (expected, 1));
    let two = [
        STATE,
        ("agent-output/shop/07-a.md", "# A\n"),
        ("agent-output/shop/07-b.md", "# B\n"),
    ];
    let expected = "5 files `agent-output/shop/07-*.md` are needed, 2 are there";
    assert_eq!(check("7", None, &two), (vec![expected.to_owned()], 2));
}

#[test]
fn either_form_of_a_drawing_will_do() {
    let adr = ("agent-output/shop/03-des-adr-1.md", "# A\n");
    for drawing in ["03-des-diagram.drawio", "03-des-network.py"] {
        let path = format!("agent-output/shop/{drawing}");
        let files = [STATE, adr, (path.as_str(), "x\n")];
        assert_eq!(check("3", None, &files), (vec![], 2), "{drawing}");
    }
    let expected = "neither `agent-output/shop/03-des-diagram.drawio` nor `agent-output/shop/03-des-*.py` is there";
    assert_eq!(
        check("3", None, &[STATE, adr]),
        (vec![expected.to_owned()], 1)
    );
}

#[test]
fn code_is_looked_for_where_the_workflow_has_it_written_and_on_the_track() {
    let files = [
        STATE,
        ("code/bicep/shop/main.bicep", "param a string\n"),
        ("code/bicep/shop/modules/a.bicep", "param a string\n"),
        ("code/tf/shop/main.tf", "locals {}\n"),
    ];
    assert_eq!(check("5", Some("Bicep"), &files), (vec![], 2));
    let expected = vec!["no file `code/tf/shop/modules/**` is there".to_owned()];
    assert_eq!(check("5", Some("terraform"), &files), (expected, 1));
    let (told, _) = check("5", None, &files);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("nobody has decided on `iac_tool`"));
}

#[test]
fn a_graph_that_names_no_code_leaves_it_to_convention() {
    let graph = load(r#"{"nodes": {}, "edges": [], "metadata": {"version": "2.3"}}"#);
    let source = Memory::new([STATE]);
    let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
    let subject = |track| Subject {
        repo: &repo,
        graph: &graph,
        artifacts: "agent-output",
        project: "shop",
        track,
    };
    assert_eq!(subject(Some("Bicep")).code(), ["infra/bicep/shop"]);
    assert_eq!(
        subject(None).code(),
        ["infra/bicep/shop", "infra/terraform/shop"]
    );
}
