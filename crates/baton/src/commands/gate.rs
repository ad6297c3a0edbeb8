//! `baton gate`, `baton precheck` and `baton compress`: what stands between a project and its
//! next step, and what the next step has to read.

mod case;
mod compress;
mod four;
mod pre;
mod standing;

use anyhow::{Result, bail};
use baton_repo::graph::WorkflowGraph;

use crate::cli::GateArgs;
use crate::exit::Verdict;
use case::Case;

pub(super) use compress::compress;
pub(super) use pre::precheck;

/// `baton gate`.
pub(super) fn gate(args: &GateArgs) -> Result<Verdict> {
    let case = Case::open(&args.project, args.suppressions_from.as_deref())?;
    let gate = found(&case.graph, &args.gate)?;
    if gate == baton_flow::gate4::gate() {
        return four::evaluate(args, case);
    }
    let only = [
        ("--allow-missing-tools", args.allow_missing_tools),
        ("--sarif", args.sarif.is_some()),
        ("--no-write", args.no_write),
        ("--suppressions-from", args.suppressions_from.is_some()),
    ];
    if let Some((option, _)) = only.iter().find(|(_, is_given)| *is_given) {
        bail!("`{option}` is for gate 4 alone");
    }
    standing::show(args, &case, &gate)
}

/// The canonical identifier of the gate that somebody names.
fn found(graph: &WorkflowGraph, named: &str) -> Result<String> {
    let bare = named.trim().to_lowercase();
    let id = match bare.strip_prefix("gate-") {
        Some(_) => bare,
        None => format!("gate-{bare}"),
    };
    let node = graph.find(&id).and_then(|number| graph.node(number));
    if let Some(node) = node.filter(|node| node.is_gate()) {
        return Ok(node.canonical.clone());
    }
    let gates = graph.nodes.iter().filter(|node| node.is_gate());
    let known: Vec<String> = gates
        .map(|node| {
            let number = node.canonical.trim_start_matches("gate-");
            format!("`{}`", number.replace('_', "."))
        })
        .collect();
    bail!(
        "there is no gate `{named}`; the workflow has {}",
        known.join(", ")
    )
}
