//! The repository as it lies there now: what agents left, and what is wrong with it.

use std::collections::BTreeSet;

use anyhow::Result;
use baton_check::{Changed, Scope, check, select};
use baton_flow::{RunState, Subject, subject};
use baton_repo::Repo;
use baton_repo::graph::WorkflowGraph;
use baton_source::{RepoPath, Severity};

use crate::commands::gate::Case;

/// Checks by which an agent's work must be in order before it counts as done.
const CHECKS: [&str; 3] = ["validate:artifacts", "lint:h2-sync", "lint:json"];

/// A repository, listed once.
pub(super) struct Files(Case);

impl Files {
    /// Lists the repository of a project.
    pub(super) fn read(project: &str) -> Result<Files> {
        Case::open(project, None).map(Files)
    }

    pub(super) fn repo(&self) -> &Repo {
        &self.0.repo
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.repo().file(path).is_some()
    }

    /// A project as gates see it.
    pub(super) fn subject<'f>(
        &'f self,
        graph: &'f WorkflowGraph,
        (artifacts, project): (&'f str, &'f str),
        state: &'f RunState,
    ) -> Subject<'f> {
        Subject {
            repo: self.repo(),
            graph,
            artifacts,
            project,
            track: subject::track(graph, &state.document),
        }
    }

    /// What is wrong with some files, one sentence each: errors alone.
    pub(super) fn faults(&self, paths: &[String]) -> Vec<String> {
        let known: Vec<String> = CHECKS.iter().map(|check| (*check).to_owned()).collect();
        let run = &self.0.run;
        let selection = match select(&known, &run.project.config.ignore) {
            Ok(selection) => selection,
            Err(error) => return vec![error.to_string()],
        };
        let config = baton_check::CheckConfig {
            selection,
            ..run.config.clone()
        };
        let named: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
        let paths = named.iter().map(|path| RepoPath::new(path)).collect();
        let report = match check(self.repo(), &config, &Scope::Changed(Changed::named(paths))) {
            Ok(report) => report,
            Err(error) => return vec![error.to_string()],
        };
        let errors = report.findings.iter();
        let errors = errors.filter(|finding| finding.severity == Severity::Error);
        let told = errors.filter_map(|finding| {
            let file = self.repo().by_id(finding.at.file)?;
            let path = file.path.as_str();
            named
                .contains(path)
                .then(|| format!("{path}: {} ({})", finding.message, finding.rule))
        });
        told.collect()
    }
}
