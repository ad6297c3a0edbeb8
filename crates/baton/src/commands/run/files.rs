//! The repository as it lies there now: what agents left, and what is wrong with it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use anyhow::Result;
use baton_check::{CheckConfig, Scope, select};
use baton_flow::{RunState, Subject, subject};
use baton_repo::graph::WorkflowGraph;
use baton_repo::{Repo, Worktree};
use baton_source::{RepoPath, Severity};
use baton_syntax::glob::GlobSet;

use crate::config;

/// Files with findings of reviews begin so.
const REVIEWS: &str = "challenge-findings-";

/// Checks by which an agent's work must be in order before it counts as done.
const CHECKS: [&str; 4] = [
    "validate:artifacts",
    "lint:h2-sync",
    "lint:json",
    "validate:challenger-findings",
];

/// A repository, listed once.
pub(super) struct Files {
    repo: Repo,
    config: config::Config,
}

impl Files {
    /// Lists the repository at a root.
    pub(super) fn read(root: &Path) -> Result<Files> {
        let file = root.join(config::FILE_NAME);
        let config = if file.exists() {
            config::load(&file)?
        } else {
            config::Config::default()
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let worktree = Worktree::new(root, threads);
        let repo = Repo::open(Arc::new(worktree), &config.repository)?;
        Ok(Files { repo, config })
    }

    pub(super) fn repo(&self) -> &Repo {
        &self.repo
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.repo.file(path).is_some()
    }

    /// A project as gates see it.
    pub(super) fn subject<'f>(
        &'f self,
        graph: &'f WorkflowGraph,
        (artifacts, project): (&'f str, &'f str),
        state: &'f RunState,
    ) -> Subject<'f> {
        Subject {
            repo: &self.repo,
            graph,
            artifacts,
            project,
            track: subject::track(graph, &state.document),
        }
    }

    /// The files below a folder.
    pub(super) fn of_project(&self, folder: &str) -> Vec<String> {
        let inside = format!("{folder}/");
        let paths = self.repo.files().iter().map(|file| file.path.as_str());
        let paths = paths.filter(|path| path.starts_with(&inside));
        paths.map(str::to_owned).collect()
    }

    /// Findings of reviews in a folder, with their texts.
    pub(super) fn reviews(&self, folder: &str) -> Vec<(String, String)> {
        let inside = format!("{folder}/{REVIEWS}");
        let files = self.repo.files().iter();
        let files = files.filter(|file| file.path.as_str().starts_with(&inside));
        files
            .map(|file| (file.path.as_str().to_owned(), file.text().to_owned()))
            .collect()
    }

    /// Whether something is there that fits a path, a pattern, a folder or a heading of a file.
    pub(super) fn matches(&self, wanted: &str) -> bool {
        !self.all(&[wanted.to_owned()]).is_empty()
    }

    /// The files that fit paths, patterns, folders and headings of files.
    pub(super) fn all(&self, wanted: &[String]) -> Vec<String> {
        let patterns = wanted.iter().map(|wanted| {
            let path = wanted.split('#').next().unwrap_or_default();
            match path.strip_suffix('/') {
                Some(folder) => format!("{folder}/**"),
                None => path.to_owned(),
            }
        });
        let Ok(globs) = GlobSet::new(patterns) else {
            return Vec::new();
        };
        let paths = self.repo.files().iter().map(|file| file.path.as_str());
        let paths = paths.filter(|path| globs.matches(path));
        paths.map(str::to_owned).collect()
    }

    /// What is wrong with some files, one sentence each: errors alone.
    pub(super) fn faults(&self, paths: &[String]) -> Vec<String> {
        let known: Vec<String> = CHECKS.iter().map(|check| (*check).to_owned()).collect();
        let selection = match select(&known, &self.config.ignore) {
            Ok(selection) => selection,
            Err(error) => return vec![error.to_string()],
        };
        let config = CheckConfig {
            selection,
            settings: self.config.settings.clone(),
            ..CheckConfig::default()
        };
        let named: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
        let scope = named.iter().filter_map(|path| RepoPath::new(path).ok());
        let report = match baton_check::check(&self.repo, &config, &Scope::Changed(scope.collect()))
        {
            Ok(report) => report,
            Err(error) => return vec![error.to_string()],
        };
        let errors = report.findings.iter();
        let errors = errors.filter(|finding| finding.severity == Severity::Error);
        let told = errors.filter_map(|finding| {
            let file = self.repo.by_id(finding.at.file)?;
            let path = file.path.as_str();
            named
                .contains(path)
                .then(|| format!("{path}: {} ({})", finding.message, finding.rule))
        });
        told.collect()
    }
}
