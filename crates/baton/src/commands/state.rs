//! `baton state`: the record of a project, for people and for agents.

mod answer;
mod change;
mod next;
mod notes;
mod review;
mod shelf;
mod show;
mod upkeep;

use std::path::PathBuf;

use anyhow::Result;
use baton_flow::event::Command as Change;
use baton_flow::project::is_name;
use baton_flow::{FlowError, Place, Project, Recorded, RunState, What};
use baton_repo::graph::WorkflowGraph;
use clap::CommandFactory as _;

use super::print;
use crate::actor::{actor, now};
use crate::cli::{Cli, StateArgs, StateCommand};
use crate::exit::Verdict;
use crate::{place, workflow};
use answer::Answer;

/// What every command needs.
struct Desk {
    root: PathBuf,
    place: Place,
    graph: WorkflowGraph,
}

/// Runs the command.
pub(super) fn state(args: StateArgs) -> Result<Verdict> {
    let Some(command) = args.command else {
        let mut cli = Cli::command();
        cli.build();
        let help = cli.find_subcommand_mut("state");
        let help = help.map(|state| state.render_long_help().to_string());
        print(|out| write!(out, "{}", help.unwrap_or_default()))?;
        return Ok(Verdict::Clean);
    };
    let answer = run(command).unwrap_or_else(|error| Answer::failure(&error));
    answer.give(args.json)
}

fn run(command: StateCommand) -> Result<Answer> {
    match command {
        StateCommand::Init { project, force } => change::init(&project, force),
        StateCommand::Show { project } => show::show(&project),
        StateCommand::StartStep { at, force } => change::start(&at, force),
        StateCommand::CompleteStep { at, waiver, force } => change::complete(&at, &waiver, force),
        StateCommand::Checkpoint(args) => change::checkpoint(&args),
        StateCommand::Transition(args) => change::transition(&args),
        StateCommand::SkipStep { at, reason, force } => change::skip(&at, &reason, force),
        StateCommand::Block { at, reason } => change::block(&at, Some(reason)),
        StateCommand::Unblock { at } => change::block(&at, None),
        StateCommand::Decide(args) => notes::decide(args),
        StateCommand::Finding {
            project,
            add,
            remove,
            add_many,
        } => notes::finding(&project, (add, remove, add_many)),
        StateCommand::ReviewAudit(args) => notes::review_audit(args),
        StateCommand::Migrate { project, check } if check => upkeep::would_migrate(&project),
        StateCommand::Migrate { project, .. } => upkeep::migrate(&project),
        StateCommand::Next { project } => next::next(&project),
        StateCommand::Handoff { project, print } if print => upkeep::print_handoff(&project),
        StateCommand::Handoff { project, .. } => upkeep::write_handoff(&project),
        StateCommand::List(args) => shelf::list(&args),
        StateCommand::Files(args) => shelf::files(&args),
        StateCommand::Search {
            term,
            days,
            project,
        } => shelf::search(&term, days, project.as_deref()),
        StateCommand::Decisions { project } => shelf::decisions(project.as_deref()),
    }
}

impl Desk {
    /// What is needed to work on a project.
    fn of(project: &str) -> Result<Desk> {
        if !is_name(project) {
            let name = project.to_owned();
            return Err(FlowError::ProjectName { name }.into());
        }
        let root = place::root()?;
        Ok(Desk {
            place: place::place(&root)?,
            graph: workflow::graph(&root)?,
            root,
        })
    }

    fn open(&self, project: &str) -> Result<Project<'_>> {
        Ok(Project::open(&self.place, project, &self.graph)?)
    }

    /// The state of a project that exists.
    fn state(&self, project: &str) -> Result<RunState> {
        let state = self.open(project)?.state()?;
        let missing = || FlowError::NoProject {
            project: project.to_owned(),
            path: self.state_path(project),
        };
        Ok(state.ok_or_else(missing)?)
    }

    /// Has a change happen.
    fn record(&self, project: &str, change: Change) -> Result<Recorded> {
        let mut opened = self.open(project)?;
        let what = What::Session(change);
        Ok(opened.record(what, &actor(&self.root), &now())?)
    }

    /// The path of a project's state file, from the root of the repository.
    fn state_path(&self, project: &str) -> String {
        let file = baton_flow::projection::STATE_FILE;
        format!("{}/{project}/{file}", self.place.artifacts)
    }
}
