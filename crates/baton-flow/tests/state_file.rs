//! The state file against edits, losses and processes that were cut off.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};

use baton_flow::event::{Actor, ActorKind};
use baton_flow::ledger::Ledger as _;
use baton_flow::projection::{self, Restored};
use baton_flow::{Command, FlowError, Place, Project, What};
use baton_repo::graph::{self, WorkflowGraph};
use baton_syntax::json::{self, Dialect};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

const GRAPH: &str = r#"{
  "nodes": {
    "step-1": {"id": "step-1", "type": "agent-step", "name": "One", "agent": "a", "requires": []}
  },
  "edges": [],
  "metadata": {"version": "2.3"}
}"#;

const AT: &str = "2026-01-02T03:04:05Z";

struct World {
    folder: TempDir,
    graph: WorkflowGraph,
}

impl World {
    fn new() -> World {
        let root = json::parse(GRAPH, Dialect::Strict).root.unwrap();
        World {
            folder: tempfile::tempdir().unwrap(),
            graph: graph::load(&root).graph.unwrap(),
        }
    }

    fn project(&self) -> Project<'_> {
        let root = self.folder.path();
        let place = Place::new(root, "agent-output", &root.join("user"));
        Project::open(&place, "shop", &self.graph).unwrap()
    }

    fn file(&self, suffix: &str) -> PathBuf {
        let file = self.folder.path().join("agent-output/shop");
        file.join(format!("00-session-state.json{suffix}"))
    }

    fn text(&self, suffix: &str) -> String {
        fs::read_to_string(self.file(suffix)).unwrap()
    }

    /// Begins the project with a document that says so many things.
    fn begin(&self, round: u32) -> Project<'_> {
        let mut project = self.project();
        init(&mut project, round);
        project
    }

    /// Writes a file of the project as others do.
    fn put(&self, suffix: &str, text: &str) {
        let path = self.file(suffix);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn me() -> Actor {
    Actor {
        name: "ada".to_owned(),
        kind: ActorKind::Human,
    }
}

fn document(round: u32) -> Map<String, Value> {
    let document = json!({"schema_version": "3.0", "project": "shop", "round": round});
    document.as_object().unwrap().clone()
}

fn init(project: &mut Project<'_>, round: u32) {
    let what = What::Session(Command::Init {
        document: document(round),
        force: true,
    });
    let recorded = project.record(what, &me(), AT).unwrap();
    assert_eq!(recorded.state.document["round"], round);
}

fn round(project: &Project<'_>) -> Value {
    project.state().unwrap().unwrap().document["round"].clone()
}

#[test]
fn scenario_15_the_copy_is_the_version_before_byte_for_byte() {
    let world = World::new();
    let mut project = world.begin(1);
    let first = world.text("");
    init(&mut project, 2);
    assert_eq!(world.text(".bak"), first);
    assert_ne!(world.text(""), first);
}

#[test]
fn scenario_16_a_truncated_file_comes_back_from_its_copy() {
    let world = World::new();
    let good = r#"{"schema_version":"3.0","project":"shop","round":7}"#;
    world.put("", r#"{"schema_version":"3.0","pro"#);
    world.put(".bak", good);
    let project = world.project();
    assert_eq!(round(&project), 7);
    assert_eq!(world.text(""), good);
    assert_eq!(world.text(".bak"), good);
}

#[test]
fn scenario_17_without_ledger_and_with_both_files_corrupt_there_is_no_state() {
    let world = World::new();
    for (primary, copy) in [("{", "["), ("", "[]"), ("{\"a\":", "null")] {
        world.put("", primary);
        world.put(".bak", copy);
        let read = world.project().state();
        assert!(matches!(read, Err(FlowError::StateUnreadable { .. })));
        assert_eq!(
            (world.text(""), world.text(".bak")),
            (primary.to_owned(), copy.to_owned())
        );
    }
}

#[test]
fn scenario_18_a_kill_between_writing_and_renaming_leaves_a_file_that_parses() {
    let world = World::new();
    let project = world.begin(1);
    let whole = world.text("");
    world.put(".tmp", "{\"schema_ver");
    world.put(".bak.tmp", "{\"sch");
    assert_eq!(round(&project), 1);
    assert_eq!(world.text(""), whole);
    assert!(!world.file(".tmp").exists() && !world.file(".bak.tmp").exists());
}

#[test]
fn a_lost_or_broken_file_is_written_again_from_the_ledger() {
    for broken in [None, Some(""), Some("{"), Some("[1]")] {
        let world = World::new();
        let mut project = world.begin(1);
        init(&mut project, 2);
        let (whole, copy) = (world.text(""), world.text(".bak"));
        match broken {
            None => fs::remove_file(world.file("")).unwrap(),
            Some(text) => world.put("", text),
        }
        let restored = world.project().mend().unwrap();
        assert_eq!(restored, Some(Restored::FromLedger), "{broken:?}");
        assert_eq!(
            (world.text(""), world.text(".bak")),
            (whole, copy),
            "{broken:?}"
        );
        assert_eq!(world.project().mend().unwrap(), None);
    }
}

#[test]
fn recording_goes_on_when_file_and_copy_are_broken() {
    let world = World::new();
    let mut project = world.begin(1);
    world.put("", "{");
    world.put(".bak", "{");
    init(&mut project, 2);
    assert_eq!(round(&project), 2);
    assert_eq!(world.text(".bak"), "{", "what does not parse is not copied");
}

#[test]
fn a_crash_between_ledger_and_file_is_no_edit() {
    let world = World::new();
    let mut project = world.begin(1);
    let before = world.text("");
    init(&mut project, 2);
    world.put("", &before);
    let mut later = world.project();
    assert_eq!(round(&later), 2, "the ledger knows better");
    init(&mut later, 3);
    assert!(imports(&later).is_empty());
    assert_eq!(round(&later), 3);
}

#[test]
fn an_edited_file_is_taken_over_before_anything_else() {
    let world = World::new();
    let mut project = world.begin(1);
    let edited = r#"{"schema_version":"3.0","project":"shop","round":9,"gates":{"gate-1":{}}}"#;
    world.put("", edited);
    assert_eq!(round(&world.project()), 9);
    assert_eq!(world.text(""), edited, "reading records nothing");
    init(&mut project, 10);
    assert_eq!(imports(&project), [baton_repo::sha256(edited.as_bytes())]);
    let state = project.state().unwrap().unwrap();
    assert!(state.gates.is_empty(), "a file opens no gates");
}

#[test]
fn a_crash_between_taking_over_and_writing_is_no_second_edit() {
    let world = World::new();
    let mut project = world.begin(1);
    let edited = r#"{"schema_version":"3.0","project":"shop","round":9}"#;
    world.put("", edited);
    project.take_over(AT).unwrap().unwrap();
    world.put("", edited);
    let mut later = world.project();
    assert_eq!(later.take_over(AT).unwrap(), None);
    init(&mut later, 10);
    assert_eq!(imports(&later).len(), 1);
}

#[test]
fn several_processes_see_what_the_others_recorded() {
    let world = World::new();
    let mut one = world.begin(1);
    let mut other = world.project();
    for round in 2..6 {
        let writer = if round % 2 == 0 { &mut other } else { &mut one };
        init(writer, round);
    }
    assert_eq!((round(&one), round(&other)), (json!(5), json!(5)));
    assert_eq!(one.ledger().entries("shop").unwrap().len(), 5);
    assert!(imports(&one).is_empty());
}

#[test]
fn replay_gives_the_state_that_was_written() {
    let world = World::new();
    let mut project = world.begin(1);
    init(&mut project, 2);
    let replayed = project.replayed().unwrap().unwrap();
    assert_eq!(Some(&replayed), project.state().unwrap().as_ref());
    assert_eq!(projection::render(&replayed).unwrap(), world.text(""));
}

#[test]
fn a_kept_state_that_is_lost_is_had_from_the_entries() {
    let world = World::new();
    let mut project = world.begin(1);
    init(&mut project, 2);
    let database = database(world.folder.path());
    for spoil in ["UPDATE kept SET state = '{}'", "UPDATE kept SET seal = ''"] {
        let connection = rusqlite::Connection::open(&database).unwrap();
        connection.execute(spoil, []).unwrap();
        assert_eq!(round(&world.project()), 2, "{spoil}");
    }
}

#[test]
fn a_changed_ledger_is_refused_whoever_asks() {
    let world = World::new();
    let mut project = world.begin(1);
    init(&mut project, 2);
    let connection = rusqlite::Connection::open(database(world.folder.path())).unwrap();
    let edit = "UPDATE entries SET body = replace(body, '\"round\":1', '\"round\":8')";
    connection.execute(edit, []).unwrap();
    let led = world.project().lead(AT).unwrap_err();
    assert!(matches!(led, FlowError::Tampered { entry: 1, .. }), "{led}");
    assert!(world.project().replayed().is_err());
    connection
        .execute("DELETE FROM entries WHERE number = 2", [])
        .unwrap();
    let read = world.project().state().unwrap_err();
    assert!(
        matches!(read, FlowError::Tampered { entry: 2, .. }),
        "{read}"
    );
}

#[test]
fn one_process_leads_a_project() {
    let world = World::new();
    let first = world.begin(1);
    let lead = first.lead(AT).unwrap();
    let refused = world.project().lead(AT).unwrap_err().to_string();
    assert!(
        refused.starts_with("`shop` is being led by another process (process "),
        "{refused}"
    );
    init(&mut world.project(), 2);
    drop(lead);
    world.project().lead(AT).unwrap();
}

fn imports(project: &Project<'_>) -> Vec<String> {
    let entries = project.ledger().entries("shop").unwrap();
    let digests = entries
        .into_iter()
        .filter_map(|entry| match entry.event.what {
            What::Session(Command::Import { digest, .. }) => Some(digest),
            _ => None,
        });
    digests.collect()
}

fn database(root: &Path) -> PathBuf {
    let place = Place::new(root, "agent-output", &root.join("user"));
    place.state.join("ledger.db")
}
