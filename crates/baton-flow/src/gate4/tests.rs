//! The gate over a whole project of the fixtures, one fault at a time.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use baton_check::external::{External, Place as ToolPlace, Running};
use baton_check::{CheckConfig, select};
use baton_repo::{Date, Options, Repo, Worktree};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::table::table;
use super::{Evaluation, Item, ItemVerdict, MissingTools, Request, evaluate, selectors};
use crate::approval::{Sight, shown};
use crate::event::{ReviewVerdict, Verdict};
use crate::state::{GateState, GateStatus, Work};
use crate::{Place, RunState, Subject, subject};

const OUTPUT: &str = "agent-output/shop";
const PLAN: &str = "agent-output/shop/04-implementation-plan.md";
const MAIN: &str = "infra/bicep/shop/main.bicep";
const SIDECARS: [&str; 4] = [
    "challenge-findings-requirements.json",
    "challenge-findings-architecture.json",
    "challenge-findings-governance-constraints-pass1.json",
    "challenge-findings-plan.json",
];

/// A token of nobody, in two parts so that nobody takes it for one.
const TOKEN: (&str, &str) = ("gh", "p_Y4MyWuUFjsUNPjc01T5GOBUSZGi6HW1elgpW");

/// A copy of the fixtures' project in which nothing is wrong.
struct World {
    folder: TempDir,
    state: RunState,
    tools: OsString,
    missing_tools: MissingTools,
}

impl World {
    fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/repos/june-clean");
        copy(&fixture, folder.path());
        fs::create_dir(folder.path().join(".git")).unwrap();
        let mut world = World {
            state: RunState::default(),
            tools: OsString::new(),
            missing_tools: MissingTools::Allowed,
            folder,
        };
        for name in SIDECARS {
            world.put(
                &format!("{OUTPUT}/{name}"),
                r#"{"must_fix_count": 0, "findings": []}"#,
            );
        }
        let state = world.text(&format!("{OUTPUT}/00-session-state.json"));
        world.state.document = serde_json::from_str(&state).unwrap();
        for gate in ["gate-2_5", "gate-3"] {
            world.approve(gate);
        }
        world
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn append(&self, path: &str, text: &str) {
        self.put(path, &(self.text(path) + text));
    }

    fn remove(&self, path: &str) {
        let path = self.path(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
    }

    fn approve(&mut self, gate: &str) {
        let repo = self.repo();
        let graph = repo.graph().unwrap();
        let user = self.path("user");
        let place = Place::new(self.folder.path(), "agent-output", &user);
        let sight = Sight {
            place: &place,
            project: "shop",
            graph,
            graph_digest: "",
            state: &self.state,
        };
        let shown = shown(&sight, graph.find(gate).unwrap()).unwrap();
        let open = GateState {
            status: GateStatus::Open,
            shown: Some(shown),
            approvals: Vec::new(),
            note: None,
            failures: 0,
            imported: false,
        };
        self.state.gates.insert(gate.to_owned(), open);
    }

    fn decide(&mut self, key: &str, value: Value) {
        let decisions = self.state.document.get_mut("decisions").unwrap();
        decisions
            .as_object_mut()
            .unwrap()
            .insert(key.to_owned(), value);
    }

    fn repo(&self) -> Repo {
        let worktree = Worktree::new(self.folder.path(), 1);
        Repo::open(Arc::new(worktree), &Options::default()).unwrap()
    }

    fn evaluate(&self) -> Evaluation {
        self.evaluate_without(&[])
    }

    fn evaluate_without(&self, ignored: &[String]) -> Evaluation {
        let repo = self.repo();
        let brought = crate::pack::workflow_graph().graph.unwrap();
        let graph = repo.graph().unwrap_or(&brought);
        let running = Running::default();
        let config = CheckConfig::new(
            select(&[], &[]).unwrap(),
            Date {
                year: 2026,
                month: 6,
                day: 10,
            },
        );
        evaluate(&Request {
            subject: Subject {
                repo: &repo,
                graph,
                artifacts: "agent-output",
                project: "shop",
                track: subject::track(graph, &self.state.document),
            },
            state: &self.state,
            config: &config,
            ignored,
            external: &External {
                place: ToolPlace::Folder(self.folder.path().to_owned()),
                path: self.tools.clone(),
                require_tools: false,
                left_out: &[],
                running: &running,
            },
            missing_tools: self.missing_tools,
        })
        .unwrap()
    }

    /// A program of this name that says and does nothing else than this script.
    #[cfg(unix)]
    fn install(&mut self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let bin = self.path("bin");
        fs::create_dir_all(&bin).unwrap();
        fs::write(bin.join(name), format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        self.tools = bin.into_os_string();
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

fn item<'e>(evaluation: &'e Evaluation, key: &str) -> &'e Item {
    let mut items = evaluation.report.items.iter();
    items.find(|item| item.key == key).unwrap()
}

/// Keys of the items that fail.
fn failing(evaluation: &Evaluation) -> Vec<&str> {
    let items = evaluation.report.items.iter();
    let failing = items.filter(|item| item.verdict == ItemVerdict::Fail);
    failing.map(|item| item.key.as_str()).collect()
}

#[test]
fn the_table_can_be_read_and_names_checks_that_there_are() {
    assert_eq!(table().items.len(), 11);
    assert!(select(&selectors(), &[]).is_ok());
}

#[test]
fn a_project_in_order_passes_and_everything_says_what_was_looked_at() {
    let evaluation = World::new().evaluate();
    let report = &evaluation.report;
    assert_eq!(report.findings, Vec::<String>::new());
    assert_eq!(report.verdict, Verdict::Pass);
    assert_eq!(report.track.as_deref(), Some("Bicep"));
    for item in &report.items {
        let passes = item.verdict == ItemVerdict::Pass && !item.evaluated.is_empty();
        assert!(passes || item.key == "code-review", "{item:?}");
    }
    let review = item(&evaluation, "code-review");
    assert_eq!(review.verdict, ItemVerdict::NotApplicable);
}

#[test]
fn scenario_41_an_unparseable_main_bicep_fails_with_its_place() {
    let world = World::new();
    world.append(MAIN, "resource broken {\n");
    let evaluation = world.evaluate();
    assert_eq!(evaluation.report.verdict, Verdict::Fail);
    assert_eq!(failing(&evaluation), ["security-baseline", "build"]);
    let line = world.text(MAIN).lines().count();
    let place = format!("{MAIN}:{line}:");
    let sentence = &evaluation.report.findings[0];
    assert!(sentence.starts_with(&place), "{sentence}");
    // Two items say it; the next step reads it once.
    let findings = &evaluation.report.findings;
    assert_eq!(findings.iter().filter(|one| *one == sentence).count(), 1);
}

#[test]
fn scenario_42_without_bicep_the_gate_is_inconclusive_unless_that_is_allowed() {
    let mut world = World::new();
    world.missing_tools = MissingTools::Inconclusive;
    let evaluation = world.evaluate();
    assert_eq!(evaluation.report.verdict, Verdict::Inconclusive);
    assert!(evaluation.report.findings.is_empty());
    let build = item(&evaluation, "build");
    assert_eq!(build.verdict, ItemVerdict::Inconclusive);
    assert!(
        build.notes[0].contains("`bicep` is not installed"),
        "{build:?}"
    );
}

#[test]
fn scenario_43_a_plan_edited_after_gate_3_fails_and_the_file_is_named() {
    let world = World::new();
    world.append(PLAN, "\nOne more word.\n");
    let evaluation = world.evaluate();
    // The contract was made from the plan as it was.
    assert_eq!(failing(&evaluation), ["contracts", "plan-lock"]);
    let sentence = item(&evaluation, "plan-lock").findings[0].sentence();
    let expected = format!("{PLAN}: `{PLAN}` was edited after gate-3: approved with ");
    assert!(sentence.starts_with(&expected), "{sentence}");
}

#[cfg(unix)]
#[test]
fn with_the_compiler_its_word_counts() {
    let mut world = World::new();
    world.missing_tools = MissingTools::Inconclusive;
    world.install(
        "bicep",
        "test \"$1\" = --version && echo 'Bicep 0.30'; exit 0",
    );
    let evaluation = world.evaluate();
    assert_eq!(
        evaluation.report.verdict,
        Verdict::Pass,
        "{:?}",
        evaluation.report
    );
    let evaluated = item(&evaluation, "build").evaluated.join(", ");
    assert!(evaluated.contains("`bicep` Bicep 0.30"), "{evaluated}");

    let complaint = "echo \"$PWD/$3(3,1) : Error BCP999: The name is gone.\" >&2; exit 1";
    world.install("bicep", complaint);
    let evaluation = world.evaluate();
    assert_eq!(
        failing(&evaluation),
        ["build"],
        "{:?}",
        item(&evaluation, "build")
    );

    world.install("bicep", "echo 'out of memory' >&2; exit 9");
    let evaluation = world.evaluate();
    assert_eq!(evaluation.report.verdict, Verdict::Inconclusive);
    world.missing_tools = MissingTools::Allowed;
    let evaluation = world.evaluate();
    let still = evaluation.report.verdict;
    assert_eq!(still, Verdict::Inconclusive, "a crash is no missing tool");
}

#[test]
fn without_code_nothing_else_is_looked_at() {
    let world = World::new();
    world.remove("infra");
    let evaluation = world.evaluate();
    assert_eq!(evaluation.report.verdict, Verdict::Fail);
    assert_eq!(failing(&evaluation), ["precheck"]);
    let first = item(&evaluation, "precheck");
    assert_eq!(
        first.evaluated,
        ["no file of step 5 is there: nothing could be judged"]
    );
    let others = &evaluation.report.items[1..];
    assert!(
        others
            .iter()
            .all(|item| item.verdict == ItemVerdict::NotRun)
    );
}

#[test]
fn code_of_the_other_track_is_none_of_the_gates_business() {
    let world = World::new();
    world.append("infra/terraform/shop/main.tf", "resource \"x\" {\n");
    assert_eq!(world.evaluate().report.verdict, Verdict::Pass);
    let mut world = World::new();
    world.decide("iac_tool", json!("terraform"));
    let evaluation = world.evaluate();
    assert_eq!(evaluation.report.track.as_deref(), Some("Terraform"));
    // The fixture's Terraform lies in one folder; the workflow wants modules.
    assert_eq!(failing(&evaluation), ["precheck"]);
}

/// Something that goes wrong with a project.
type Fault = fn(&mut World);

/// Each fault fails these items and no others.
fn each_fails_its_item(cases: &[(&str, Fault, &[&str])]) {
    for (name, fault, expected) in cases {
        let mut world = World::new();
        fault(&mut world);
        let evaluation = world.evaluate();
        let told = &evaluation.report.findings;
        assert_eq!(failing(&evaluation), *expected, "{name}: {told:?}");
    }
}

#[test]
fn a_plan_that_nobody_approved_fails_the_lock() {
    let cases: [(&str, Fault, &[&str]); 4] = [
        (
            "no gate 3",
            |world| {
                world.state.gates.remove("gate-3");
            },
            &["plan-lock"],
        ),
        (
            "gate 3 withdrawn",
            |world| world.state.gates.get_mut("gate-3").unwrap().status = GateStatus::Withdrawn,
            &["plan-lock"],
        ),
        (
            "gate 3 open in somebody else's file",
            |world| {
                let gate = world.state.gates.get_mut("gate-3").unwrap();
                gate.imported = true;
                gate.status = GateStatus::Waiting;
            },
            &["plan-lock"],
        ),
        (
            "policies edited after gate 2.5",
            |world| world.append(&format!("{OUTPUT}/04-governance-constraints.md"), "\n"),
            &["plan-lock"],
        ),
    ];
    each_fails_its_item(&cases);
}

#[test]
fn missing_reviews_and_open_findings_fail_their_item() {
    let cases: [(&str, Fault, &[&str]); 6] = [
        (
            "no review of the plan",
            |world| world.remove(&format!("{OUTPUT}/{}", SIDECARS[3])),
            &["challenger"],
        ),
        (
            "an empty review",
            |world| world.put(&format!("{OUTPUT}/{}", SIDECARS[0]), " \n"),
            &["challenger"],
        ),
        (
            "a review that is no JSON",
            |world| world.put(&format!("{OUTPUT}/{}", SIDECARS[1]), "{\"findings\": ["),
            &["challenger"],
        ),
        (
            "a skip without a reason",
            |world| {
                world.remove(&format!("{OUTPUT}/{}", SIDECARS[2]));
                world.decide("challenger_skip", json!([{"step": "3_5", "reason": " "}]));
            },
            &["challenger"],
        ),
        (
            "an undecided finding",
            |world| {
                let text = r#"{"must_fix_count": 1,
                    "findings": [{"id": "P1", "severity": "must_fix", "title": "No backup"}]}"#;
                world.put(&format!("{OUTPUT}/{}", SIDECARS[3]), text);
            },
            &["challenger"],
        ),
        (
            "a count that is wrong",
            |world| {
                let text = r#"{"must_fix_count": 2, "findings": []}"#;
                world.put(&format!("{OUTPUT}/{}", SIDECARS[3]), text);
            },
            &["challenger"],
        ),
    ];
    each_fails_its_item(&cases);
}

#[test]
fn reviews_of_code_secrets_and_headings_fail_theirs() {
    let cases: [(&str, Fault, &[&str]); 4] = [
        (
            "a review of the code that was planned and is not there",
            |world| {
                let audit = world.state.document.get_mut("review_audit").unwrap();
                audit["step_5"]["passes_planned"] = json!(1);
            },
            &["code-review"],
        ),
        (
            "a review of the code that wants changes",
            |world| {
                let reviews = vec![(1, "comprehensive".to_owned(), ReviewVerdict::NeedsRevision)];
                let work = Work {
                    reviews,
                    ..Work::default()
                };
                world.state.work.insert("step-5b".to_owned(), work);
            },
            &["code-review"],
        ),
        (
            "a token in an artifact",
            |world| {
                let name = format!("{OUTPUT}/05-implementation-reference.md");
                world.append(&name, &format!("\nUse {}{}.\n", TOKEN.0, TOKEN.1));
            },
            &["secrets"],
        ),
        (
            "an artifact without its headings",
            |world| {
                let name = format!("{OUTPUT}/02-architecture-assessment.md");
                world.put(&name, "# Architecture\n\nNothing.\n");
            },
            &["artifacts"],
        ),
    ];
    each_fails_its_item(&cases);
}

#[test]
fn a_reason_stands_in_for_a_review_and_a_decision_settles_a_finding() {
    let mut world = World::new();
    world.remove(&format!("{OUTPUT}/{}", SIDECARS[0]));
    world.decide("challenger_skip", json!([{"step": 1, "reason": "a trial"}]));
    let text = r#"{"must_fix_count": 1, "findings": [{"id": "P1", "severity": "must_fix"}]}"#;
    world.put(
        &format!("{OUTPUT}/challenge-findings-plan-pass2.json"),
        text,
    );
    let decided = r#"{"decisions": [{"finding_id": "P1", "disposition": "defer"}]}"#;
    world.put(
        &format!("{OUTPUT}/challenge-findings-plan-decisions.json"),
        decided,
    );
    let evaluation = world.evaluate();
    assert_eq!(evaluation.report.findings, Vec::<String>::new());
    let notes = &item(&evaluation, "challenger").notes;
    assert_eq!(notes, &["the review of step 1 was left out: a trial"]);
}

#[test]
fn what_a_comment_sets_aside_is_told() {
    let world = World::new();
    world.append(
        &format!("{OUTPUT}/05-implementation-reference.md"),
        &format!(
            "\n<!-- baton-ignore source-host-token: an example -->\nUse {}{}.\n",
            TOKEN.0, TOKEN.1
        ),
    );
    let evaluation = world.evaluate();
    let secrets = item(&evaluation, "secrets");
    assert_eq!(secrets.verdict, ItemVerdict::Pass, "{secrets:?}");
    let told = secrets.notes.join("\n");
    let expected = "`source-host-token` is set aside by a comment, “an example”";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn a_workflow_that_freezes_nothing_has_the_usual_lock() {
    let mut world = World::new();
    let path = ".github/skills/workflow-engine/templates/workflow-graph.json";
    let mut graph: Value = serde_json::from_str(&world.text(path)).unwrap();
    for node in ["step-5b", "step-5t"] {
        graph["nodes"][node]
            .as_object_mut()
            .unwrap()
            .remove("frozen_inputs");
    }
    graph["metadata"]
        .as_object_mut()
        .unwrap()
        .remove("plan_lock");
    world.put(path, &graph.to_string());
    assert_eq!(
        item(&world.evaluate(), "plan-lock").verdict,
        ItemVerdict::Pass
    );
    world.append(PLAN, "\n");
    let evaluation = world.evaluate();
    assert_eq!(item(&evaluation, "plan-lock").verdict, ItemVerdict::Fail);
    // What nobody was ever shown cannot be said to have changed.
    world.state.gates.remove("gate-2_5");
    let evaluation = world.evaluate();
    let notes = &item(&evaluation, "plan-lock").notes;
    assert!(notes[0].ends_with("was shown at no gate"), "{notes:?}");
}

#[test]
fn a_repository_without_a_workflow_follows_the_one_that_is_brought() {
    let world = World::new();
    world.remove(".github/skills/workflow-engine/templates/workflow-graph.json");
    let evaluation = world.evaluate();
    let graph = item(&evaluation, "workflow-graph");
    assert_eq!(graph.verdict, ItemVerdict::NotApplicable, "{graph:?}");
    assert_eq!(evaluation.report.findings, Vec::<String>::new());
}

#[test]
fn what_is_about_no_file_has_no_place_but_stands_somewhere_in_other_formats() {
    let mut world = World::new();
    world.state.gates.clear();
    let evaluation = world.evaluate();
    let lock = item(&evaluation, "plan-lock");
    assert_eq!(lock.findings[0].path, "");
    assert!(evaluation.report.findings[0].starts_with("gate-3 was never approved"));
    let mut findings = evaluation.checked.findings.iter();
    let finding = findings.find(|one| one.rule == "unapproved-plan");
    let repo = world.repo();
    let file = repo.by_id(finding.unwrap().at.file).unwrap();
    assert_eq!(file.path.name(), "00-session-state.json");
}

#[test]
fn rules_that_the_repository_leaves_out_are_told() {
    let world = World::new();
    world.append(MAIN, "resource broken {\n");
    let ignored = ["iac".to_owned(), "bicep-syntax-error".to_owned()];
    let evaluation = world.evaluate_without(&ignored);
    let notes = item(&evaluation, "security-baseline").notes.join("\n");
    assert!(notes.contains("left out by the configuration"), "{notes}");
}

#[test]
fn the_digest_follows_what_is_judged_and_not_what_the_runner_writes() {
    let world = World::new();
    let digest = world.evaluate().report.digest;
    world.append(&format!("{OUTPUT}/00-handoff.md"), "\n");
    world.put(&format!("{OUTPUT}/05-gate4-report.json"), "{}");
    assert_eq!(world.evaluate().report.digest, digest);
    world.append(MAIN, "\n");
    assert_ne!(world.evaluate().report.digest, digest);
}

#[test]
fn two_evaluations_of_one_state_are_the_same() {
    let world = World::new();
    world.append(MAIN, "resource broken {\n");
    world.append(PLAN, "\n");
    let text = |evaluation: Evaluation| serde_json::to_string(&evaluation.report).unwrap();
    assert_eq!(text(world.evaluate()), text(world.evaluate()));
}

#[test]
fn the_report_follows_its_schema() {
    let schema = include_str!("../../../../schemas/gate4-report.schema.json");
    let parse = |text: &str| {
        let parsed = baton_syntax::json::parse(text, baton_syntax::json::Dialect::Strict);
        parsed.root.unwrap()
    };
    let schema = baton_repo::Schema::compile(&parse(schema)).unwrap();
    let broken = World::new();
    broken.append(MAIN, "resource broken {\n");
    let empty = World::new();
    empty.remove("infra");
    for world in [World::new(), broken, empty] {
        let text = serde_json::to_string_pretty(&world.evaluate().report).unwrap();
        assert_eq!(schema.validate(&parse(&text)), [], "{text}");
    }
}
