//! The plan lock: what was approved at the gate before the code is what lies there now.

use std::collections::BTreeSet;

use super::table::table;
use super::{Outcome, Request, Why};
use crate::state::{GateState, GateStatus};

const RULE: &str = "edited-frozen-input";

/// Compares the frozen files with what was approved.
pub(super) fn judge(request: &Request<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let named = frozen(request);
    let is_usual = named.is_empty();
    let frozen = if is_usual { usual(request) } else { named };
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
    let mut kept = 0;
    for path in &frozen {
        let file = request.subject.repo.file(path);
        let is = file.and_then(baton_repo::File::sha256);
        let approved = approved(request, path);
        let message = match (approved, file, is) {
            (Some((_, was)), _, Some(is)) if *was == is => {
                kept += 1;
                continue;
            }
            (None, None, _) => {
                let note = format!("`{path}` is frozen, but not there");
                outcome.notes.push(note);
                continue;
            }
            (None, Some(_), _) if is_usual => {
                let note = format!("`{path}` was shown at no gate");
                outcome.notes.push(note);
                continue;
            }
            (Some((at, _)), None, _) => format!("`{path}` was approved at {at} and is gone"),
            (None, Some(_), _) => format!("`{path}` is frozen, but no gate approved it"),
            (Some((at, was)), Some(_), is) => format!(
                "`{path}` was edited after {at}: approved with {}, now {}",
                short(was),
                is.as_deref().map_or("unreadable", short)
            ),
        };
        let gate = approved.map_or(gate, |(at, _)| at);
        let why = Why::new(RULE, message).help(format!(
            "Take the file back to what was approved, or have it approved again at {gate}."
        ));
        outcome.block(&request.subject, file.map(baton_repo::File::whole), why);
    }
    outcome.evaluated.push(match kept {
        1 => "1 frozen file as approved".to_owned(),
        count => format!("{count} frozen files as approved"),
    });
    outcome
}

/// The files that the workflow freezes, from the root of the repository.
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

/// The files that are usually frozen, as far as they are there.
fn usual(request: &Request<'_>) -> Vec<String> {
    let output = request.subject.output();
    let paths = table().frozen.iter().map(|name| format!("{output}/{name}"));
    paths
        .filter(|path| request.subject.repo.file(path).is_some())
        .collect()
}

/// The gate at which a file was approved, and its digest then: the gate before the code, or else
/// an earlier one, for what that gate need not show again.
fn approved<'r>(request: &Request<'r>, path: &str) -> Option<(&'r String, &'r String)> {
    let gates = &request.state.gates;
    let own = gates.get_key_value(&table().approval);
    let open = gates
        .iter()
        .filter(|(_, gate)| gate.status == GateStatus::Open);
    let mut shown = own
        .into_iter()
        .chain(open)
        .filter_map(|(id, gate)| Some((id, gate.shown.as_ref()?)));
    shown.find_map(|(id, shown)| Some((id, shown.artifacts.get(path)?)))
}

/// Why a gate counts as not approved.
fn unapproved(gate: &str, held: Option<&GateState>) -> Option<String> {
    let Some(held) = held else {
        return Some(format!("{gate} was never approved"));
    };
    if held.imported && held.status != GateStatus::Open {
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
