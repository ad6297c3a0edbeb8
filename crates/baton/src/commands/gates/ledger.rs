//! `baton ledger`: verifying ledgers, and carrying them to other machines.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use baton_flow::approval;
use baton_flow::bundle::{self, Bundle, Key};
use baton_flow::ledger::Ledger as _;
use baton_flow::{Effect, FlowError, GateStatus, Project, RunEvent, RunState, What};

use super::super::{print, text_of};
use super::desk::Desk;
use super::{effects, policy};
use crate::actor;
use crate::cli::LedgerCommand;
use crate::exit::{Verdict, say};
use crate::terminal::harmless;

/// Holds the key that signs bundles.
const KEY: &str = "BATON_BUNDLE_KEY";

/// `baton ledger`.
pub(crate) fn ledger(command: &LedgerCommand) -> Result<Verdict> {
    match command {
        LedgerCommand::Export {
            project,
            output_file,
            key_file,
        } => export(project, output_file.as_deref(), key_file.as_deref()),
        LedgerCommand::Import {
            bundle,
            approvals,
            key_file,
        } => {
            let key = key(key_file.as_deref())?;
            let bundle = bundle::verify(&text_of(bundle)?, &key)?;
            let desk = Desk::open()?;
            if *approvals {
                take_approvals(&desk, &bundle)
            } else {
                import(&desk, &bundle)
            }
        }
        LedgerCommand::Verify { project } => verify(project.as_deref()),
    }
}

fn export(name: &str, file: Option<&Path>, key_file: Option<&Path>) -> Result<Verdict> {
    let key = key(key_file)?;
    let desk = Desk::open()?;
    let (project, _) = desk.project(name)?;
    let entries = project.ledger().entries(name)?;
    if entries.is_empty() {
        bail!("nothing of `{name}` is recorded here: its state file tells all there is");
    }
    let text = bundle::export(name, &entries, &key);
    let Some(file) = file else {
        print(|out| out.write_all(text.as_bytes()))?;
        return Ok(Verdict::Clean);
    };
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    say(&format!(
        "{} entries of `{name}` are in {}",
        entries.len(),
        file.display()
    ));
    Ok(Verdict::Clean)
}

fn key(file: Option<&Path>) -> Result<Key> {
    let bytes = match (file, env::var_os(KEY)) {
        (Some(file), _) => {
            fs::read(file).with_context(|| format!("cannot read the key {}", file.display()))?
        }
        (None, Some(value)) => value.into_encoded_bytes(),
        (None, None) => bail!("bundles are signed: set {KEY}, or name a file with `--key-file`"),
    };
    Ok(Key::new(&bytes)?)
}

fn import(desk: &Desk, bundle: &Bundle) -> Result<Verdict> {
    let mut project = Project::open(&desk.place, &bundle.project, &desk.graph)?;
    let count = project.adopt(bundle)?;
    let name = harmless(&bundle.project).into_owned();
    say(&match count {
        0 => format!("`{name}`: everything in the bundle is here already"),
        _ => format!("`{name}`: {count} entries are taken over"),
    });
    Ok(Verdict::Clean)
}

/// Records approvals of gates that wait here, where what waits is what was approved there.
fn take_approvals(desk: &Desk, bundle: &Bundle) -> Result<Verdict> {
    let policy = policy::policy(&desk.root)?;
    let (mut project, mut state) = desk.project(&bundle.project)?;
    let (mut taken, mut verdict) = (0, Verdict::Clean);
    for (gate, approval) in bundle::approvals(bundle) {
        let Some(number) = desk.graph.find(&gate) else {
            continue;
        };
        let names = [approval.by.name.clone()];
        let waits =
            is_waiting(desk, (&bundle.project, &state), number)?.as_ref() == Some(&approval.digest);
        if !waits || is_given(desk, &state, number, &approval.by.name) {
            continue;
        }
        if let Err(why) = policy.gates.allows(&gate, &names) {
            say(&format!("left out: {}", harmless(&why)));
            continue;
        }
        let event = RunEvent::GateApproved {
            digest: approval.digest,
            how: "bundle".to_owned(),
            needed: policy.gates.needed(&gate),
            gate,
        };
        let recorded = project.record(What::Run(event), &approval.by, &actor::now())?;
        verdict = effects::tell(&bundle.project, &recorded.effects);
        if !matches!(recorded.effects.first(), Some(Effect::Refused { .. })) {
            taken += 1;
        }
        state = recorded.state;
    }
    say(&format!("{taken} approvals are taken over"));
    if taken == 0 && verdict == Verdict::Clean {
        say("none of the bundle's approvals is of what waits here, as it lies here");
        return Ok(Verdict::Findings);
    }
    Ok(verdict)
}

/// The digest of what waits at a gate and lies there; `None`: nothing waits, or it has changed.
fn is_waiting(
    desk: &Desk,
    (project, state): (&str, &RunState),
    gate: usize,
) -> Result<Option<String>, FlowError> {
    let node = desk.graph.node(gate);
    let held = node.and_then(|node| state.gates.get(&node.canonical));
    let waiting = held.filter(|held| held.status == GateStatus::Waiting);
    let Some(shown) = waiting.and_then(|held| held.shown.as_ref()) else {
        return Ok(None);
    };
    let now = approval::shown(&desk.sight(project, state), gate)?;
    Ok((now.digest == shown.digest).then_some(now.digest))
}

fn is_given(desk: &Desk, state: &RunState, gate: usize, name: &str) -> bool {
    let node = desk.graph.node(gate);
    let held = node.and_then(|node| state.gates.get(&node.canonical));
    held.is_some_and(|held| held.approvals.iter().any(|one| one.by.name == name))
}

fn verify(project: Option<&str>) -> Result<Verdict> {
    let desk = Desk::open()?;
    let names = match project {
        Some(name) => vec![name.to_owned()],
        None => desk.place.ledger()?.projects()?,
    };
    if names.is_empty() {
        say("there is no ledger of this repository here");
    }
    let mut verdict = Verdict::Clean;
    for name in names {
        let project = Project::open(&desk.place, &name, &desk.graph)?;
        let replayed = match project.replayed() {
            Ok(replayed) => replayed,
            Err(error @ FlowError::Tampered { .. }) => {
                say(&format!("`{name}`: {error}"));
                verdict = Verdict::Findings;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let count = project.ledger().entries(&name)?.len();
        let stands = project.state()?;
        let said = if count == 0 {
            "nothing is recorded"
        } else if replayed == stands {
            "the chain holds, and a replay gives the state that stands"
        } else {
            verdict = Verdict::Findings;
            "the chain holds, but a replay does not give the state that stands: the state file or \
             the workflow was edited"
        };
        print(|out| writeln!(out, "`{name}`: {count} entries; {said}"))?;
    }
    Ok(verdict)
}
