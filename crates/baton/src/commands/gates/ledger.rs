//! `baton ledger`: verifying ledgers, and carrying them to other machines.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use baton_flow::approval;
use baton_flow::bundle::{self, Bundle, Key};
use baton_flow::ledger::Ledger as _;
use baton_flow::{Approval, Effect, FlowError, GateStatus, Project, Recorded, RunEvent, What};
use baton_repo::graph::canonical;

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

/// Records approvals of gates that wait here, where what lies here is what was approved there.
fn take_approvals(desk: &Desk, bundle: &Bundle) -> Result<Verdict> {
    let policy = policy::policy(&desk.root)?;
    let (mut project, _) = desk.project(&bundle.project)?;
    let (mut taken, mut verdict) = (0, Verdict::Clean);
    for (gate, approval) in bundle::approvals(bundle) {
        let names = [approval.by.name.clone()];
        if !fits(desk, &mut project, (&gate, &approval))? {
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
        if !is_refused(&recorded) {
            taken += 1;
        }
    }
    say(&format!("{taken} approvals are taken over"));
    if taken == 0 && verdict == Verdict::Clean {
        say("none of the bundle's approvals is of what waits here, as it lies here");
        return Ok(Verdict::Findings);
    }
    Ok(verdict)
}

/// Whether an approval is of a gate that is closed here and of what lies here; it is shown then,
/// for the record, if it was not.
fn fits(
    desk: &Desk,
    project: &mut Project<'_>,
    (gate, approval): (&str, &Approval),
) -> Result<bool> {
    let (Some(number), Some(state)) = (desk.graph.find(gate), project.state()?) else {
        return Ok(false);
    };
    let shown = approval::shown(&desk.sight(&project.name, &state), number)?;
    let held = state.gates.get(&canonical(gate));
    let is_open = held.is_some_and(|held| held.status == GateStatus::Open);
    let given = held.into_iter().flat_map(|held| &held.approvals);
    let is_given = given.into_iter().any(|one| one.by.name == approval.by.name);
    if shown.digest != approval.digest || is_open || is_given {
        return Ok(false);
    }
    let waits = held.filter(|held| held.status == GateStatus::Waiting);
    let presented = waits.and_then(|held| held.shown.as_ref());
    if presented.is_some_and(|presented| presented.digest == shown.digest) {
        return Ok(true);
    }
    let gate = gate.to_owned();
    let event = What::Run(RunEvent::GatePresented { gate, shown });
    let recorded = project.record(event, &actor::program(&desk.root), &actor::now())?;
    if is_refused(&recorded) {
        effects::tell(&project.name, &recorded.effects);
        return Ok(false);
    }
    Ok(true)
}

fn is_refused(recorded: &Recorded) -> bool {
    matches!(recorded.effects.first(), Some(Effect::Refused { .. }))
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
