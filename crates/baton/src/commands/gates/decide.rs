//! `baton reject` and `baton defer`.

use anyhow::{Result, bail};
use baton_flow::{RunEvent, What};

use super::desk::{Desk, Named};
use super::{effects, person};
use crate::actor;
use crate::cli::{DeferArgs, RejectArgs};
use crate::exit::Verdict;

/// `baton reject`.
pub(crate) fn reject(args: &RejectArgs) -> Result<Verdict> {
    if args.reason.trim().is_empty() {
        bail!("the reason is empty; the step that is opened again reads it");
    }
    let desk = Desk::open()?;
    let named = desk.named(&args.names)?;
    let to = args.to.as_ref().map(|node| match desk.graph.find(node) {
        Some(number) => Ok(desk.graph.id(number).to_owned()),
        None => bail!("the workflow has no node `{node}`"),
    });
    let event = RunEvent::GateRejected {
        gate: desk.graph.id(named.gate).to_owned(),
        reason: args.reason.clone(),
        to: to.transpose()?,
    };
    record(&desk, &named, event)
}

/// `baton defer`.
pub(crate) fn defer(args: &DeferArgs) -> Result<Verdict> {
    let desk = Desk::open()?;
    let named = desk.named(&args.names)?;
    let event = RunEvent::GateDeferred {
        gate: desk.graph.id(named.gate).to_owned(),
        reason: args.reason.clone(),
    };
    record(&desk, &named, event)
}

fn record(desk: &Desk, named: &Named, event: RunEvent) -> Result<Verdict> {
    let (mut project, _) = desk.project(&named.project)?;
    let by = match baton_flow::gate::no_person(&person::surroundings()) {
        None => person::person(&desk.root).0,
        // An agent may stop a run, but not under a person's name.
        Some(_) => actor::program(&desk.root),
    };
    let recorded = project.record(What::Run(event), &by, &actor::now())?;
    Ok(effects::tell(&named.project, &recorded.effects))
}
