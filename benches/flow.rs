//! What the runner costs beside the work of agents: an event that is recorded durably, in a
//! project with a thousand of them, and what a new process needs to know where a project stands.
//!
//! `BATON_BENCH_STATE` names the folder to write to; a disk, not a file system in memory.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

#[expect(dead_code, reason = "the helpers serve other benches too")]
mod measure;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use baton_flow::event::{Actor, ActorKind};
use baton_flow::{Command, Effect, Place, Project, What};
use baton_repo::graph::{self, WorkflowGraph};
use baton_syntax::json::{self, Dialect};
use serde_json::json;

use measure::{Outcome, ms, spread};

/// Events in the ledger before anything is measured.
const EVENTS: usize = 1_000;
/// Events that are measured.
const MEASURED: usize = 500;
const BUDGET: f64 = 2.0;
const AT: &str = "2026-01-02T03:04:05Z";

fn main() -> Outcome<()> {
    let folder = match std::env::var_os("BATON_BENCH_STATE") {
        Some(parent) => tempfile::tempdir_in(PathBuf::from(parent))?,
        None => tempfile::tempdir_in(std::env::current_exe()?.parent().unwrap_or(Path::new(".")))?,
    };
    let graph = workflow()?;
    let place = Place::new(folder.path(), "agent-output", &folder.path().join("user"));
    let mut project = Project::open(&place, "shop", &graph)?;
    begin(&mut project)?;
    for number in 0..EVENTS {
        record(&mut project, number)?;
    }
    println!("a project with {EVENTS} events");
    let mut times = Vec::new();
    for number in EVENTS..EVENTS + MEASURED {
        times.push(timed(|| record(&mut project, number))?);
    }
    println!("event    {}", spread(&times));
    let floor = floor(folder.path(), &project)?;
    println!(
        "floor    {}   (one file written and synced)",
        spread(&floor)
    );
    let mut opened = Vec::new();
    for _ in 0..50 {
        opened.push(timed(|| {
            let project = Project::open(&place, "shop", &graph)?;
            project.state()?.map(|_| ()).ok_or("there is no state")?;
            Ok(())
        })?);
    }
    println!(
        "open     {}   (a new process learns the state)",
        spread(&opened)
    );
    let replay = timed(|| {
        project.replayed()?.map(|_| ()).ok_or("there is no state")?;
        Ok(())
    })?;
    println!(
        "replay   {:.1} ms for {} events",
        ms(&replay),
        EVENTS + MEASURED
    );
    times.sort_unstable();
    let median = times.get(times.len() / 2).map_or(f64::NAN, ms);
    println!("median of an event {median:.2} ms, budget {BUDGET} ms");
    Ok(())
}

/// What the disk alone takes: the state file written and synced once.
fn floor(folder: &Path, project: &Project<'_>) -> Outcome<Vec<Duration>> {
    use std::io::Write as _;
    let text = std::fs::read(project.state_file())?;
    let path = folder.join("floor");
    let mut times = Vec::new();
    for _ in 0..100 {
        times.push(timed(|| {
            let mut file = std::fs::File::create(&path)?;
            file.write_all(&text)?;
            file.sync_all()?;
            Ok(())
        })?);
    }
    Ok(times)
}

fn timed(action: impl FnOnce() -> Outcome<()>) -> Outcome<Duration> {
    let start = Instant::now();
    action()?;
    Ok(start.elapsed())
}

fn record(project: &mut Project<'_>, number: usize) -> Outcome<()> {
    let text = format!("finding {}", number / 2);
    // One opens it, the next resolves it: the record stays as long as records are.
    let command = if number.is_multiple_of(2) {
        Command::AddFindings {
            texts: vec![text],
            repeat: false,
        }
    } else {
        Command::RemoveFinding { text }
    };
    let by = Actor {
        name: "bench".to_owned(),
        kind: ActorKind::Runner,
    };
    let recorded = project.record(What::Session(command), &by, AT)?;
    match recorded.effects.first() {
        Some(Effect::Refused { reason, .. }) => Err(reason.clone().into()),
        _ => Ok(()),
    }
}

fn begin(project: &mut Project<'_>) -> Outcome<()> {
    let text = include_str!("../fixtures/repos/june-clean/agent-output/shop/00-session-state.json");
    let document: serde_json::Value = serde_json::from_str(text)?;
    let document = document.as_object().cloned().unwrap_or_default();
    let what = What::Session(Command::Init {
        document,
        force: false,
    });
    let by = Actor {
        name: "bench".to_owned(),
        kind: ActorKind::Human,
    };
    let recorded = project.record(what, &by, AT)?;
    println!("state    {} bytes", json!(recorded.state).to_string().len());
    Ok(())
}

fn workflow() -> Outcome<WorkflowGraph> {
    let text = include_str!("../rules/packs/apex/workflow-graph.json");
    let root = json::parse(text, Dialect::Strict).root;
    let root = root.ok_or("the workflow is not JSON")?;
    graph::load(&root)
        .graph
        .ok_or_else(|| "there is no workflow".into())
}
