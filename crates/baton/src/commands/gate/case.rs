//! A project with everything that is needed to judge it: repository, workflow, state.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use baton_flow::approval::Sight;
use baton_flow::projection::{self, STATE_FILE};
use baton_flow::staleness::{self, Stale};
use baton_flow::{FlowError, GateState, GateStatus, Place, Project, RunState, Subject, subject};
use baton_repo::Repo;
use baton_repo::graph::WorkflowGraph;

use super::super::check::{self, Run};
use crate::cli::RunArgs;
use crate::exit::say;
use crate::project::{self, Target};
use crate::terminal::Terminal;
use crate::{config, place, workflow};

/// A project.
pub(super) struct Case {
    /// Its name.
    pub(super) project: String,
    /// How rules are configured and files are read.
    pub(super) run: Run,
    /// The repository.
    pub(super) repo: Repo,
    /// The workflow.
    pub(super) graph: WorkflowGraph,
    /// Where it stands.
    pub(super) state: RunState,
    /// Where its ledger lies, if the user has a folder for state.
    place: Option<Place>,
    /// Digest of the file with the workflow.
    graph_digest: String,
}

impl Case {
    /// Opens a project; one that is not there is an error.
    pub(super) fn open(name: &str, suppressions_from: Option<&str>) -> Result<Case> {
        if !baton_flow::project::is_name(name) {
            let name = name.to_owned();
            return Err(FlowError::ProjectName { name }.into());
        }
        let root = place::root()?;
        let folder = root.join(place::ARTIFACTS).join(name);
        if !folder.is_dir() {
            let path = format!("{}/{name}", place::ARTIFACTS);
            let project = name.to_owned();
            return Err(FlowError::NoProject { project, path }.into());
        }
        let args = RunArgs {
            suppressions_from: suppressions_from.map(str::to_owned),
            ..RunArgs::default()
        };
        let project = at(&root)?;
        // Artifacts are judged whether or not git ignores them.
        let targets = files(&project, &folder)?;
        let run = check::prepare(project, args, targets, None)?;
        let repo = Repo::open(run.source.clone(), &run.project.config.repository)?;
        let graph = workflow::graph_of(&repo)?;
        let place = place::place(&root).ok();
        let state = state(place.as_ref(), &root, (name, &graph))?;
        Ok(Case {
            graph_digest: workflow::digest_of(&repo),
            place,
            project: name.to_owned(),
            run,
            repo,
            graph,
            state,
        })
    }

    /// The gates whose approvals no longer fit.
    pub(super) fn stale(&self) -> Result<Vec<Stale>> {
        let Some(place) = &self.place else {
            return Ok(Vec::new());
        };
        Ok(staleness::stale(&Sight {
            place,
            project: &self.project,
            graph: &self.graph,
            graph_digest: &self.graph_digest,
            state: &self.state,
        })?)
    }

    /// The project as gates see it.
    pub(super) fn subject(&self) -> Subject<'_> {
        Subject {
            repo: &self.repo,
            graph: &self.graph,
            artifacts: place::ARTIFACTS,
            project: &self.project,
            track: subject::track(&self.graph, &self.state.document),
        }
    }
}

/// The repository at a root, configured as it says itself.
fn at(root: &Path) -> Result<project::Project> {
    let found = project::find(None)?;
    if found.root == root {
        return Ok(found);
    }
    let file = root.join(config::FILE_NAME);
    let config = if file.exists() {
        config::load(&file)?
    } else {
        config::Config::default()
    };
    Ok(project::Project {
        root: root.to_owned(),
        why: "it holds the projects",
        config,
        ..found
    })
}

/// Every file of a project's folder; what is hidden is nobody's artifact.
fn files(project: &project::Project, folder: &Path) -> Result<Vec<Target>> {
    let mut targets = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let failed = || format!("cannot list `{}`", folder.display());
        for entry in fs::read_dir(&folder).with_context(failed)? {
            let entry = entry.with_context(failed)?;
            let kind = entry.file_type().with_context(failed)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                targets.push(Target::File(project::file_path(project, &entry.path())?));
            }
        }
    }
    Ok(targets)
}

/// Where a project stands: by its ledger, or else by its state file alone. A state file nobody
/// can read is for the gate to judge, not a reason to end here.
fn state(
    place: Option<&Place>,
    root: &Path,
    (name, graph): (&str, &WorkflowGraph),
) -> Result<RunState> {
    let ledger = place.filter(|place| place.state.join("ledger.db").exists());
    let state = match ledger {
        Some(place) => of_ledger(place, name, graph),
        None => of_file(root, name),
    };
    match state {
        Err(FlowError::StateUnreadable { path, reason }) => {
            let path = path.strip_prefix(root).unwrap_or(&path).display();
            let word = Terminal::stderr().bold("notice:");
            say(&format!("{word} {path} cannot be read: {reason}"));
            Ok(RunState::default())
        }
        other => Ok(other?),
    }
}

fn of_ledger(place: &Place, name: &str, graph: &WorkflowGraph) -> Result<RunState, FlowError> {
    let project = Project::open(place, name, graph)?;
    Ok(project.state()?.unwrap_or_default())
}

fn of_file(root: &Path, name: &str) -> Result<RunState, FlowError> {
    let path = root.join(place::ARTIFACTS).join(name).join(STATE_FILE);
    let Some(held) = projection::read(&path)? else {
        return Ok(RunState::default());
    };
    let mut state = RunState {
        document: held.document,
        ..RunState::default()
    };
    let gates = state.document.remove("gates").unwrap_or_default();
    for (gate, held) in gates.as_object().into_iter().flatten() {
        if let Ok(held) = serde_json::from_value::<GateState>(held.clone()) {
            // Anybody can write that file.
            let held = GateState {
                status: GateStatus::Waiting,
                approvals: Vec::new(),
                imported: held.status == GateStatus::Open,
                ..held
            };
            state.gates.insert(gate.clone(), held);
        }
    }
    Ok(state)
}
