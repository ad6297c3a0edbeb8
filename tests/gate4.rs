//! Gates, pre-checks and compression on the command line, over a copy of the clean repository.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

#[expect(dead_code, reason = "the helpers serve other tests too")]
mod scratch;

use std::fs;
use std::path::{Path, PathBuf};

use baton_flow::approval::{Sight, shown};
use baton_flow::canonical::graph_digest;
use baton_flow::{Actor, ActorKind, Effect, Place, Project, RunEvent, What};
use baton_repo::graph;
use baton_syntax::json::{self, Dialect};
use serde_json::Value;
use tempfile::TempDir;

use scratch::{command, put};

const OUTPUT: &str = "agent-output/shop";
const MAIN: &str = "infra/bicep/shop/main.bicep";
const PLAN: &str = "agent-output/shop/04-implementation-plan.md";
const REPORT: &str = "agent-output/shop/05-gate4-report.json";
const GRAPH: &str = ".github/skills/workflow-engine/templates/workflow-graph.json";

/// A copy of the clean repository, with reviews, and its own folder for state.
struct World {
    folder: TempDir,
    state: TempDir,
}

/// How a command ended: exit code, standard output, standard error.
type Ended = (Option<i32>, String, String);

impl World {
    fn new() -> World {
        let world = World {
            folder: tempfile::tempdir().unwrap(),
            state: tempfile::tempdir().unwrap(),
        };
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/repos/june-clean");
        copy(&fixture, world.root());
        for name in [
            "requirements",
            "architecture",
            "governance-constraints-pass1",
            "plan",
        ] {
            let path = format!("{OUTPUT}/challenge-findings-{name}.json");
            put(
                world.root(),
                &path,
                "{\"must_fix_count\": 0, \"findings\": []}\n",
            );
        }
        world
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn append(&self, path: &str, text: &str) {
        let whole = fs::read_to_string(self.path(path)).unwrap() + text;
        fs::write(self.path(path), whole).unwrap();
    }

    /// Has a person approve every gate up to the plan's.
    fn approve(&self) {
        let place = Place::new(self.root(), "agent-output", self.state.path());
        let text = fs::read_to_string(self.path(GRAPH)).unwrap();
        let root = json::parse(&text, Dialect::Strict).root.unwrap();
        let graph = graph::load(&root).graph.unwrap();
        let person = Actor {
            name: "reviewer@example.com".to_owned(),
            kind: ActorKind::Human,
        };
        for gate in ["gate-1", "gate-2", "gate-2_5", "gate-3"] {
            let mut project = Project::open(&place, "shop", &graph).unwrap();
            let state = project.state().unwrap().unwrap();
            let digest = graph_digest(&text);
            let sight = Sight {
                place: &place,
                project: "shop",
                graph: &graph,
                graph_digest: &digest,
                state: &state,
            };
            let shown = shown(&sight, graph.find(gate).unwrap()).unwrap();
            let approved = RunEvent::GateApproved {
                gate: gate.to_owned(),
                digest: shown.digest.clone(),
                how: "command".to_owned(),
                needed: 1,
            };
            let presented = RunEvent::GatePresented {
                gate: gate.to_owned(),
                shown,
            };
            for event in [presented, approved] {
                let what = What::Run(event);
                let recorded = project
                    .record(what, &person, "2026-06-10T08:00:00Z")
                    .unwrap();
                let refused = recorded
                    .effects
                    .iter()
                    .find(|effect| matches!(effect, Effect::Refused { .. }));
                assert_eq!(refused, None, "{gate}");
            }
        }
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        let output = command(self.root(), arguments)
            .env("BATON_STATE_DIR", self.state.path())
            .env("PATH", self.path("bin"))
            .env_remove("APEX_ROOT")
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.code(),
            text(&output.stdout),
            text(&output.stderr),
        )
    }

    /// Gate 4 with more arguments; its report.
    fn gate(&self, more: &[&str]) -> (Option<i32>, Value) {
        let arguments = [&["gate", "4", "--project", "shop", "--json"], more].concat();
        let (code, out, err) = self.run(&arguments);
        let report = serde_json::from_str(&out).map_err(|error| format!("{error}: {err}"));
        (code, report.unwrap())
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What keeps the gate shut.
fn findings(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| finding.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn an_approved_project_passes_and_its_report_lies_beside_it() {
    let world = World::new();
    world.approve();
    let (code, report) = world.gate(&["--allow-missing-tools"]);
    assert_eq!(findings(&report), Vec::<String>::new());
    assert_eq!(code, Some(0));
    assert_eq!(report["verdict"], "pass");
    let written = fs::read_to_string(world.path(REPORT)).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), report);
    // The report is judged by the schema of its kind, and again nothing is wrong.
    let (code, out, err) = world.run(&["lint", "json-schemas"]);
    assert_eq!(code, Some(0), "{out}{err}");
    let (code, out, _) = world.run(&["gate", "3", "--project", "shop"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("approved by reviewer@example.com"), "{out}");
}

#[test]
fn scenario_41_a_broken_main_bicep_fails_with_its_place() {
    let world = World::new();
    world.append(MAIN, "resource broken {\n");
    let (code, out, _) = world.run(&["gate", "4", "--project", "shop", "--no-write"]);
    assert_eq!(code, Some(1));
    let line = fs::read_to_string(world.path(MAIN))
        .unwrap()
        .lines()
        .count();
    assert!(out.contains(&format!("{MAIN}:{line}:")), "{out}");
    assert!(!world.path(REPORT).exists());
}

#[test]
fn scenario_42_a_missing_tool_is_inconclusive() {
    let world = World::new();
    world.approve();
    let (code, out, _) = world.run(&["gate", "4", "--project", "shop"]);
    assert_eq!(code, Some(4), "{out}");
    assert!(out.contains("`bicep` is not installed"), "{out}");
}

#[test]
fn scenario_43_a_plan_edited_after_approval_is_named() {
    let world = World::new();
    world.approve();
    world.append(PLAN, "\nOne more word.\n");
    let (code, report) = world.gate(&["--allow-missing-tools"]);
    assert_eq!(code, Some(1));
    let expected = format!("`{PLAN}` was edited after gate-3");
    let told = findings(&report);
    assert!(told.iter().any(|one| one.contains(&expected)), "{told:?}");
    let (code, out, _) = world.run(&["gate", "3", "--project", "shop"]);
    assert_eq!(code, Some(1));
    assert!(
        out.contains(&format!("{PLAN} was changed after the approval")),
        "{out}"
    );
}

#[test]
fn without_a_ledger_no_plan_counts_as_approved() {
    let world = World::new();
    let (code, report) = world.gate(&["--allow-missing-tools"]);
    assert_eq!(code, Some(1));
    let told = findings(&report);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("gate-3 was never approved"), "{told:?}");
    let state = fs::read_dir(world.state.path()).unwrap();
    assert_eq!(state.count(), 0, "looking leaves no trace");
    let (code, out, _) = world.run(&["gate", "3", "--project", "shop", "--json"]);
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &told["status"]),
        (Some(3), &"waits for approval".into())
    );
}

#[test]
fn what_git_ignores_is_judged_all_the_same() {
    let world = World::new();
    put(world.root(), ".gitignore", "agent-output/*/\n");
    fs::create_dir(world.path(".git")).unwrap();
    let (code, out, _) = world.run(&["precheck", "all", "--project", "shop"]);
    assert_eq!(code, Some(0), "{out}");
}

#[test]
fn sarif_holds_what_rules_and_the_gate_itself_found() {
    let world = World::new();
    world.append(MAIN, "resource broken {\n");
    let path = world.path("gate4.sarif");
    world.gate(&["--sarif", path.to_str().unwrap()]);
    let log: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    for rule in ["bicep-syntax-error", "unapproved-plan"] {
        assert!(
            results.iter().any(|result| result["ruleId"] == rule),
            "{rule}"
        );
    }
}

#[test]
fn what_is_not_there_is_a_mistake_of_the_caller() {
    let world = World::new();
    let cases: [(&[&str], &str); 7] = [
        (
            &["gate", "4", "--project", "nobody"],
            "there is no project `nobody`",
        ),
        (
            &["gate", "4", "--project", "../shop"],
            "is no name of a project",
        ),
        (
            &["gate", "6", "--project", "shop"],
            "`1`, `2`, `2.5`, `3`, `4`, `5`",
        ),
        (
            &["gate", "3", "--project", "shop", "--no-write"],
            "`--no-write` is for gate 4 alone",
        ),
        (
            &["precheck", "9", "--project", "shop"],
            "there is no step `9`",
        ),
        (
            &[
                "compress",
                "agent-output/shop/04-iac-contract.json",
                "--used",
                "70",
            ],
            "is no Markdown",
        ),
        (&["compress", "gone.md", "--tier", "full"], "cannot read"),
    ];
    for (arguments, expected) in cases {
        let (code, out, err) = world.run(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.contains(expected), "{err}");
    }
}

#[test]
fn prechecks_have_the_keys_of_the_reference() {
    let world = World::new();
    fs::remove_file(world.path(&format!("{OUTPUT}/04-governance-constraints.json"))).unwrap();
    let (code, out, _) = world.run(&["precheck", "3.5", "--project", "shop", "--json"]);
    assert_eq!(code, Some(1));
    let told: Value = serde_json::from_str(&out).unwrap();
    let keys: Vec<&String> = told.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "step",
            "pass",
            "pre_validation_failed",
            "findings",
            "artifact_count",
            "validation_time_ms"
        ]
    );
    assert_eq!(
        (&told["step"], &told["artifact_count"]),
        (&"3_5".into(), &1.into())
    );
    let (code, out, _) = world.run(&["precheck", "all", "--project", "shop", "--json"]);
    assert_eq!(code, Some(1));
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(told["all_pass"], false);
    assert_eq!(told["steps"].as_array().unwrap().len(), 8);
}

#[test]
fn artifacts_are_compressed_by_how_full_the_context_is() {
    let world = World::new();
    let whole = fs::read_to_string(world.path(PLAN)).unwrap();
    let compress = |used: &str| world.run(&["compress", PLAN, "--used", used]).1;
    assert_eq!(compress("59"), whole);
    assert_eq!(compress("60"), compress("80"));
    assert!(compress("80").len() < whole.len());
    assert!(compress("81").len() < compress("80").len());
    let arguments = ["compress", PLAN, "--tier", "minimal", "--challenger"];
    let (code, out, err) = world.run(&arguments);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("- region: swedencentral"), "{out}");
    let (code, _, err) = world.run(&["compress", PLAN]);
    assert_eq!(code, Some(2), "{err}");
}
