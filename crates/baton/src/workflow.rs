//! The workflow that a repository's projects follow.

use std::path::Path;
use std::sync::Arc;
use std::thread;

use anyhow::Result;
use baton_flow::canonical::graph_digest;
use baton_flow::{FlowError, pack};
use baton_repo::graph::{GraphFile, Loaded, WorkflowGraph};
use baton_repo::source::Worktree;
use baton_repo::{Options, Repo};

use crate::config::{self, FILE_NAME};

/// The workflow of the repository at `root`.
pub(crate) fn graph(root: &Path) -> Result<WorkflowGraph> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let worktree = Worktree::new(root, threads);
    let repo = Repo::open(Arc::new(worktree), &options(root)?)?;
    graph_of(&repo)
}

/// The workflow of the repository at `root`, and the digest of the file that holds it.
pub(crate) fn graph_and_digest(root: &Path) -> Result<(WorkflowGraph, String)> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let worktree = Worktree::new(root, threads);
    let repo = Repo::open(Arc::new(worktree), &options(root)?)?;
    let graph = graph_of(&repo)?;
    let digest = digest_of(&repo);
    Ok((graph, digest))
}

/// The digest of the file that holds a repository's workflow, or of the pack's.
pub(crate) fn digest_of(repo: &Repo) -> String {
    let is_readable = |file: &&GraphFile| file.loaded.graph.is_some();
    let own = repo.graphs().iter().find(is_readable);
    match own.and_then(|own| repo.by_id(own.file)) {
        Some(file) => graph_digest(file.text()),
        None => pack::workflow_graph_digest(),
    }
}

/// The workflow of a repository: the first of its own that can be read, else that of the pack.
/// One that cannot be read is an error: another workflow in its place would lead projects astray.
pub(crate) fn graph_of(repo: &Repo) -> Result<WorkflowGraph> {
    if let Some(graph) = repo.graph() {
        return Ok(graph.clone());
    }
    let Some(file) = repo.of_kind("workflow-graph").next() else {
        let own = pack::workflow_graph();
        return own
            .graph
            .clone()
            .ok_or_else(|| unusable("workflow-graph.json", &own));
    };
    match repo.graph_in(file) {
        Some(broken) => Err(unusable(file.path.as_str(), &broken.loaded)),
        None => Err(FlowError::Graph {
            path: file.path.to_string(),
            reason: "it is not JSON".to_owned(),
        }
        .into()),
    }
}

fn unusable(path: &str, loaded: &Loaded) -> anyhow::Error {
    let messages: Vec<&str> = loaded
        .errors
        .iter()
        .map(|error| error.message.as_str())
        .collect();
    let reason = match messages.as_slice() {
        [] => "it has no nodes".to_owned(),
        messages => messages.join("; "),
    };
    let path = path.to_owned();
    FlowError::Graph { path, reason }.into()
}

/// What the configuration at the root says about the repository's shape.
fn options(root: &Path) -> Result<Options> {
    let file = root.join(FILE_NAME);
    if !file.exists() {
        return Ok(Options::default());
    }
    Ok(config::load(&file)?.repository)
}
