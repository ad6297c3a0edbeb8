//! The workflow that a repository's projects follow.

use std::path::Path;
use std::sync::Arc;
use std::thread;

use anyhow::Result;
use baton_flow::FlowError;
use baton_flow::canonical::graph_digest;
use baton_repo::graph::{GraphFile, WorkflowGraph};
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

/// The digest of the file that holds a repository's workflow.
pub(crate) fn digest_of(repo: &Repo) -> String {
    let mut readable = repo
        .graphs()
        .iter()
        .filter(|file| file.loaded.graph.is_some());
    let text = readable.next().and_then(|file| repo.by_id(file.file));
    graph_digest(text.map_or("", |file| file.text()))
}

/// The workflow of a repository: the first of its own that can be read. One that cannot be read
/// is an error: another workflow in its place would lead projects astray.
pub(crate) fn graph_of(repo: &Repo) -> Result<WorkflowGraph> {
    if let Some(graph) = repo.graph() {
        return Ok(graph.clone());
    }
    let file = repo.of_kind("workflow-graph").next();
    let reason = match repo.graphs().first() {
        Some(broken) => reason(broken),
        None if file.is_some() => "it is not JSON".to_owned(),
        None => "there is none in this repository".to_owned(),
    };
    let path = file.map_or_else(
        || "workflow-graph.json".to_owned(),
        |file| file.path.to_string(),
    );
    Err(FlowError::Graph { path, reason }.into())
}

/// What the configuration at the root says about the repository's shape.
fn options(root: &Path) -> Result<Options> {
    let file = root.join(FILE_NAME);
    if !file.exists() {
        return Ok(Options::default());
    }
    Ok(config::load(&file)?.repository)
}

fn reason(broken: &GraphFile) -> String {
    let errors = broken.loaded.errors.iter();
    let messages: Vec<&str> = errors.map(|error| error.message.as_str()).collect();
    if messages.is_empty() {
        return "it has no nodes".to_owned();
    }
    messages.join("; ")
}
