//! Processes that end in the middle of their work, and processes that work at the same time.
//!
//! The test starts itself again as a writer, which says after every event that it is recorded.
//! `BATON_KILL_RUNS` says how often a writer is killed, `BATON_WRITER_UPDATES` how much each of
//! two writers has to record.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot prepare its input has failed"
)]

use std::collections::BTreeSet;
use std::env;
use std::io::{BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use baton_flow::event::{Actor, ActorKind, Event};
use baton_flow::ledger::{Entry, Ledger as _};
use baton_flow::{Command, Effect, Place, Project, RunState, What, projection, step};
use baton_repo::graph::{self, WorkflowGraph};
use baton_syntax::json::{self, Dialect};
use serde_json::json;

const GRAPH: &str = r#"{
  "nodes": {
    "step-1": {"id": "step-1", "type": "agent-step", "name": "One", "agent": "a", "requires": []}
  },
  "edges": [],
  "metadata": {"version": "2.3"}
}"#;

const ROOT: &str = "BATON_TEST_ROOT";
const NAME: &str = "BATON_TEST_WRITER";
const COUNT: &str = "BATON_TEST_COUNT";

/// What a writer says before the text of an event that is recorded.
const RECORDED: &str = "recorded: ";

fn workflow() -> WorkflowGraph {
    let root = json::parse(GRAPH, Dialect::Strict).root.unwrap();
    graph::load(&root).graph.unwrap()
}

fn place(root: &Path) -> Place {
    Place::new(root, "agent-output", &root.join("user"))
}

fn finding(text: String) -> What {
    What::Session(Command::AddFindings {
        texts: vec![text],
        repeat: false,
    })
}

fn me() -> Actor {
    Actor {
        name: "writer".to_owned(),
        kind: ActorKind::Runner,
    }
}

fn begin(root: &Path, graph: &WorkflowGraph) {
    let mut project = Project::open(&place(root), "shop", graph).unwrap();
    let document = json!({
        "schema_version": "3.0", "project": "shop", "iac_tool": "", "region": "", "branch": "",
        "updated": "", "current_step": 0, "decisions": {}, "open_findings": [], "steps": {},
    });
    let what = What::Session(Command::Init {
        document: document.as_object().unwrap().clone(),
        force: false,
    });
    project.record(what, &me(), "2026-01-02T03:04:05Z").unwrap();
}

/// The writer: not a test, but what the tests start.
#[test]
#[ignore = "the tests of this file start it with the variables it needs"]
fn writer() {
    let root = env::var(ROOT).unwrap();
    let name = env::var(NAME).unwrap();
    let count: usize = env::var(COUNT).unwrap().parse().unwrap();
    let graph = workflow();
    let mut project = Project::open(&place(Path::new(&root)), "shop", &graph).unwrap();
    let mut out = std::io::stdout();
    for number in 0..count {
        let text = format!("{name}-{number}");
        let recorded = project.record(finding(text.clone()), &me(), "2026-01-02T03:04:05Z");
        let effects = recorded.unwrap().effects;
        assert!(!matches!(effects.first(), Some(Effect::Refused { .. })));
        // On its own line: the harness writes on the first.
        write!(out, "\n{RECORDED}{text}\n").unwrap();
        out.flush().unwrap();
    }
}

fn started(root: &Path, name: &str, count: usize) -> Child {
    let mut process = Process::new(env::current_exe().unwrap());
    process
        .args([
            "--exact",
            "writer",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(ROOT, root)
        .env(NAME, name)
        .env(COUNT, count.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    process.spawn().unwrap()
}

/// The next event that a writer says is recorded. Half a line counts for nothing.
fn next(out: &mut impl std::io::BufRead) -> Option<String> {
    loop {
        let mut line = String::new();
        if out.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        if let Some(text) = line.strip_prefix(RECORDED)
            && line.ends_with('\n')
        {
            return Some(text.trim_end().to_owned());
        }
    }
}

/// What a writer said that it recorded, up to its end.
fn said(child: &mut Child) -> Vec<String> {
    let mut out = BufReader::new(child.stdout.take().unwrap());
    std::iter::from_fn(|| next(&mut out)).collect()
}

/// Reads the state until the writers are done; what was there once stays there.
fn watched(root: &Path, graph: &WorkflowGraph, done: &AtomicBool) -> usize {
    let project = Project::open(&place(root), "shop", graph).unwrap();
    let (mut reads, mut most) = (0, 0);
    while !done.load(Ordering::Relaxed) {
        let state = project.state().unwrap().unwrap();
        let findings = state.document["open_findings"].as_array().unwrap().len();
        assert!(findings >= most, "{findings} after {most}");
        (reads, most) = (reads + 1, findings);
        thread::sleep(Duration::from_millis(1));
    }
    reads
}

fn texts(entries: &[Entry]) -> Vec<String> {
    let texts = entries.iter().filter_map(|entry| match &entry.event.what {
        What::Session(Command::AddFindings { texts, .. }) => texts.first().cloned(),
        _ => None,
    });
    texts.collect()
}

/// Reads what is there as another process would, and compares it with a replay.
fn judge(root: &Path, graph: &WorkflowGraph, recorded: &BTreeSet<String>) {
    let project = Project::open(&place(root), "shop", graph).unwrap();
    if let Ok(bytes) = std::fs::read(project.state_file()) {
        serde_json::from_slice::<serde_json::Value>(&bytes).expect("the state file parses");
    }
    let entries = project.ledger().entries("shop").expect("the chain holds");
    let texts = texts(&entries);
    let distinct: BTreeSet<String> = texts.iter().cloned().collect();
    assert_eq!(distinct.len(), texts.len(), "nothing is there twice");
    let lost: Vec<_> = recorded.difference(&distinct).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    let after = |state: RunState, event: &Event| step(graph, &state, event).0;
    let replayed = entries.iter().fold(RunState::default(), |state, entry| {
        after(state, &entry.event)
    });
    assert_eq!(project.state().unwrap().as_ref(), Some(&replayed));
    let is_import =
        |entry: &Entry| matches!(entry.event.what, What::Session(Command::Import { .. }));
    assert!(
        !entries.iter().any(is_import),
        "no crash is taken for an edit"
    );
}

/// Numbers that differ from run to run and test nothing by being equal.
fn dice(seed: &mut u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

fn number(variable: &str, usual: usize) -> usize {
    let said = env::var(variable).ok();
    said.map_or(usual, |said| said.parse().expect("a number"))
}

#[test]
fn scenario_18_nothing_that_was_acknowledged_is_lost_by_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let (root, graph) = (folder.path(), workflow());
    begin(root, &graph);
    let mut recorded = BTreeSet::new();
    let mut seed = u64::from(std::process::id());
    for run in 0..number("BATON_KILL_RUNS", 50) {
        let mut child = started(root, &format!("run-{run}"), usize::MAX);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        // Killed at once, while it opens, or after some events and a moment.
        for _ in 0..dice(&mut seed) % 4 {
            recorded.extend(next(&mut out));
        }
        thread::sleep(Duration::from_micros(dice(&mut seed) % 6_000));
        child.kill().unwrap();
        child.wait().unwrap();
        while let Some(text) = next(&mut out) {
            recorded.insert(text);
        }
        judge(root, &graph, &recorded);
    }
    let project = Project::open(&place(root), "shop", &graph).unwrap();
    let replayed = project.replayed().unwrap().unwrap();
    let text = std::fs::read_to_string(project.state_file()).unwrap();
    let mut later = Project::open(&place(root), "shop", &graph).unwrap();
    let last = later
        .record(finding("last".to_owned()), &me(), "2026-01-02T03:04:05Z")
        .unwrap();
    assert!(
        !last.imported,
        "a kill between ledger and file is no edit: {text}"
    );
    assert_ne!(last.state.document.len(), 0, "{replayed:?}");
    let text = std::fs::read_to_string(later.state_file()).unwrap();
    assert_eq!(text, projection::render(&last.state).unwrap());
}

#[test]
fn scenario_19_two_processes_at_once_lose_no_update() {
    let folder = tempfile::tempdir().unwrap();
    let (root, graph) = (folder.path(), workflow());
    begin(root, &graph);
    let count = number("BATON_WRITER_UPDATES", 200);
    let mut writers = ["one", "other"].map(|name| started(root, name, count));
    // Each is read on its own, so that neither waits for its reader.
    let done = AtomicBool::new(false);
    let recorded: BTreeSet<String> = thread::scope(|scope| {
        let reader = scope.spawn(|| watched(root, &graph, &done));
        let readers: Vec<_> = writers
            .iter_mut()
            .map(|writer| {
                scope.spawn(|| {
                    let said = said(writer);
                    assert!(writer.wait().unwrap().success());
                    said
                })
            })
            .collect();
        let recorded = readers.into_iter().map(|reader| reader.join().unwrap());
        let recorded = recorded.flatten().collect();
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0);
        recorded
    });
    assert_eq!(recorded.len(), 2 * count);
    judge(root, &graph, &recorded);
    let project = Project::open(&place(root), "shop", &graph).unwrap();
    let state = project.state().unwrap().unwrap();
    let text = std::fs::read_to_string(project.state_file()).unwrap();
    assert_eq!(text, projection::render(&state).unwrap());
    let entries = project.ledger().entries("shop").unwrap();
    assert_eq!(texts(&entries).len(), 2 * count);
}
