//! What a new record says.

use std::sync::LazyLock;

use baton_repo::graph::WorkflowGraph;
use serde_json::Value;

use super::record::{self, Object};

/// The record of a new project, before it has a name: data of the pack.
pub(crate) fn blank() -> &'static Object {
    static BLANK: LazyLock<Object> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/packs/apex/session-state.json");
        serde_json::from_str(text).unwrap_or_default()
    });
    &BLANK
}

/// The record of a new project on a branch; agents are those of the graph, where only one can
/// do a step.
pub fn document(project: &str, branch: Option<&str>, graph: &WorkflowGraph) -> Object {
    let mut document = blank().clone();
    document.insert("project".to_owned(), Value::from(project));
    if let Some(branch) = branch {
        document.insert("branch".to_owned(), Value::from(branch));
    }
    for key in record::keys(blank()) {
        let named = record::step(&document, key).and_then(|step| record::text(step, "agent"));
        // Steps without a name wait for the track that is chosen.
        if named.is_none() {
            continue;
        }
        let mut agents = record::nodes(graph, key).filter_map(|node| node.agent.as_ref());
        if let (Some(agent), None) = (agents.next(), agents.next()) {
            let agent = Value::from(agent.value.as_str());
            record::set(&mut document, key, &[("agent", agent)]);
        }
    }
    document
}

/// The key under which a record keeps a step that somebody names; `None`: there is no such step.
pub fn key_of(document: &Object, step: &str) -> Option<String> {
    record::key(document, step).ok()
}

/// The keys of the steps with a status, in the order of the workflow.
pub fn with_status(document: &Object, status: &str) -> Vec<String> {
    let keys = record::keys(document).into_iter();
    let keys = keys.filter(|key| {
        let step = record::step(document, key);
        step.and_then(|step| record::text(step, "status")) == Some(status)
    });
    keys.map(str::to_owned).collect()
}
