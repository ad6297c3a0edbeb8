//! `baton state` from the outside: exit codes, what goes where, and what is written.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::{Value, json};
use tempfile::TempDir;

const STATE: &str = "agent-output/demo/00-session-state.json";

/// A folder without git, with a folder for the ledger beside it.
struct Desk {
    folder: TempDir,
}

/// What a command answered.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn empty() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("work")).unwrap();
        Desk { folder }
    }

    /// One with the project `demo`.
    fn new() -> Desk {
        let desk = Desk::empty();
        desk.good(&["init", "demo"]);
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("work").join(path)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
        command
            .args(arguments)
            .current_dir(self.path(""))
            .env("BATON_STATE_DIR", self.folder.path().join("ledgers"))
            .env_remove("APEX_ROOT")
            .env("USER", "tester")
            .stdin(Stdio::null());
        command
    }

    fn baton(&self, arguments: &[&str]) -> Answer {
        Answer::of(self.command(arguments).output().unwrap())
    }

    fn state(&self, arguments: &[&str]) -> Answer {
        self.baton(&[&["state"], arguments].concat())
    }

    /// A command that does what is asked.
    fn good(&self, arguments: &[&str]) -> Answer {
        let answer = self.state(arguments);
        assert_eq!(answer.code, 0, "{arguments:?}: {}", answer.err);
        answer
    }

    /// A command that is refused: nothing on standard output, nothing written.
    fn refused(&self, arguments: &[&str], code: i32) -> Answer {
        let before = fs::read(self.path(STATE)).ok();
        let answer = self.state(arguments);
        assert_eq!(
            answer.code, code,
            "{arguments:?}: {}{}",
            answer.out, answer.err
        );
        assert_eq!(answer.out, "", "{arguments:?}");
        assert!(
            answer.err.starts_with("error: "),
            "{arguments:?}: {}",
            answer.err
        );
        assert_eq!(fs::read(self.path(STATE)).ok(), before, "{arguments:?}");
        answer
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let answer = self.state(&[arguments, &["--json"]].concat());
        assert_eq!(answer.err, "", "{arguments:?}");
        serde_json::from_str(&answer.out).unwrap()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn document(&self) -> Value {
        serde_json::from_str(&self.read(STATE)).unwrap()
    }
}

impl Answer {
    fn of(output: Output) -> Answer {
        Answer {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn every_file(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(every_file(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn scenario_13_a_project_begins_once() {
    let desk = Desk::empty();
    let answer = desk.good(&["init", "demo"]);
    assert_eq!(answer.out, format!("demo begins; its record is {STATE}\n"));
    let document = desk.document();
    assert_eq!(document["schema_version"], "3.0");
    assert_eq!(document["steps"].as_object().unwrap().len(), 8);
    assert_eq!(document["review_audit"].as_object().unwrap().len(), 6);
    desk.refused(&["init", "demo"], 1);
    desk.good(&["start-step", "demo", "1"]);
    desk.good(&["init", "demo", "--force"]);
    assert_eq!(desk.document()["steps"]["1"]["status"], "pending");
}

#[test]
fn scenario_14_a_name_that_leads_elsewhere_is_refused_by_every_command() {
    let desk = Desk::new();
    let before = every_file(desk.folder.path());
    let commands: [&[&str]; 14] = [
        &["init", "../../x"],
        &["init", "../../x", "--force"],
        &["show", "../../x"],
        &["start-step", "../../x", "1"],
        &["checkpoint", "../../x", "1", "a"],
        &["complete-step", "../../x", "1"],
        &[
            "transition",
            "../../x",
            "--from-step",
            "1",
            "--to-step",
            "2",
        ],
        &["decide", "../../x", "--key", "a", "--value", "b"],
        &["finding", "../../x", "--add", "a"],
        &["review-audit", "../../x", "1"],
        &["skip-step", "../../x", "3"],
        &["migrate", "../../x"],
        &["handoff", "../../x"],
        &["next", "../../x"],
    ];
    for command in commands {
        let answer = desk.refused(command, 1);
        assert!(
            answer.err.contains("is no name of a project"),
            "{}",
            answer.err
        );
    }
    for name in ["Demo", "a b", "-a", "", &"a".repeat(31)] {
        desk.refused(&["init", "--", name], 1);
    }
    assert_eq!(every_file(desk.folder.path()), before);
}

#[test]
fn scenario_15_the_copy_is_the_version_before() {
    let desk = Desk::new();
    let first = desk.read(STATE);
    desk.good(&["start-step", "demo", "1"]);
    assert_eq!(desk.read(&format!("{STATE}.bak")), first);
    assert_ne!(desk.read(STATE), first);
}

#[test]
fn scenario_16_a_file_that_is_cut_off_is_restored_and_its_copy_stays() {
    // With a ledger the last version comes back; without one, that of the copy.
    for has_ledger in [true, false] {
        let desk = Desk::new();
        desk.good(&["start-step", "demo", "1"]);
        let (last, copy) = (desk.read(STATE), desk.read(&format!("{STATE}.bak")));
        if !has_ledger {
            fs::remove_dir_all(desk.folder.path().join("ledgers")).unwrap();
        }
        desk.put(STATE, &last.chars().take(100).collect::<String>());
        let expected = if has_ledger { &last } else { &copy };
        let shown = desk.json(&["show", "demo"]);
        assert_eq!(shown["exists"], true);
        assert_eq!(desk.read(STATE), *expected);
        assert_eq!(desk.read(&format!("{STATE}.bak")), copy);
    }
}

#[test]
fn scenario_17_with_neither_file_nor_copy_nor_ledger_there_is_an_error() {
    let desk = Desk::new();
    fs::remove_dir_all(desk.folder.path().join("ledgers")).unwrap();
    desk.put(STATE, "{");
    desk.put(&format!("{STATE}.bak"), "[]");
    for command in [&["show", "demo"][..], &["start-step", "demo", "1"]] {
        let answer = desk.refused(command, 1);
        assert!(answer.err.contains("cannot be read"), "{}", answer.err);
    }
    let failure = desk.json(&["show", "demo"]);
    assert_eq!(failure["error"], "failed");
}

#[test]
fn scenario_19_two_processes_lose_no_finding() {
    const EACH: usize = 100;
    let desk = Desk::new();
    thread::scope(|scope| {
        for writer in ["a", "b"] {
            let desk = &desk;
            scope.spawn(move || {
                for number in 0..EACH {
                    desk.good(&["finding", "demo", "--add", &format!("{writer}{number}")]);
                }
            });
        }
    });
    let document = desk.document();
    assert_eq!(
        document["open_findings"].as_array().unwrap().len(),
        2 * EACH
    );
}

#[test]
fn scenario_20_an_old_record_is_shown_and_migrated() {
    let desk = Desk::empty();
    let old = json!({
        "schema_version": "2.0", "project": "demo", "ours": 1,
        "lock": {"owner_id": "a"}, "stale_threshold_ms": 1,
        "steps": {"1": {"status": "complete", "claim": {"event_log": ["began"]}}},
    });
    desk.put(STATE, &old.to_string());
    let shown = desk.json(&["show", "demo"]);
    assert_eq!(shown["session"]["steps"]["3_5"]["status"], "pending");
    let text = desk.read(STATE);
    let check = desk.state(&["migrate", "demo", "--check"]);
    assert_eq!((check.code, desk.read(STATE)), (1, text));
    assert!(
        check.out.contains("  `lock` was removed\n"),
        "{}",
        check.out
    );
    desk.good(&["migrate", "demo"]);
    let document = desk.document();
    assert_eq!(document["schema_version"], "3.0");
    assert_eq!(document["ours"], 1);
    assert_eq!(document.get("lock"), None);
    let text = desk.read(STATE);
    let again = desk.good(&["migrate", "demo"]);
    assert_eq!(again.out, "demo: there is nothing to migrate\n");
    assert_eq!(desk.state(&["migrate", "demo", "--check"]).code, 0);
    assert_eq!(desk.read(STATE), text);
    desk.put(STATE, r#"{"schema_version": "4.0"}"#);
    for command in ["show", "migrate", "next"] {
        let answer = desk.refused(&[command, "demo"], 1);
        assert!(answer.err.contains("version 4.0"), "{}", answer.err);
    }
}

#[test]
fn scenarios_21_to_24_a_step_waits_for_its_review() {
    let desk = Desk::new();
    let complete = ["complete-step", "demo", "1"];
    let sidecar = "agent-output/demo/challenge-findings-requirements.json";
    desk.good(&["start-step", "demo", "1"]);
    desk.put("agent-output/demo/01-requirements.md", "# Requirements\n");
    for text in [None, Some(""), Some("{")] {
        if let Some(text) = text {
            desk.put(sidecar, text);
        }
        desk.refused(&complete, 2);
        let refusal = desk.json(&complete);
        assert_eq!(refusal["error"], "challenger_findings_missing");
        assert_eq!(refusal["required_sidecar"], sidecar);
        let from = [
            "transition",
            "demo",
            "--from-step",
            "1",
            "--to-step",
            "2",
            "--complete",
        ];
        desk.refused(&from, 2);
    }
    let bypass = [&complete[..], &["--allow-missing-challenger"]].concat();
    desk.refused(&bypass, 2);
    let refusal = desk.json(&bypass);
    assert_eq!(refusal["error"], "challenger_skip_reason_required");
    let reason = [&bypass[..], &["--challenger-skip-reason", "a spike"]].concat();
    assert_eq!(desk.json(&reason)["challenger_skip_recorded"], true);
    let skips = &desk.document()["decisions"]["challenger_skip"];
    assert_eq!(skips.as_array().unwrap().len(), 1);
    assert_eq!(skips[0]["reason"], "a spike");
    // 24: without the artifact nothing has to be reviewed.
    desk.good(&["start-step", "demo", "3_5"]);
    desk.good(&["complete-step", "demo", "3_5"]);
    // With both, the waiver is not used.
    desk.put("agent-output/demo/02-architecture-assessment.md", "# A\n");
    desk.put(
        "agent-output/demo/challenge-findings-architecture.json",
        "{}",
    );
    desk.good(&["start-step", "demo", "2"]);
    desk.good(&["complete-step", "demo", "2"]);
    let skips = &desk.document()["decisions"]["challenger_skip"];
    assert_eq!(skips.as_array().unwrap().len(), 1);
}

#[test]
fn scenarios_25_and_26_steps_open_again_by_force() {
    let desk = Desk::new();
    desk.good(&["start-step", "demo", "2"]);
    desk.refused(&["complete-step", "demo", "1"], 1);
    desk.good(&["complete-step", "demo", "2"]);
    desk.refused(&["start-step", "demo", "2"], 1);
    desk.good(&["start-step", "demo", "2", "--force"]);
    let step = &desk.document()["steps"]["2"];
    assert_eq!(
        (&step["status"], &step["completed"]),
        (&json!("in_progress"), &json!(null))
    );
    let answer = desk.good(&["start-step", "demo", "3_5"]);
    assert!(answer.err.contains("at the same time"), "{}", answer.err);
    assert_eq!(desk.document()["current_step"], 3);
    desk.refused(&["start-step", "demo", "9"], 1);
}

#[test]
fn scenarios_27_to_29_a_transition_is_one_write_or_none() {
    let desk = Desk::new();
    desk.good(&["start-step", "demo", "1"]);
    let before = desk.read(STATE);
    let jump = [
        "transition",
        "demo",
        "--from-step",
        "1",
        "--to-step",
        "6",
        "--complete",
    ];
    let answer = desk.refused(&jump, 2);
    assert!(answer.err.contains("`--force`"), "{}", answer.err);
    let step = [
        "transition",
        "demo",
        "--from-step",
        "1",
        "--to-step",
        "2",
        "--complete",
    ];
    for bad in ["bad", "=x", " =x"] {
        desk.refused(&[&step[..], &["--decision", bad]].concat(), 1);
    }
    let good = [
        &step[..],
        &["--decision", "iac_tool=Bicep", "--decision", "own=a=b"],
    ]
    .concat();
    let answer = desk.json(&good);
    assert_eq!(answer["from_step"], "1");
    assert_eq!(answer["to_step"], "2");
    assert_eq!(answer["completed"], true);
    assert_eq!(answer["decisions_recorded"], json!(["iac_tool", "own"]));
    assert_eq!(answer["challenger_skip_recorded"], false);
    assert!(answer["timestamp"].is_string());
    assert_eq!(desk.read(&format!("{STATE}.bak")), before, "one write");
    let document = desk.document();
    assert_eq!(
        (&document["iac_tool"], &document["decisions"]["own"]),
        (&json!("Bicep"), &json!("a=b"))
    );
    assert_eq!(document["steps"]["1"]["status"], "complete");
    assert_eq!(document["steps"]["2"]["status"], "in_progress");
    let forced = [
        "transition",
        "demo",
        "--from-step",
        "2",
        "--to-step",
        "6",
        "--force",
    ];
    desk.good(&forced);
    assert_eq!(desk.document()["decision_log"].as_array().unwrap().len(), 1);
}

#[test]
fn scenario_30_what_changes_nothing_writes_nothing() {
    let desk = Desk::new();
    desk.good(&["finding", "demo", "--add", "known"]);
    let before = fs::metadata(desk.path(STATE)).unwrap().modified().unwrap();
    desk.put("none.json", "[]");
    desk.put("bad.json", r#"[{"title": "no text"}]"#);
    desk.put("list.json", r#"["known", {"text": "new"}]"#);
    desk.good(&["finding", "demo", "--add-many", "none.json"]);
    desk.good(&["finding", "demo", "--add", "known"]);
    let missing = desk.json(&["finding", "demo", "--remove", "nobody said this"]);
    assert_eq!(missing["not_found"], true);
    for bad in ["bad.json", "absent.json", STATE] {
        desk.refused(&["finding", "demo", "--add-many", bad], 2);
    }
    desk.refused(&["finding", "demo"], 1);
    let after = fs::metadata(desk.path(STATE)).unwrap().modified().unwrap();
    assert_eq!(after, before);
    desk.good(&["finding", "demo", "--add-many", "list.json"]);
    let expected = json!(["known", "known", "new"]);
    assert_eq!(desk.document()["open_findings"], expected);
}

#[test]
fn scenarios_31_and_32_what_is_written_is_valid_and_what_is_not_is_never_called_so() {
    let desk = Desk::new();
    desk.good(&[
        "checkpoint",
        "demo",
        "1",
        "phase_1",
        "--telemetry-input-tokens",
        "7",
    ]);
    desk.good(&[
        "decide",
        "demo",
        "--decision",
        "Use SQL",
        "--rationale",
        "Orders",
        "--step",
        "3_5",
    ]);
    desk.good(&[
        "decide",
        "demo",
        "--key",
        "sku_manifest_revision",
        "--value-json",
        "2",
    ]);
    desk.good(&[
        "review-audit",
        "demo",
        "4",
        "--passes-planned",
        "2",
        "--skip",
        "2",
        "--model",
        "m",
    ]);
    desk.good(&["block", "demo", "1", "--reason", "no quota"]);
    let answer = desk.baton(&["check", "agent-output", "--select", "state"]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    let mut broken = desk.document();
    broken["current_step"] = json!(70);
    desk.put(STATE, &broken.to_string());
    let answer = desk.baton(&["check", "agent-output", "--select", "state"]);
    assert_eq!(answer.code, 1);
    let said = format!("{}{}", answer.out, answer.err).to_lowercase();
    assert!(
        !said.contains("nothing found") && !said.contains(" valid"),
        "{said}"
    );
}

#[test]
fn decisions_are_made_by_key_or_with_reasons() {
    let desk = Desk::new();
    for wrong in [
        &["--key", "a"][..],
        &["--key", "a", "--value", "b", "--decision", "c"],
        &[],
        &["--decision", "a", "--value", "b"],
        &["--key", "iac_tool", "--value", "Pulumi"],
        &["--key", "a", "--value-json", "{"],
    ] {
        desk.refused(&[&["decide", "demo"], wrong].concat(), 1);
    }
    desk.good(&[
        "decide",
        "demo",
        "--key",
        "iac_tool",
        "--value",
        "terraform",
    ]);
    let document = desk.document();
    assert_eq!(document["iac_tool"], "Terraform");
    assert_eq!(document["decisions"]["iac_tool"], "Terraform");
    let listed = desk.json(&["decisions", "--project", "demo"]);
    assert_eq!(listed[1]["category"], "iac_tool");
    desk.refused(&["decide", "nobody", "--key", "a", "--value", "b"], 1);
}

#[test]
fn a_halted_step_answers_with_5() {
    let desk = Desk::new();
    desk.good(&["start-step", "demo", "1"]);
    desk.good(&["block", "demo", "1", "--reason", "no quota"]);
    desk.refused(&["complete-step", "demo", "1"], 5);
    assert_eq!(
        desk.json(&["complete-step", "demo", "1"])["error"],
        "halted"
    );
    desk.good(&["unblock", "demo", "1"]);
    desk.good(&["complete-step", "demo", "1"]);
}

#[test]
fn an_unknown_project_and_an_empty_folder_are_told_apart_from_empty_ones() {
    let desk = Desk::empty();
    let shown = desk.json(&["show", "demo"]);
    assert_eq!(
        (&shown["exists"], &shown["session"]),
        (&json!(false), &json!({}))
    );
    assert_eq!(desk.json(&["list"]), json!([]));
    assert_eq!(desk.json(&["files"]), json!([]));
    assert_eq!(desk.json(&["search", "x"])["count"], 0);
    desk.refused(&["start-step", "demo", "1"], 1);
    assert!(!desk.path("agent-output").exists());
    desk.good(&["init", "demo"]);
    assert_eq!(desk.json(&["show", "demo"])["exists"], true);
    let files = desk.json(&["files"]);
    assert_eq!(files[0]["type"], "session-state");
    let found = desk.json(&["search", "requirements"]);
    assert_eq!(found["hits"][0]["file"], STATE);
    let help = desk.state(&[]);
    assert_eq!((help.code, help.out.contains("start-step")), (0, true));
    assert_eq!(desk.state(&["no-such-command"]).code, 2);
}

#[test]
fn projects_are_found_from_inside_and_by_their_variable() {
    let desk = Desk::new();
    let ask = |folder: PathBuf, root: Option<PathBuf>| {
        let mut command = desk.command(&["state", "show", "demo", "--json"]);
        command.current_dir(folder);
        if let Some(root) = root {
            command.env("APEX_ROOT", root);
        }
        let answer = Answer::of(command.output().unwrap());
        serde_json::from_str::<Value>(&answer.out).unwrap()["exists"].clone()
    };
    let outside = desk.folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    assert_eq!(ask(desk.path("agent-output/demo"), None), true);
    assert_eq!(ask(outside.clone(), None), false);
    assert_eq!(ask(outside.clone(), Some(desk.path(""))), true);
    assert_eq!(
        ask(desk.path(""), Some(outside)),
        true,
        "it holds no projects"
    );
}

#[test]
fn scenario_40_our_own_handoffs_satisfy_our_own_rules_and_long_ones_do_not() {
    let desk = Desk::new();
    let handoff = "agent-output/demo/00-handoff.md";
    desk.good(&[
        "checkpoint",
        "demo",
        "1",
        "a",
        "--artifact",
        "01-requirements.md",
    ]);
    for number in 0..200 {
        desk.put(
            &format!("agent-output/demo/0{}-file-{number}.txt", number % 8),
            "",
        );
    }
    desk.put("agent-output/demo/01-requirements.md", "");
    desk.put("infra/bicep/demo/main.bicep", "");
    desk.put(
        "agent-output/demo/challenge-findings-plan.json",
        r#"{"findings": [{"id": "M1", "severity": "must_fix", "title": "No backup"}]}"#,
    );
    for _ in 0..2 {
        desk.good(&["handoff", "demo"]);
    }
    let text = desk.read(handoff);
    assert!(text.lines().count() < 60, "{text}");
    assert!(text.contains("- M1: No backup"), "{text}");
    assert!(text.contains("- `infra/bicep/demo/`\n"), "{text}");
    assert_eq!(text, desk.good(&["handoff", "demo", "--print"]).out);
    let check = |desk: &Desk| desk.baton(&["check", handoff, "--fail-on", "warning"]);
    let clean = check(&desk);
    assert_eq!(
        (clean.code, clean.out.contains("Nothing found")),
        (0, true),
        "{}",
        clean.out
    );
    let lines = 61 - text.lines().count();
    desk.put(handoff, &format!("{text}{}", "- `a.md`\n".repeat(lines)));
    let long = check(&desk);
    assert_eq!(
        (long.code, long.out.contains("overlong-handoff")),
        (1, true),
        "{}",
        long.out
    );
    desk.put(handoff, &text.replace("## Artifacts", "## Files"));
    let missing = check(&desk);
    assert_eq!(
        (missing.code, missing.out.contains("missing-h2")),
        (1, true),
        "{}",
        missing.out
    );
}
