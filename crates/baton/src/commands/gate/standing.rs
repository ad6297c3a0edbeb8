//! `baton gate N` for the gates that people decide: what blocks them.

use std::io::{self, Write};

use anyhow::{Context as _, Result};
use baton_flow::blockers::{self, Standing};
use serde_json::json;

use super::super::print;
use super::case::Case;
use crate::cli::GateArgs;
use crate::exit::Verdict;
use crate::terminal::harmless;

/// Shows how a gate stands.
pub(super) fn show(args: &GateArgs, case: &Case, gate: &str) -> Result<Verdict> {
    let stale = case.stale()?;
    let standing = blockers::standing((&case.subject(), &case.state), &stale, gate);
    let standing = standing.with_context(|| format!("there is no gate `{gate}`"))?;
    let (verdict, word) = match (&standing.open, standing.blockers.is_empty()) {
        (_, false) => (Verdict::Findings, "blocked"),
        (true, true) => (Verdict::Clean, "open"),
        (false, true) => (Verdict::Waiting, "waits for approval"),
    };
    if args.json {
        let told = json!({
            "project": case.project,
            "gate": standing.gate,
            "status": word,
            "steps": standing.steps.iter().map(|(step, status)| json!({
                "step": step,
                "status": status,
            })).collect::<Vec<_>>(),
            "blockers": standing.blockers,
            "approvals": standing.approvals.iter().map(|(by, at)| json!({
                "by": by,
                "at": at,
            })).collect::<Vec<_>>(),
        });
        let text = serde_json::to_string_pretty(&told)?;
        print(|out| writeln!(out, "{text}"))?;
        return Ok(verdict);
    }
    print(|out| tell(out, (&case.project, word), &standing))?;
    Ok(verdict)
}

fn tell(out: &mut dyn Write, (project, word): (&str, &str), standing: &Standing) -> io::Result<()> {
    let gate = &standing.gate;
    let name = standing.name.as_deref().map(|name| format!(", “{name}”,"));
    let name = name.unwrap_or_default();
    writeln!(out, "{gate}{} of {project}: {word}", harmless(&name))?;
    for (step, status) in &standing.steps {
        writeln!(out, "  {}: {}", harmless(step), harmless(status))?;
    }
    for blocker in &standing.blockers {
        writeln!(out, "  blocks: {}", harmless(blocker))?;
    }
    for (by, at) in &standing.approvals {
        writeln!(out, "  approved by {} at {}", harmless(by), harmless(at))?;
    }
    if word == "waits for approval" {
        let number = gate.trim_start_matches("gate-").replace('_', ".");
        writeln!(out, "Approve it with: baton approve {project} {number}")?;
    }
    Ok(())
}
