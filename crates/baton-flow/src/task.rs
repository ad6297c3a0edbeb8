//! The work of a node as a task: what the graph says it makes, may change and needs.

use std::collections::BTreeSet;
use std::path::Path;

use baton_repo::graph::{Branch, GraphNode, WorkflowGraph};

use crate::agent::{AgentFile, Task};

/// Endings of files that agents read; pictures and the like are not named to them.
const READABLE: [&str; 4] = ["md", "json", "bicep", "tf"];

/// What a task is made from.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    /// The workflow.
    pub graph: &'a WorkflowGraph,
    /// The node, by its number.
    pub node: usize,
    /// The part of a fan-out.
    pub substep: Option<&'a str>,
    /// The track.
    pub branch: Option<Branch<'a>>,
    /// The root of the repository.
    pub root: &'a Path,
    /// The folder of projects, from the root: `agent-output`.
    pub artifacts: &'a str,
    /// The project.
    pub project: &'a str,
}

/// The task of a node's agent; prompt, model, limits and the try are the caller's.
pub fn task(of: &Of<'_>, agent: AgentFile) -> Option<Task> {
    let node = of.graph.node(of.node)?;
    let own = of.made(node);
    let folder = format!("{}/{}", of.artifacts, of.project);
    let mut writable = vec![format!("{folder}/**")];
    let folders = own.iter().filter(|path| path.ends_with('/'));
    writable.extend(folders.map(|path| format!("{path}**")));
    Some(Task {
        project: of.project.to_owned(),
        node: node.canonical.clone(),
        substep: of.substep.map(str::to_owned),
        step_key: node.step_number().unwrap_or_default().to_owned(),
        attempt: 1,
        agent,
        inputs: inputs(of, node),
        expected: own.into_iter().filter(|path| of.is_of_part(path)).collect(),
        folder: of.root.to_owned(),
        writable,
        protected: protected(of, node),
        ..Task::default()
    })
}

impl Of<'_> {
    /// What a node makes, from the root.
    fn made(&self, node: &GraphNode) -> Vec<String> {
        let produces = node.produces.iter().flatten();
        produces.map(|one| self.path(&one.value)).collect()
    }

    /// An artifact's path from the root; one without a folder lies in the project's.
    fn path(&self, artifact: &str) -> String {
        let path = artifact.replace("{project}", self.project);
        match path.split_once('#').map_or(path.as_str(), |(path, _)| path) {
            file if file.contains('/') => path,
            _ => format!("{}/{}/{path}", self.artifacts, self.project),
        }
    }

    /// Whether an artifact is the part's to make: the part's name is in its name.
    fn is_of_part(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.substep.is_none_or(|part| name.contains(part))
    }

    fn others(&self) -> impl Iterator<Item = &GraphNode> {
        let nodes = self.graph.nodes.iter().enumerate();
        let live = nodes
            .filter(|(number, _)| *number != self.node && self.graph.applies(*number, self.branch));
        live.map(|(_, node)| node)
    }
}

/// What other steps made and this one may not change, and what is frozen for it.
fn protected(of: &Of<'_>, node: &GraphNode) -> Vec<String> {
    let bare = |path: String| match path.split_once('#') {
        Some((file, _)) => file.to_owned(),
        None => path,
    };
    let mut own: BTreeSet<String> = of.made(node).into_iter().map(bare).collect();
    own.extend(node.mutates.iter().map(|one| of.path(&one.value)));
    let made = of.others().flat_map(|other| of.made(other));
    let frozen = node.frozen_inputs.iter().flatten();
    let frozen = frozen.map(|one| of.path(&one.value));
    let all: BTreeSet<String> = made.chain(frozen).map(bare).collect();
    let patterns = all.difference(&own).cloned();
    let patterns = patterns.map(|path| match path.strip_suffix('/') {
        Some(folder) => format!("{folder}/**"),
        None => path,
    });
    patterns.collect()
}

/// What the steps before it made, as far as it is there and can be read, in the graph's order.
fn inputs(of: &Of<'_>, node: &GraphNode) -> Vec<String> {
    let before = before(of.graph, node);
    let numbers = before.into_iter();
    let steps = numbers.filter(|number| of.graph.applies(*number, of.branch));
    let steps = steps.filter_map(|number| of.graph.node(number));
    let mut seen = BTreeSet::new();
    let made = steps.flat_map(|step| of.made(step));
    let wanted = made.filter(|path| {
        let ending = path.rsplit('.').next().unwrap_or_default();
        !path.contains('#') && (path.ends_with('/') || READABLE.contains(&ending))
    });
    let there = wanted.filter(|path| path.contains('*') || of.root.join(path).exists());
    there.filter(|path| seen.insert(path.clone())).collect()
}

/// The nodes that are finished before a node, directly or not.
fn before(graph: &WorkflowGraph, node: &GraphNode) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&GraphNode> = vec![node];
    while let Some(node) = open.pop() {
        for required in &node.requires {
            let number = required.node;
            if let Some(number) = number
                && found.insert(number)
            {
                open.extend(graph.node(number));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
