//! The plan lock: what was approved at the gate before the code is what lies there now.

use std::collections::BTreeSet;

use super::table::table;
use super::{Outcome, Request, Why};
use crate::state::{GateState, GateStatus};

const RULE: &str = "edited-frozen-input";

/// Compares the frozen files with what was approved.
pub(super) fn judge(request: &Request<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let frozen = frozen(request);
    if frozen.is_empty() {
        return Outcome::not_applicable("the workflow graph freezes no file");
    }
    let gate = &table().approval;
    let held = request.state.gates.get(gate);
    if let Some(why) = unapproved(gate, held) {
        let message = format!("{why}, so nothing says which plan was approved");
        let project = request.subject.project;
        let number = gate.trim_start_matches("gate-");
        let why = Why::new("unapproved-plan", message);
        let why = why.help(format!(
            "Have a person run `baton approve {project} {number}`."
        ));
        outcome.block(&request.subject, None, why);
        return outcome;
    }
    let approved = held.and_then(|held| held.shown.as_ref());
    let approved = approved.map(|shown| &shown.artifacts);
    for path in &frozen {
        let was = approved.and_then(|artifacts| artifacts.get(path));
        let file = request.subject.repo.file(path);
        let is = file.and_then(baton_repo::File::sha256);
        let message = match (was, file, is) {
            (Some(was), _, Some(is)) if *was == is => {
                outcome.evaluated.push(format!("{path}: as approved"));
                continue;
            }
            (None, None, _) => {
                outcome
                    .notes
                    .push(format!("`{path}` is frozen, but not there"));
                continue;
            }
            (Some(_), None, _) => format!("`{path}` was approved at {gate} and is gone"),
            (None, Some(_), _) => format!("`{path}` is frozen, but was not there at {gate}"),
            (Some(was), Some(_), is) => format!(
                "`{path}` was edited after {gate}: approved with {}, now {}",
                short(was),
                is.as_deref().map_or("unreadable", short)
            ),
        };
        let at = file.map(baton_repo::File::whole);
        let why = Why::new(RULE, message).help(format!(
            "Take the file back to what was approved, or have it approved again at {gate}."
        ));
        outcome.block(&request.subject, at, why);
    }
    outcome
}

/// The files that must be as they were approved, from the root of the repository.
fn frozen(request: &Request<'_>) -> Vec<String> {
    let graph = request.subject.graph;
    let nodes = graph.nodes.iter().enumerate();
    let of_nodes = nodes
        .filter(|(number, _)| request.subject.applies(*number))
        .flat_map(|(_, node)| node.frozen_inputs.iter().flatten());
    let lock = graph.metadata.plan_lock.iter();
    let of_graph = lock.flat_map(|lock| lock.frozen_artifacts.iter().flatten());
    let names = of_nodes.chain(of_graph).map(|text| text.value.as_str());
    let output = request.subject.output();
    let path = |name: &str| {
        let name = name.split('#').next().unwrap_or_default();
        let filled = name.replace("{project}", request.subject.project);
        if filled.starts_with(&format!("{output}/")) {
            return filled;
        }
        format!("{output}/{filled}")
    };
    let paths: BTreeSet<String> = names.map(path).collect();
    paths.into_iter().collect()
}

/// Why a gate counts as not approved.
fn unapproved(gate: &str, held: Option<&GateState>) -> Option<String> {
    let Some(held) = held else {
        return Some(format!("{gate} was never approved"));
    };
    if held.imported {
        return Some(format!(
            "{gate} is approved only in a state file that somebody else wrote"
        ));
    }
    let why = match held.status {
        GateStatus::Open if held.shown.is_some() => return None,
        GateStatus::Open => "is open, but what was shown there is not on record",
        GateStatus::Waiting => "is waiting for approval",
        GateStatus::Rejected => "was rejected",
        GateStatus::Inconclusive => "is inconclusive",
        GateStatus::Withdrawn => "has lost its approval",
    };
    Some(format!("{gate} {why}"))
}

/// Enough of a digest to tell it from others.
fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}
