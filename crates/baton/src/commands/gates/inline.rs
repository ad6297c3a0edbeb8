//! Deciding about a gate at the terminal while a run waits for it.

use anyhow::{Result, anyhow};
use baton_flow::Actor;
use baton_flow::approval;
use baton_flow::driver::Choice;
use baton_flow::event::Shown;
use baton_flow::gate::{self, confirms, no_person};

use super::approve::{Case, look, show};
use super::desk::Desk;
use super::person;
use crate::exit::say;
use crate::policy;

/// What a person decides about a gate; `None`: nobody is there who may, or they decide later.
pub(crate) fn choose(project: &str, gate: &str, shown: &Shown) -> Result<Option<(Actor, Choice)>> {
    if no_person(&person::surroundings()).is_some() {
        return Ok(None);
    }
    let desk = Desk::open()?;
    let named = desk.named(&[project.to_owned(), gate.to_owned()])?;
    let gate = desk.graph.id(named.gate);
    let policy = policy::policy(&desk.root)?;
    let (by, names) = person::person(&desk.root);
    if let Err(why) = policy.gates.allows(gate, &names) {
        say(&why);
        return Ok(None);
    }
    let needed = policy.gates.needed(gate);
    let case = Case {
        desk: &desk,
        named: &named,
        gate,
        policy,
        by,
    };
    let (_, state) = desk.project(&named.project)?;
    let seen = look(&case, &state)?;
    show(&case, &state, &seen);
    if seen.shown.digest != shown.digest {
        say("What lies there changes while it is shown; look again with `baton resume`.");
        return Ok(None);
    }
    let question = format!(
        "Type {gate} to approve it, `reject` and a reason to send it back, anything else to decide later:"
    );
    let said = person::ask(&question)?;
    if confirms(&said, gate) {
        let how = "terminal".to_owned();
        return Ok(Some((case.by, Choice::Approve { how, needed })));
    }
    let reason = said.strip_prefix("reject").map(str::trim);
    let rejected = reason.filter(|reason| !reason.is_empty()).map(|reason| {
        let reason = reason.to_owned();
        (case.by, Choice::Reject { reason, to: None })
    });
    Ok(rejected)
}

/// Has the command of the policy tell people that a gate waits.
pub(crate) fn notify(project: &str, gate: &str, shown: &Shown) -> Result<()> {
    let desk = Desk::open()?;
    let policy = policy::policy(&desk.root)?.gates;
    if policy.notify.is_empty() {
        return Ok(());
    }
    let named = desk.named(&[project.to_owned(), gate.to_owned()])?;
    let (_, state) = desk.project(project)?;
    let seen = approval::look(&desk.sight(project, &state), named.gate)?;
    if seen.shown.digest != shown.digest {
        return Ok(());
    }
    let waiting = gate::waiting(project, gate, &seen, &policy);
    gate::notify(&policy, &desk.root, &waiting).map_err(|why| anyhow!(why))
}
