//! Approvals of what is no longer there: which open gates were passed with other artifacts.

use std::collections::BTreeSet;

use baton_repo::graph::NodeKind;
use baton_syntax::glob;
use serde_json::Value;

use crate::approval::{self, Sight};
use crate::event::{RunEvent, Shown};
use crate::state::GateStatus;
use crate::{FlowError, Work};

/// An open gate whose artifacts changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The gate, as the graph writes it.
    pub gate: String,
    /// What changed, by path.
    pub changed: Vec<Changed>,
}

/// An artifact that is not what was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its path from the root, with the anchor of the part.
    pub path: String,
    /// Its digest then; `None`: it was not there.
    pub was: Option<String>,
    /// Its digest now; `None`: it is not there.
    pub is: Option<String>,
}

/// The open gates whose artifacts changed since they were shown, in the order of the graph.
///
/// What a later step that has begun may itself write does not count.
pub fn stale(sight: &Sight<'_>) -> Result<Vec<Stale>, FlowError> {
    let mut found = Vec::new();
    for (number, node) in sight.graph.nodes.iter().enumerate() {
        let gate = sight.state.gates.get(&node.canonical);
        // What a machine gate passed is judged anew by the machine.
        let open = gate.filter(|gate| gate.status == GateStatus::Open);
        let open = open.filter(|_| node.kind == NodeKind::Gate);
        let Some(shown) = open.and_then(|gate| gate.shown.as_ref()) else {
            continue;
        };
        let now = approval::shown(sight, number)?;
        let excused = rewritten_later(sight, number);
        let mut changed = changes(shown, &now);
        changed.retain(|change| !is_any(&excused, &change.path));
        if !changed.is_empty() {
            found.push(Stale {
                gate: node.id.value.clone(),
                changed,
            });
        }
    }
    Ok(found)
}

/// The events that tell the engine of stale gates.
pub fn events(stale: &[Stale]) -> Vec<RunEvent> {
    let event = |stale: &Stale| RunEvent::GateStale {
        gate: stale.gate.clone(),
        changed: stale
            .changed
            .iter()
            .map(|changed| changed.path.clone())
            .collect(),
    };
    stale.iter().map(event).collect()
}

/// What differs between two views of one gate, by path.
pub fn changes(then: &Shown, now: &Shown) -> Vec<Changed> {
    let paths: BTreeSet<&String> = then.artifacts.keys().chain(now.artifacts.keys()).collect();
    let changed = paths.into_iter().filter_map(|path| {
        let (was, is) = (then.artifacts.get(path), now.artifacts.get(path));
        (was != is).then(|| Changed {
            path: path.clone(),
            was: was.cloned(),
            is: is.cloned(),
        })
    });
    changed.collect()
}

/// What steps after a gate that have begun produce or may rewrite.
fn rewritten_later(sight: &Sight<'_>, gate: usize) -> Vec<String> {
    let later = after(sight, gate).into_iter();
    let nodes = later.filter_map(|number| sight.graph.node(number));
    let begun = nodes.filter(|node| {
        let work = sight.state.work.get(&node.canonical);
        let steps = sight.state.document.get("steps");
        let step = node.step_number().and_then(|number| steps?.get(number));
        let status = step
            .and_then(|step| step.get("status"))
            .and_then(Value::as_str);
        let is_pending = |status: &str| matches!(status, "" | "pending");
        work.is_some_and(is_touched) || status.is_some_and(|status| !is_pending(status))
    });
    let written = begun.flat_map(|node| node.produces.iter().flatten().chain(&node.mutates));
    written
        .map(|name| approval::from_root(sight, &name.value))
        .collect()
}

fn is_touched(work: &Work) -> bool {
    work.attempt > 0 || !work.running.is_empty() || !work.done.is_empty()
}

/// The nodes that forward edges lead to from one.
fn after(sight: &Sight<'_>, node: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![node];
    while let Some(number) = open.pop() {
        let next = sight
            .graph
            .edges_from(number)
            .filter_map(|edge| edge.to.node);
        open.extend(next.filter(|next| found.insert(*next)));
    }
    found
}

/// Whether a path is one of some names; an anchor belongs to its file.
fn is_any(names: &[String], path: &str) -> bool {
    let file = path.split('#').next().unwrap_or(path);
    names.iter().any(|name| {
        let name = name.split('#').next().unwrap_or(name);
        let folder = name.strip_suffix('/').is_some_and(|folder| {
            file.strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        });
        folder || name == file || glob::matches(name, file).unwrap_or(false)
    })
}

#[cfg(test)]
mod tests;
