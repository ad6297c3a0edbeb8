//! What a gate or a check before it is about: one project in one repository, on one track.

use baton_repo::graph::{Branch, ROUTING_DECISION, WorkflowGraph};
use baton_repo::{File, Repo};
use baton_syntax::glob::GlobSet;
use serde_json::{Map, Value};

use crate::precheck;

/// A project as it lies in its repository.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The repository.
    pub repo: &'a Repo,
    /// The workflow it follows.
    pub graph: &'a WorkflowGraph,
    /// The folder of projects, from the root: `agent-output`.
    pub artifacts: &'a str,
    /// The name of the project, and of its folder.
    pub project: &'a str,
    /// The track, as the graph writes it; `None` when nobody has chosen one.
    pub track: Option<&'a str>,
}

/// The track that a state document chooses, as the graph writes it, else as it stands there.
pub fn track<'a>(graph: &'a WorkflowGraph, document: &'a Map<String, Value>) -> Option<&'a str> {
    let decided = document
        .get("decisions")
        .and_then(|all| all.get(ROUTING_DECISION));
    let own = document.get(ROUTING_DECISION);
    let written = [decided, own]
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let written = written.map(str::trim).find(|value| !value.is_empty())?;
    let branches = graph.branches();
    let mut known = branches
        .iter()
        .filter(|branch| branch.decision == ROUTING_DECISION);
    let found = known.find(|branch| branch.value.eq_ignore_ascii_case(written));
    Some(found.map_or(written, |branch| branch.value))
}

impl<'a> Subject<'a> {
    /// The project's folder of artifacts.
    pub fn output(&self) -> String {
        format!("{}/{}", self.artifacts, self.project)
    }

    /// The project's folders of infrastructure code: the one of its track, or those of all.
    pub fn code(&self) -> Vec<String> {
        let mut folders: Vec<String> = Vec::new();
        let nodes = self.graph.nodes.iter().enumerate();
        for (number, node) in nodes {
            if !self.applies(number) {
                continue;
            }
            let produced = node.produces.iter().flatten();
            folders.extend(produced.filter_map(|text| self.folder(&text.value)));
        }
        if folders.is_empty() {
            let known = precheck::table().code.iter();
            let own = known.filter(|(track, _)| self.is_on(track));
            folders.extend(own.map(|(_, folder)| folder.replace("{project}", self.project)));
        }
        folders.sort_unstable();
        folders.dedup();
        folders
    }

    /// Whether the project is on a track, or may still come to be.
    pub fn is_on(&self, track: &str) -> bool {
        self.track.is_none_or(|own| own.eq_ignore_ascii_case(track))
    }

    /// Whether a node of the graph takes part on the project's track.
    pub fn applies(&self, number: usize) -> bool {
        let branch = self.track.map(|value| Branch {
            decision: ROUTING_DECISION,
            value,
        });
        self.graph.applies(number, branch)
    }

    /// The patterns that one of a table stands for: `{output}`, `{code}` and `{project}` are
    /// filled in, and `@kind` is what the repository's pack says.
    pub fn patterns(&self, pattern: &str) -> Vec<String> {
        if pattern.starts_with('@') {
            let globs = self.repo.layout().resolve(pattern);
            return globs.into_iter().map(str::to_owned).collect();
        }
        let filled = pattern
            .replace("{output}", &self.output())
            .replace("{project}", self.project);
        if !filled.contains("{code}") {
            return vec![filled];
        }
        let folders = self.code().into_iter();
        folders
            .map(|folder| filled.replace("{code}", &folder))
            .collect()
    }

    /// The files that one of these patterns matches, in path order.
    pub fn files(&self, patterns: &[String]) -> Vec<&'a File> {
        let globs = patterns.iter().flat_map(|pattern| self.patterns(pattern));
        let Ok(globs) = GlobSet::new(globs) else {
            return Vec::new();
        };
        let files = self.repo.files().iter();
        files
            .filter(|file| globs.matches(file.path.as_str()))
            .collect()
    }

    /// A folder of this project outside of its artifacts, if that is what a graph's entry names.
    fn folder(&self, produced: &str) -> Option<String> {
        let folder = produced
            .trim_end_matches("**")
            .trim_end_matches('*')
            .strip_suffix('/')?;
        let is_own = folder.contains('/') && folder.contains("{project}");
        let filled = folder.replace("{project}", self.project);
        (is_own && !filled.starts_with(&self.output())).then_some(filled)
    }
}
