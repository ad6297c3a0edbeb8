//! Gates from the outside: who may decide, about what, and how others learn of it.
//!
//! Approving needs a terminal, which `script` of util-linux provides; where it is not installed,
//! these tests say that they are skipped.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot prepare its input has failed, and says what it skips"
)]
#![expect(dead_code, reason = "the helpers serve other tests too")]

mod clones;
mod scratch;

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use clones::Clone;
use scratch::{code, command, err, out};

const GRAPH: &str = ".github/skills/workflow-engine/templates/workflow-graph.json";
const REQUIREMENTS: &str = "agent-output/demo/01-requirements.md";
const KEY: &str = "0123456789abcdef0123456789abcdef";

/// What agents leave in the environment, in which tests may run themselves.
const AGENTS: &[&str] = &[
    "AI_AGENT",
    "AMP_",
    "ANTIGRAVITY",
    "AUGMENT_",
    "CLAUDE",
    "CLINE_",
    "CODEX_",
    "COPILOT_",
    "CURSOR_",
    "GEMINI_",
    "GOOSE_",
    "OPENCODE",
];

/// A repository with a project, and a user with a folder for state.
struct World {
    clone: Clone,
    state: PathBuf,
}

impl World {
    /// Step 1 of the project is done; `configuration` is on the remote's default branch.
    fn new(configuration: &str) -> World {
        let clone = Clone::new();
        clone.put(
            GRAPH,
            include_str!("../rules/packs/apex/workflow-graph.json"),
        );
        clone.put("baton.toml", configuration);
        clone.git(&["config", "user.email", "ada@example.com"]);
        clone.git(&["config", "user.name", "Ada"]);
        clone.commit("workflow");
        clone.git(&["push", "-q", "origin", "main"]);
        let state = clone.bare().with_file_name("state");
        let world = World { clone, state };
        world.succeeds(&["state", "init", "demo"]);
        world.succeeds(&["state", "start-step", "demo", "1"]);
        for name in [
            "sku-manifest.json",
            "sku-manifest.md",
            "challenge-findings-requirements.json",
        ] {
            world
                .clone
                .put(&format!("agent-output/demo/{name}"), "{}\n");
        }
        world
            .clone
            .put(REQUIREMENTS, "# Requirements\n\n- iac_tool: Bicep\n");
        world.succeeds(&[
            "state", "decide", "demo", "--key", "iac_tool", "--value", "Bicep",
        ]);
        world.succeeds(&["state", "complete-step", "demo", "1"]);
        world
    }

    /// The same repository on another machine, which knows nothing of this one's ledger.
    fn elsewhere(&self) -> World {
        let clone = Clone::empty(&[]);
        copy(&self.clone.at(), &clone.at());
        let state = clone.bare().with_file_name("state");
        World { clone, state }
    }

    fn prepared(&self, mut command: Command) -> Command {
        for (name, _) in env::vars() {
            if AGENTS.iter().any(|agent| name.starts_with(agent)) {
                command.env_remove(name);
            }
        }
        command.env("BATON_STATE_DIR", &self.state);
        command.env_remove("BATON_BUNDLE_KEY");
        command
    }

    fn baton(&self, arguments: &[&str]) -> Output {
        let command = command(&self.clone.at(), arguments);
        self.prepared(command).output().unwrap()
    }

    fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.baton(arguments);
        assert_eq!(
            code(&output),
            Some(0),
            "{arguments:?}: {}{}",
            out(&output),
            err(&output)
        );
        out(&output)
    }

    fn with_key(&self, arguments: &[&str]) -> Output {
        let command = command(&self.clone.at(), arguments);
        let mut command = self.prepared(command);
        command.env("BATON_BUNDLE_KEY", KEY).output().unwrap()
    }

    /// What the binary does and says on a terminal on which somebody types.
    fn typed(&self, arguments: &[&str], typed: &str) -> (Option<i32>, String) {
        self.typed_in(arguments, typed, &[])
    }

    fn typed_in(
        &self,
        arguments: &[&str],
        typed: &str,
        set: &[(&str, &str)],
    ) -> (Option<i32>, String) {
        let words = [&[env!("CARGO_BIN_EXE_baton")], arguments].concat();
        let line = words.iter().map(|word| format!("'{word}'"));
        let line = line.collect::<Vec<_>>().join(" ");
        let mut script = Command::new("script");
        script.current_dir(self.clone.at());
        script.args(["-qec", &line, "/dev/null"]);
        let mut script = self.prepared(script);
        script.env("NO_COLOR", "1").envs(set.iter().copied());
        script
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = script.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        // One that refuses at once reads nothing.
        let _ = input.write_all(format!("{typed}\n").as_bytes());
        drop(input);
        let output = child.wait_with_output().unwrap();
        (code(&output), out(&output))
    }

    fn status(&self, node: &str) -> Value {
        let output = self.baton(&["status", "demo", "--json"]);
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        let nodes = value["nodes"].as_array().unwrap();
        nodes.iter().find(|one| one["id"] == node).unwrap().clone()
    }

    /// The kinds of events in the ledger.
    fn events(&self) -> Vec<String> {
        let value: Value =
            serde_json::from_str(&self.succeeds(&["history", "demo", "--json"])).unwrap();
        let entries = value["entries"].as_array().unwrap();
        let kinds = entries.iter().map(|entry| {
            let what = entry["event"]["what"].as_object().unwrap();
            let (_, inner) = what.iter().next().unwrap();
            inner.as_object().unwrap().keys().next().unwrap().clone()
        });
        kinds.collect()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Whether there are terminals to be had.
fn terminals() -> bool {
    let asked = Command::new("script").arg("--version").output();
    let there = asked.is_ok_and(|output| out(&output).contains("util-linux"));
    if !there {
        eprintln!("skipped: `script` of util-linux is not installed");
    }
    there
}

#[test]
fn scenario_33_a_gate_that_waits_is_exit_3_and_names_the_command() {
    let world = World::new("");
    let output = world.baton(&["status", "demo"]);
    assert_eq!(code(&output), Some(3));
    let text = out(&output);
    assert!(
        text.contains("gate-1 waits for approval: `baton approve demo gate-1`"),
        "{text}"
    );
}

#[test]
fn without_a_terminal_nothing_is_approved() {
    let world = World::new("");
    let before = world.events();
    let output = world.baton(&["approve", "demo", "gate-1"]);
    assert_eq!(code(&output), Some(2));
    assert!(
        err(&output).contains("are no terminals"),
        "{}",
        err(&output)
    );
    assert_eq!(world.events(), before);
    let digest = "0".repeat(64);
    let output = world.baton(&["approve", "demo", "gate-1", "--digest", &digest]);
    assert_eq!(code(&output), Some(2));
}

#[test]
fn an_agent_approves_nothing_even_on_a_terminal() {
    if !terminals() {
        return;
    }
    let world = World::new("");
    for variable in [
        "CLAUDECODE",
        "CODEX_SANDBOX",
        "COPILOT_CLI",
        "GEMINI_CLI",
        "CURSOR_AGENT",
    ] {
        let (code, said) = world.typed_in(&["approve"], "gate-1", &[(variable, "1")]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(&format!("`{variable}` is set")), "{said}");
    }
    assert_ne!(world.status("gate-1")["status"], "complete");
}

#[test]
fn a_person_approves_once_what_they_are_shown() {
    if !terminals() {
        return;
    }
    let world = World::new("");
    let (code, said) = world.typed(&["approve"], "yes");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("Nothing was approved."), "{said}");
    let (code, said) = world.typed(&["approve", "demo", "--note", "good"], "Gate-1");
    assert_eq!(code, Some(0), "{said}");
    for part in [
        REQUIREMENTS,
        "reviews",
        "open findings",
        "1 of anybody",
        "gate-1 of demo is open",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let gate = world.status("gate-1");
    assert_eq!(gate["status"], "complete");
    assert_eq!(gate["approvals"][0]["by"], "ada@example.com");
    assert_eq!(gate["approvals"][0]["how"], "terminal");
    let events = world.events();
    assert_eq!(
        events[events.len() - 3..],
        ["gate-presented", "gate-approved", "log"]
    );
    let (code, said) = world.typed(&["approve", "demo", "gate-1"], "gate-1");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("is open already"), "{said}");
}

#[test]
fn a_digest_approves_what_has_it_and_nothing_else() {
    if !terminals() {
        return;
    }
    let world = World::new("");
    let (code, said) = world.typed(&["approve", "--digest", "00000000"], "");
    assert_eq!(code, Some(2), "{said}");
    let digest = said.split("now has the digest ").nth(1).unwrap();
    let digest: String = digest.chars().take(12).collect();
    assert_eq!(world.typed(&["approve", "--digest", "0"], "").0, Some(2));
    world.clone.put(REQUIREMENTS, "# Other requirements\n");
    assert_eq!(
        world.typed(&["approve", "--digest", &digest], "").0,
        Some(2)
    );
    world
        .clone
        .put(REQUIREMENTS, "# Requirements\n\n- iac_tool: Bicep\n");
    let (code, said) = world.typed(&["approve", "--digest", &digest], "");
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn scenario_43_a_change_after_approval_is_told_and_approved_anew() {
    if !terminals() {
        return;
    }
    let world = World::new("");
    assert_eq!(world.typed(&["approve"], "gate-1").0, Some(0));
    world.clone.put(REQUIREMENTS, "# Other requirements\n");
    assert_eq!(world.status("gate-1")["changed"][0], REQUIREMENTS);
    let (code, said) = world.typed(&["approve", "demo", "gate-1"], "gate-1");
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("what was approved at gate-1 has changed"),
        "{said}"
    );
    assert!(
        said.contains(&format!("{REQUIREMENTS} (changed)")),
        "{said}"
    );
    assert!(
        world.status("gate-1")["changed"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let events = world.events();
    let end = ["gate-stale", "gate-presented", "gate-approved"];
    assert_eq!(events[events.len() - 3..], end);
}

#[test]
fn approvers_are_those_of_the_base_branch() {
    if !terminals() {
        return;
    }
    let world = World::new("[gates]\napprovers = ['eve@example.com']\n");
    world.clone.git(&["checkout", "-q", "-b", "change"]);
    world
        .clone
        .put("baton.toml", "[gates]\napprovers = ['ada@example.com']\n");
    world.clone.commit("appoint oneself");
    let (code, said) = world.typed(&["approve"], "gate-1");
    assert_eq!(code, Some(2), "{said}");
    let expected = "`eve@example.com` decide at gate-1, and you are `ada@example.com`; \
                    `refs/remotes/origin/main` says so";
    assert!(said.contains(expected), "{said}");
    world
        .clone
        .git(&["config", "user.email", "Eve@example.com"]);
    assert_eq!(world.typed(&["approve"], "gate-1").0, Some(0));
}

#[test]
fn as_many_approve_as_the_policy_needs() {
    if !terminals() {
        return;
    }
    let world = World::new("[gates.at.gate-1]\nneeded = 2\n");
    let (code, said) = world.typed(&["approve"], "gate-1");
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.contains("1 of 2 approvals of gate-1 of demo are given"),
        "{said}"
    );
    assert_eq!(
        world.typed(&["approve"], "gate-1").0,
        Some(2),
        "nobody counts twice"
    );
    world
        .clone
        .git(&["config", "user.email", "eve@example.com"]);
    assert_eq!(world.typed(&["approve"], "gate-1").0, Some(0));
    let gate = world.status("gate-1");
    assert_eq!(gate["approvals"].as_array().unwrap().len(), 2);
}

#[test]
fn a_person_sends_the_project_back() {
    if !terminals() {
        return;
    }
    let world = World::new("");
    let (code, said) = world.typed(&["defer", "demo", "gate-1"], "");
    assert_eq!(code, Some(1), "it was not shown yet: {said}");
    assert_eq!(
        world
            .typed(&["reject", "demo", "gate-1", "--reason", " "], "")
            .0,
        Some(2)
    );
    let (code, said) = world.typed(&["reject", "--reason", "no budget"], "");
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(world.status("gate-1")["remark"], "no budget");
    assert_ne!(world.status("step-1")["status"], "complete");
    let agent = world.baton(&["reject", "demo", "gate-1", "--reason", "again"]);
    assert_eq!(agent.status.code(), Some(2), "{}", err(&agent));
}

#[test]
fn bundles_need_a_key_and_fit_or_are_refused() {
    let world = World::new("");
    let output = world.baton(&["ledger", "export", "demo"]);
    assert_eq!(code(&output), Some(2));
    assert!(
        err(&output).contains("set BATON_BUNDLE_KEY"),
        "{}",
        err(&output)
    );
    let bundle = out(&world.with_key(&["ledger", "export", "demo"]));
    let other = world.elsewhere();
    let import = |text: &str| {
        other.clone.put("bundle.json", text);
        other.with_key(&["ledger", "import", "bundle.json"])
    };
    let changed = import(&bundle.replace("demo", "demo2"));
    assert_eq!(code(&changed), Some(2));
    assert!(
        err(&changed).contains("its signature does not fit"),
        "{}",
        err(&changed)
    );
    let first = import(&bundle);
    assert_eq!(code(&first), Some(0), "{}", err(&first));
    assert_eq!(other.events(), world.events());
    assert!(err(&import(&bundle)).contains("is here already"));
    other.succeeds(&["state", "finding", "demo", "--add", "here"]);
    world.succeeds(&["state", "finding", "demo", "--add", "there"]);
    let parted = import(&out(&world.with_key(&["ledger", "export", "demo"])));
    assert_eq!(code(&parted), Some(2));
    assert!(
        err(&parted).contains("has gone another way here"),
        "{}",
        err(&parted)
    );
}

#[test]
fn approvals_travel_in_bundles_to_machines_without_a_person() {
    if !terminals() {
        return;
    }
    let world = World::new("");
    let runner = world.elsewhere();
    runner.succeeds(&["state", "finding", "demo", "--add", "its own way"]);
    runner.succeeds(&["state", "finding", "demo", "--remove", "its own way"]);
    assert_eq!(world.typed(&["approve"], "gate-1").0, Some(0));
    let bundle = out(&world.with_key(&["ledger", "export", "demo"]));
    runner.clone.put("bundle.json", &bundle);
    let import = || runner.with_key(&["ledger", "import", "--approvals", "bundle.json"]);
    let output = import();
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    let gate = runner.status("gate-1");
    assert_eq!(gate["status"], "complete", "{}", err(&output));
    assert_eq!(gate["approvals"][0]["how"], "bundle");
    assert_eq!(gate["approvals"][0]["by"], "ada@example.com");
    assert_eq!(
        code(&import()),
        Some(1),
        "there is nothing to take over any more"
    );
}

#[test]
fn a_changed_ledger_is_found() {
    let world = World::new("");
    world.succeeds(&["ledger", "verify"]);
    let places = fs::read_dir(world.state.join("baton")).unwrap();
    let place = places.map(|entry| entry.unwrap().path()).next().unwrap();
    let text = fs::read(place.join("ledger.db")).unwrap();
    assert!(!text.is_empty());
    let connection = rusqlite::Connection::open(place.join("ledger.db")).unwrap();
    let edit = "UPDATE entries SET body = replace(body, 'Bicep', 'Other')";
    connection.execute(edit, []).unwrap();
    let output = world.baton(&["ledger", "verify"]);
    assert_eq!(code(&output), Some(1));
    assert!(
        err(&output).contains("breaks the chain of hashes"),
        "{}",
        err(&output)
    );
    assert_eq!(code(&world.baton(&["history", "demo"])), Some(2));
}

#[test]
fn the_workflow_is_drawn_in_every_format() {
    let world = World::new("");
    let graph = |format: &str| world.succeeds(&["graph", "demo", "--format", format]);
    assert!(graph("mermaid").starts_with("flowchart TD\n"));
    assert!(graph("dot").starts_with("digraph workflow {\n"));
    assert!(graph("svg").starts_with("<svg ") && graph("svg") == graph("svg"));
    let value: Value = serde_json::from_str(&graph("json")).unwrap();
    assert_eq!(value["nodes"][0]["status"], "complete");
    assert!(world.succeeds(&["graph"]).contains("step-3_5"));
}
