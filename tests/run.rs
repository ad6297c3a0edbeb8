//! Whole projects on the command line: recorded agents do the work, the checker judges the code,
//! people approve, sessions break off and go on.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot prepare its input has failed"
)]

#[expect(dead_code, reason = "the helpers serve other tests too")]
mod scratch;

use std::fs;
use std::path::{Path, PathBuf};

use baton_flow::canonical::graph_digest;
use baton_flow::{Actor, ActorKind, Command as Change, Effect, Place, Project, RunEvent, What};
use baton_repo::graph::{self, WorkflowGraph};
use baton_syntax::json::{self, Dialect};
use serde_json::Value;
use tempfile::TempDir;

use scratch::command;

const GRAPH: &str = ".github/skills/workflow-engine/templates/workflow-graph.json";

/// How a command ended: exit code, standard output, standard error.
type Ended = (Option<i32>, String, String);

/// A copy of the clean repository without its project, and a folder for state.
struct World {
    folder: TempDir,
    state: TempDir,
    track: &'static str,
}

impl World {
    fn new(track: &'static str) -> World {
        let world = World {
            folder: tempfile::tempdir().unwrap(),
            state: tempfile::tempdir().unwrap(),
            track,
        };
        copy(&fixtures().join("repos/june-clean"), world.root());
        for gone in ["agent-output/shop", "infra"] {
            fs::remove_dir_all(world.root().join(gone)).unwrap();
        }
        world
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Leads the project by recordings.
    fn lead(&self, verb: &str, more: &[&str]) -> Ended {
        let recordings = fixtures().join("agents/replay");
        let own = recordings.join(self.track.to_lowercase());
        let common = recordings.join("common");
        let originals = fixtures().join("repos/june-clean");
        let value = format!("iac_tool={}", self.track);
        let mut arguments = vec![verb, "shop", "--agent", "replay", "--value", &value];
        for folder in [&own, &common] {
            arguments.extend(["--recordings", folder.to_str().unwrap()]);
        }
        arguments.extend(["--originals", originals.to_str().unwrap()]);
        arguments.extend(more);
        self.baton(&arguments)
    }

    fn baton(&self, arguments: &[&str]) -> Ended {
        let mut command = command(self.root(), arguments);
        command.env("BATON_STATE_DIR", self.state.path());
        // Whether tools of others are here must not decide what a test sees.
        command.env("PATH", self.state.path());
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        (output.status.code(), out, err)
    }

    /// Has a person do something to the project, as if at a terminal.
    fn person(&self, what: impl FnOnce(&Project<'_>, &WorkflowGraph) -> What) {
        let text = fs::read_to_string(self.root().join(GRAPH)).unwrap();
        let root = json::parse(&text, Dialect::Strict).root.unwrap();
        let graph = graph::load(&root).graph.unwrap();
        let place = Place::new(self.root(), "agent-output", self.state.path());
        let mut project = Project::open(&place, "shop", &graph).unwrap();
        let person = Actor {
            name: "ada@example.org".to_owned(),
            kind: ActorKind::Human,
        };
        let what = what(&project, &graph);
        let recorded = project
            .record(what, &person, "2026-11-21T12:00:00Z")
            .unwrap();
        let refused = recorded.effects.first();
        assert!(
            !matches!(refused, Some(Effect::Refused { .. })),
            "{refused:?}"
        );
        assert!(!graph_digest(&text).is_empty());
    }

    fn approve(&self, gate: &str) {
        self.person(|project, _| {
            let state = project.state().unwrap().unwrap();
            let shown = state.gates[gate].shown.clone().unwrap();
            What::Run(RunEvent::GateApproved {
                gate: gate.to_owned(),
                digest: shown.digest,
                how: "terminal".to_owned(),
                needed: 1,
            })
        });
    }

    fn decide(&self, key: &str, value: &str) {
        self.person(|_, _| {
            What::Session(Change::Decide {
                key: key.to_owned(),
                value: value.into(),
            })
        });
    }

    fn leave_out(&self, node: &str) {
        self.person(|_, _| {
            What::Run(RunEvent::OptionChosen {
                node: node.to_owned(),
                run: false,
            })
        });
    }

    /// Leads the project by a program.
    #[cfg(unix)]
    fn lead_by_program(&self, verb: &str) -> Ended {
        let script = fixtures().join("agents/working-agent.sh");
        let originals = fixtures().join("repos/june-clean");
        let preset = format!(
            "[preset.worker]\ntitle = \"Worker\"\nprogram = \"/bin/sh\"\nprompt = \"stdin\"\noutput = \"text\"\n\
             arguments = [{:?}, \"{{node}}\", \"{{project}}\", {:?}]\n",
            script.to_str().unwrap(),
            originals.to_str().unwrap(),
        );
        let path = self.state.path().join("presets.toml");
        fs::write(&path, preset).unwrap();
        let path = path.to_str().unwrap();
        let agent = ["--agent", "worker", "--presets", path];
        self.baton(&[&[verb, "shop"], &agent[..], &["--allow-missing-tools"]].concat())
    }

    /// Goes on until the end, as people would; what was printed, and the gates in their order.
    fn to_the_end(&self, lead: impl Fn(&str) -> Ended) -> (String, Vec<String>) {
        let mut told = String::new();
        let mut gates = Vec::new();
        let mut verb = "run";
        for _ in 0..30 {
            let (code, out, err) = lead(verb);
            verb = "resume";
            told.push_str(&out);
            let waits = out.lines().find_map(|line| {
                let gate = line.trim().strip_prefix("baton approve shop ")?;
                Some(gate.to_owned())
            });
            match (code, waits) {
                (Some(0), _) if out.contains("is finished") => return (told, gates),
                (Some(0), _) => assert!(out.contains("SESSION BREAK"), "{out}{err}"),
                (Some(3), Some(gate)) => {
                    self.approve(&gate);
                    gates.push(gate);
                }
                (Some(3), None) => {
                    assert!(out.contains("choose shop step-3 skip"), "{out}{err}");
                    self.leave_out("step-3");
                }
                (Some(1), None) if out.contains("governance_trace") => {
                    self.decide("governance_trace", "recorded");
                }
                (code, _) => panic!("exit {code:?}\n{out}{err}\n{told}"),
            }
        }
        panic!("the project does not end:\n{told}");
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
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

#[test]
fn whole_projects_on_both_tracks() {
    for (track, code, other) in [
        ("Bicep", "step-5b", "step-5t"),
        ("Terraform", "step-5t", "step-5b"),
    ] {
        let world = World::new(track);
        let (told, gates) = world.to_the_end(|verb| world.lead(verb, &["--allow-missing-tools"]));
        assert_eq!(
            gates,
            ["gate-1", "gate-2", "gate-2_5", "gate-3", "gate-5"],
            "{told}"
        );
        let count = |text: &str| told.matches(text).count();
        assert_eq!(count("gate-4 failed"), 1, "{told}");
        assert_eq!(count("gate-4 passed"), 1, "{told}");
        let begun = told
            .lines()
            .filter(|line| line.contains(code) && line.contains(": 06"));
        assert_eq!(begun.count(), 2, "the code is written anew:\n{told}");
        assert_eq!(count(other), 0, "{told}");
        let report =
            fs::read_to_string(world.root().join("agent-output/shop/05-gate4-report.json"));
        let report: Value = serde_json::from_str(&report.unwrap()).unwrap();
        assert_eq!(report["verdict"], "pass");
        let (code, out, _) = world.baton(&["history", "shop"]);
        assert_eq!(code, Some(0));
        assert!(out.contains("chain verified"), "{out}");
        // What the runner writes passes the checker.
        let (code, out, err) = world.baton(&[
            "check",
            "agent-output/shop/00-session-state.json",
            "agent-output/shop/00-handoff.md",
        ]);
        assert_eq!(code, Some(0), "{out}{err}");
    }
}

#[cfg(unix)]
#[test]
fn a_whole_project_by_a_program() {
    let world = World::new("Bicep");
    let (told, gates) = world.to_the_end(|verb| world.lead_by_program(verb));
    assert_eq!(
        gates,
        ["gate-1", "gate-2", "gate-2_5", "gate-3", "gate-5"],
        "{told}"
    );
    let count = |text: &str| told.matches(text).count();
    assert_eq!(
        (count("gate-4 failed"), count("gate-4 passed")),
        (1, 1),
        "{told}"
    );
}

#[test]
fn scenario_33_a_gate_ends_a_run_that_nobody_watches() {
    let world = World::new("Bicep");
    let (code, out, _) = world.lead("run", &[]);
    assert_eq!(code, Some(3), "{out}");
    assert!(out.contains("baton approve shop gate-1\n"), "{out}");
    assert!(!out.contains("step-2"), "{out}");
    assert!(
        world
            .root()
            .join("agent-output/shop/00-handoff.md")
            .exists()
    );
    let (code, again, _) = world.lead("resume", &[]);
    assert_eq!(code, Some(3));
    assert!(!again.contains("step-1"), "nothing is done twice: {again}");
}

#[test]
fn scenario_37_documents_that_disagree_about_the_track_stop_the_run() {
    let world = World::new("Bicep");
    let (code, _, _) = world.lead("run", &[]);
    assert_eq!(code, Some(3));
    let path = world.root().join("agent-output/shop/01-requirements.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text + "\n- **IaC Tool**: Terraform\n").unwrap();
    let (code, _, err) = world.lead("resume", &[]);
    assert_eq!(code, Some(2));
    let places = [
        "`Bicep` in agent-output/shop/01-requirements.md:",
        "`Terraform` in agent-output/shop/01-requirements.md:",
    ];
    assert!(places.iter().all(|place| err.contains(place)), "{err}");
}

#[test]
fn scenario_39_artifacts_tell_where_a_lost_record_stood() {
    let world = World::new("Bicep");
    let from = fixtures().join("repos/june-clean/agent-output/shop");
    let to = world.root().join("agent-output/shop");
    fs::create_dir_all(&to).unwrap();
    let names = [
        "01-requirements.md",
        "sku-manifest.json",
        "02-architecture-assessment.md",
    ];
    for name in names {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
    let (code, out, err) = world.baton(&["resume", "shop"]);
    assert_eq!(code, Some(3), "{out}{err}");
    assert!(err.contains("steps 1, 2 are complete"), "{err}");
    assert!(!out.contains("step-1"), "nothing is done again: {out}{err}");
    world.decide("iac_tool", "Bicep");
    for gate in ["gate-1", "gate-2"] {
        let (_, out, err) = world.baton(&["resume", "shop"]);
        assert!(
            out.contains(&format!("baton approve shop {gate}\n")),
            "{out}{err}"
        );
        world.approve(gate);
    }
    let (code, out, _) = world.baton(&["resume", "shop"]);
    assert_eq!(code, Some(3));
    assert!(out.contains("baton choose shop step-3 run"), "{out}");
    for name in names {
        let same = fs::read(from.join(name)).unwrap() == fs::read(to.join(name)).unwrap();
        assert!(same, "{name} was overwritten");
    }
}

#[test]
fn a_request_in_plain_words_names_its_project() {
    let world = World::new("Bicep");
    let (code, out, err) = world.baton(&["run", "build a patient portal called Ward 7 on Azure"]);
    assert_eq!(code, Some(3), "{out}{err}");
    assert!(
        err.contains("Project: ward (the request calls it so)"),
        "{err}"
    );
    assert!(
        out.contains("build a patient portal called Ward 7 on Azure"),
        "{out}"
    );
    let (code, _, err) = world.baton(&["run", "deploy our infrastructure with bicep"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("no clue"), "{err}");
}

#[test]
fn news_are_objects_for_programs() {
    let world = World::new("Bicep");
    let (code, out, _) = world.lead("run", &["--output-format", "jsonl"]);
    assert_eq!(code, Some(3));
    let objects: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let last = objects.last().unwrap();
    assert_eq!(last["how"], "waits");
    assert_eq!(last["exit"], 3);
    assert_eq!(last["next"][0], "baton approve shop gate-1");
    assert!(objects.iter().any(|object| object["event"] == "ended"));
}

#[test]
fn what_cannot_be_led_is_said() {
    let world = World::new("Bicep");
    let cases: [(&[&str], i32, &str); 6] = [
        (&["resume", "nobody"], 2, "there is no project `nobody`"),
        (&["resume", "../x"], 2, "is no name of a project"),
        (
            &["run", "shop", "--agent", "no-such"],
            2,
            "there is no preset `no-such`",
        ),
        (
            &["run", "shop", "--agent", "replay"],
            2,
            "needs `--recordings DIR`",
        ),
        (&["run"], 2, "required arguments"),
        (
            &["choose", "nobody", "step-3", "run"],
            2,
            "there is no project `nobody`",
        ),
    ];
    for (arguments, expected, says) in cases {
        let (code, out, err) = world.baton(arguments);
        assert_eq!(code, Some(expected), "{arguments:?}: {out}{err}");
        assert!(err.contains(says), "{arguments:?}: {err}");
    }
}
