//! What all commands about projects begin with: the place, the workflow, and what names mean.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};
use baton_flow::approval::Sight;
use baton_flow::ledger::Ledger as _;
use baton_flow::project::is_name;
use baton_flow::{Effect, FlowError, Place, Project, RunState, plan};
use baton_repo::graph::{GraphNode, WorkflowGraph};

use crate::{place, workflow};

/// The projects of a repository and the workflow they follow.
pub(super) struct Desk {
    pub(super) root: PathBuf,
    pub(super) place: Place,
    pub(super) graph: WorkflowGraph,
    pub(super) graph_digest: String,
}

/// A gate of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) project: String,
    /// The number of the gate in the graph.
    pub(super) gate: usize,
}

impl Desk {
    /// The projects around the working directory.
    pub(super) fn open() -> Result<Desk> {
        let root = place::root()?;
        let (graph, graph_digest) = workflow::graph_and_digest(&root)?;
        Ok(Desk {
            place: place::place(&root)?,
            root,
            graph,
            graph_digest,
        })
    }

    /// A project and where it stands; one that is not there is an error.
    pub(super) fn project(&self, name: &str) -> Result<(Project<'_>, RunState)> {
        let project = Project::open(&self.place, name, &self.graph)?;
        let Some(state) = project.state()? else {
            let path = format!("{}/{name}/00-session-state.json", self.place.artifacts);
            let project = name.to_owned();
            return Err(FlowError::NoProject { project, path }.into());
        };
        Ok((project, state))
    }

    /// The same project as it is seen from its gates.
    pub(super) fn sight<'a>(&'a self, project: &'a str, state: &'a RunState) -> Sight<'a> {
        Sight {
            place: &self.place,
            project,
            graph: &self.graph,
            graph_digest: &self.graph_digest,
            state,
        }
    }

    /// All projects: those with a ledger and those with a state file, sorted.
    pub(super) fn projects(&self) -> Result<Vec<String>> {
        let folder = self.root.join(&self.place.artifacts);
        let mut names = self.place.ledger()?.projects()?;
        // A folder that is not there holds no projects.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_project = |suffix| {
                entry
                    .path()
                    .join(format!("00-session-state.json{suffix}"))
                    .is_file()
            };
            if is_name(&name) && (is_project("") || is_project(".bak")) {
                names.push(name);
            }
        }
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// The project that is meant when none is named.
    pub(super) fn only_project(&self) -> Result<String> {
        let mut names = self.projects()?;
        match (names.len(), names.pop()) {
            (1, Some(name)) => Ok(name),
            (0, _) => bail!("there is no project yet: `baton state init NAME` begins one"),
            (_, last) => {
                names.extend(last);
                bail!(
                    "there are several projects, name one: `{}`",
                    names.join("`, `")
                )
            }
        }
    }

    /// What names mean: a project, a gate, both, or neither; what is left out is what waits.
    pub(super) fn named(&self, names: &[String]) -> Result<Named> {
        let (project, gate) = match names {
            [project, gate, ..] => (Some(project), Some(gate)),
            [one] if self.gate(one).is_ok() && !self.is_project(one)? => (None, Some(one)),
            [one] => (Some(one), None),
            [] => (None, None),
        };
        let gate = gate.map(|gate| self.gate(gate)).transpose()?;
        let waiting = self.waiting(project)?;
        let fits = |named: &&Named| gate.is_none_or(|gate| gate == named.gate);
        let fitting: Vec<&Named> = waiting.iter().filter(fits).collect();
        match (fitting.as_slice(), project, gate) {
            ([one], _, _) => Ok((*one).clone()),
            // Whether it can be decided now is for the engine to say.
            (_, Some(project), Some(gate)) => Ok(Named {
                project: project.clone(),
                gate,
            }),
            ([], Some(project), _) => bail!(
                "no gate of `{project}` waits; `baton status {project}` shows where it stands"
            ),
            ([], None, _) => bail!("no gate waits; `baton status` shows where projects stand"),
            (several, _, _) => {
                let each = several
                    .iter()
                    .map(|one| format!("`{} {}`", one.project, self.graph.id(one.gate)));
                bail!(
                    "several gates wait, name one: {}",
                    each.collect::<Vec<_>>().join(", ")
                )
            }
        }
    }

    /// The number of a gate that somebody names, with or without the word before it.
    pub(super) fn gate(&self, name: &str) -> Result<usize> {
        let long = format!("gate-{name}");
        let found = self.graph.find(name).or_else(|| self.graph.find(&long));
        let is_gate = |number: &usize| self.graph.node(*number).is_some_and(GraphNode::is_gate);
        if let Some(number) = found.filter(is_gate) {
            return Ok(number);
        }
        let gates = self.graph.nodes.iter().filter(|node| node.is_gate());
        let known: Vec<&str> = gates.map(|node| node.id.value.as_str()).collect();
        bail!(
            "there is no gate `{name}`; the workflow has `{}`",
            known.join("`, `")
        )
    }

    fn is_project(&self, name: &str) -> Result<bool> {
        Ok(self.projects()?.iter().any(|known| known == name))
    }

    /// The gates that wait, of one project or of all.
    fn waiting(&self, project: Option<&String>) -> Result<Vec<Named>> {
        let projects = match project {
            Some(project) => vec![project.clone()],
            None => self.projects()?,
        };
        let mut found = Vec::new();
        for project in projects {
            let (_, state) = self.project(&project)?;
            let gates = plan::next(&self.graph, &state).into_iter();
            let gates = gates.filter_map(|effect| match effect {
                Effect::Present { gate } | Effect::Await { gate } => self.graph.find(&gate),
                _ => None,
            });
            found.extend(gates.map(|gate| Named {
                project: project.clone(),
                gate,
            }));
        }
        Ok(found)
    }
}
