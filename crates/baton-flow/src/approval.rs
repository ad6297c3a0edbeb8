//! What a gate is about: the artifacts that are approved there, the findings, the graph.
//!
//! One digest over all of it binds an approval to what was shown.

mod artifacts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use baton_repo::graph::{Branch, GraphNode, WorkflowGraph};
use serde_json::{Value, json};

use crate::canonical::digest;
use crate::event::Shown;
use crate::{FlowError, Place, RunState};

/// Files with findings of reviews, and what was decided about them.
const REVIEWS: &str = "challenge-findings-*.json";

/// A project as it stands, seen from a gate.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// Where it lies.
    pub place: &'a Place,
    /// Its name.
    pub project: &'a str,
    /// The workflow it follows.
    pub graph: &'a WorkflowGraph,
    /// Digest of the file with that workflow, see [`crate::canonical::graph_digest`].
    pub graph_digest: &'a str,
    /// Where it stands.
    pub state: &'a RunState,
}

/// What there is to see at a gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// What an approval is bound to.
    pub shown: Shown,
    /// The open findings.
    pub findings: Vec<String>,
    /// Files with findings of reviews, with their digests.
    pub reviews: BTreeMap<String, String>,
    /// Artifacts that the steps before the gate should have written and did not.
    pub missing: Vec<String>,
}

/// What was shown at a gate or is to be shown; the number is that of the graph.
pub fn shown(sight: &Sight<'_>, gate: usize) -> Result<Shown, FlowError> {
    look(sight, gate).map(|look| look.shown)
}

/// What there is to see at a gate; the number is that of the graph.
pub fn look(sight: &Sight<'_>, gate: usize) -> Result<Look, FlowError> {
    let mut artifacts = BTreeMap::new();
    let mut missing = Vec::new();
    for pattern in patterns(sight, gate) {
        let found = artifacts::digests(&sight.place.root, &pattern)?;
        // A pattern with a star promises nothing.
        if found.is_empty() && !pattern.contains('*') {
            missing.push(pattern);
        }
        artifacts.extend(found);
    }
    let findings = open_findings(sight.state);
    let reviews = reviews(sight)?;
    let found = digest(&json!({ "open": findings, "reviews": reviews }));
    let id = sight.graph.node(gate).map_or("", |node| &node.canonical);
    let whole = digest(&json!({
        "project": sight.project,
        "gate": id,
        "artifacts": artifacts,
        "findings": found,
        "graph": sight.graph_digest,
    }));
    let shown = Shown {
        digest: whole,
        artifacts,
        findings: found,
        graph: sight.graph_digest.to_owned(),
    };
    Ok(Look {
        shown,
        findings,
        reviews,
        missing,
    })
}

/// Paths, patterns and anchors that a gate is about, from the root of the repository: what the
/// steps since the gates before produce, may rewrite and rely on.
pub(crate) fn patterns(sight: &Sight<'_>, gate: usize) -> BTreeSet<String> {
    let steps = steps_before(sight, gate);
    let nodes = steps.iter().filter_map(|step| sight.graph.node(*step));
    nodes.flat_map(|node| patterns_of(sight, node)).collect()
}

/// The same for one step.
pub(crate) fn patterns_of(sight: &Sight<'_>, node: &GraphNode) -> Vec<String> {
    let produced = node.produces.iter().flatten();
    let frozen = node.frozen_inputs.iter().flatten();
    let named = produced.chain(&node.mutates).chain(frozen);
    named.map(|name| from_root(sight, &name.value)).collect()
}

/// The name of an artifact as a path from the root: without a folder it lies in the project's.
pub(crate) fn from_root(sight: &Sight<'_>, name: &str) -> String {
    let name = name.replace("{project}", sight.project);
    let path = name.split('#').next().unwrap_or_default();
    if path.contains('/') {
        return name.trim_start_matches("./").to_owned();
    }
    format!("{}/{}/{name}", sight.place.artifacts, sight.project)
}

/// The steps between a gate and the gates before it.
fn steps_before(sight: &Sight<'_>, gate: usize) -> BTreeSet<usize> {
    let graph = sight.graph;
    let mut steps = BTreeSet::new();
    let mut open = vec![gate];
    while let Some(number) = open.pop() {
        let edges = graph
            .edges
            .iter()
            .filter(|edge| edge.to.node == Some(number));
        let edges = edges.filter_map(|edge| edge.from.node);
        let required = graph.node(number).map(|node| node.requires.as_slice());
        let required = required
            .unwrap_or_default()
            .iter()
            .filter_map(|node| node.node);
        for before in edges.chain(required) {
            let is_step = graph.node(before).is_some_and(|node| !node.is_gate());
            if is_step && takes_part(sight, before) && steps.insert(before) {
                open.push(before);
            }
        }
    }
    steps
}

/// Whether a node belongs to the track that was chosen; any does before one was.
fn takes_part(sight: &Sight<'_>, number: usize) -> bool {
    let condition = sight
        .graph
        .node(number)
        .and_then(|node| node.condition.as_ref());
    let Some(condition) = condition else {
        return true;
    };
    let decision = condition.decision();
    let document = &sight.state.document;
    let decided = document.get("decisions").and_then(|all| all.get(decision));
    let value = decided
        .or_else(|| document.get(decision))
        .and_then(Value::as_str);
    match value.filter(|value| !value.is_empty()) {
        Some(value) => sight
            .graph
            .applies(number, Some(Branch { decision, value })),
        None => true,
    }
}

/// The texts of the open findings; some files hold objects.
fn open_findings(state: &RunState) -> Vec<String> {
    let findings = state
        .document
        .get("open_findings")
        .and_then(Value::as_array);
    let texts = findings.into_iter().flatten().map(|finding| match finding {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    texts.collect()
}

/// The files in the project's folder that hold findings of reviews.
fn reviews(sight: &Sight<'_>) -> Result<BTreeMap<String, String>, FlowError> {
    artifacts::digests(&sight.place.root, &from_root(sight, REVIEWS))
}

/// The digest of one file of the repository, by its path from the root.
pub fn file_digest(root: &Path, path: &str) -> Result<Option<String>, FlowError> {
    Ok(artifacts::digests(root, path)?.remove(path))
}

#[cfg(test)]
mod tests;
