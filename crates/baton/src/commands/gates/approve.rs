//! `baton approve`: shows what is approved, has a person confirm it, records it.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use baton_flow::approval::{self, Look};
use baton_flow::event::Shown;
use baton_flow::gate::{LEAST_DIGITS, begins, confirms, no_person};
use baton_flow::ledger::Ledger as _;
use baton_flow::staleness::{self, Changed, Stale};
use baton_flow::{
    Actor, Command, Effect, GateState, GateStatus, Project, RefusalCode, RunEvent, RunState, What,
};

use baton_source::Severity;

use super::desk::{Desk, Named};
use super::policy::{self, Policy};
use super::{effects, person};
use crate::actor;
use crate::cli::ApproveArgs;
use crate::exit::{Verdict, say};
use crate::terminal::{Terminal, harmless};

/// A gate while somebody decides about it.
struct Case<'a> {
    desk: &'a Desk,
    named: &'a Named,
    /// As the graph writes it.
    gate: &'a str,
    policy: Policy,
    by: Actor,
}

/// `baton approve`.
pub(crate) fn approve(args: &ApproveArgs) -> Result<Verdict> {
    if let Some(why) = no_person(&person::surroundings()) {
        return Ok(effects::refuse(RefusalCode::NotAllowed, &why));
    }
    let desk = Desk::open()?;
    let named = desk.named(&args.names)?;
    let gate = desk.graph.id(named.gate);
    let policy = policy::policy(&desk.root)?;
    let (by, names) = person::person(&desk.root);
    if let Err(why) = policy.gates.allows(gate, &names) {
        let why = format!("{why}; `{}` says so", policy.from);
        return Ok(effects::refuse(RefusalCode::NotAllowed, &why));
    }
    let case = Case {
        desk: &desk,
        named: &named,
        gate,
        policy,
        by,
    };
    let (mut project, state) = desk.project(&named.project)?;
    let stale = warn_of_stale(&case, &state)?;
    let is_open = held(&case, &state).is_some_and(|gate| gate.status == GateStatus::Open);
    if is_open && !stale.iter().any(|stale| stale.gate == gate) {
        let why = format!("{gate} of {} is open already", named.project);
        return Ok(effects::refuse(RefusalCode::Stale, &why));
    }
    let look = look(&case, &state)?;
    show(&case, &state, &look);
    if let Some(refused) = unconfirmed(&case, args, &look.shown)? {
        return Ok(refused);
    }
    record(&case, &mut project, (args, &look))
}

/// Says which gates were passed with artifacts that have changed since; they are closed again
/// before this one is opened.
fn warn_of_stale(case: &Case<'_>, state: &RunState) -> Result<Vec<Stale>> {
    let terminal = Terminal::stderr();
    let sight = case.desk.sight(&case.named.project, state);
    let stale = staleness::stale(&sight)?;
    for stale in &stale {
        let word = terminal.severity(Severity::Warning, "warning:");
        say(&format!(
            "{word} what was approved at {} has changed",
            stale.gate
        ));
        for change in &stale.changed {
            let short = |digest: &Option<String>| match digest {
                Some(digest) => digest.chars().take(LEAST_DIGITS).collect(),
                None => "nothing".to_owned(),
            };
            let (was, is) = (short(&change.was), short(&change.is));
            say(&format!("  {was} → {is}  {}", harmless(&change.path)));
        }
    }
    Ok(stale)
}

fn look(case: &Case<'_>, state: &RunState) -> Result<Look> {
    let sight = case.desk.sight(&case.named.project, state);
    Ok(approval::look(&sight, case.named.gate)?)
}

/// Has somebody confirm what was shown; `Some`: they did not.
fn unconfirmed(case: &Case<'_>, args: &ApproveArgs, shown: &Shown) -> Result<Option<Verdict>> {
    if let Some(digits) = &args.digest {
        if begins(digits, &shown.digest) {
            return Ok(None);
        }
        let why = if digits.len() < LEAST_DIGITS {
            format!("`--digest` needs at least {LEAST_DIGITS} digits")
        } else {
            format!(
                "what lies there now has the digest {}, not {digits}",
                shown.digest
            )
        };
        return Ok(Some(effects::refuse(RefusalCode::Stale, &why)));
    }
    let question = format!("Type {} to approve it, anything else to stop:", case.gate);
    if confirms(&person::ask(&question)?, case.gate) {
        return Ok(None);
    }
    say("Nothing was approved.");
    Ok(Some(Verdict::Incomplete))
}

/// Records that the gate was shown and approved, if what lies there is still what was shown.
fn record(
    case: &Case<'_>,
    project: &mut Project<'_>,
    (args, seen): (&ApproveArgs, &Look),
) -> Result<Verdict> {
    // Every entry: an approval stands on all that happened before.
    project.ledger().entries(&case.named.project)?;
    let now = project.state()?.unwrap_or_default();
    let again = look(case, &now)?.shown;
    if again.digest != seen.shown.digest {
        let changed = names(&staleness::changes(&seen.shown, &again));
        let what = if changed.is_empty() {
            "findings or the workflow".to_owned()
        } else {
            changed
        };
        let why = format!("while you decided, others changed {what}; look again");
        return Ok(effects::refuse(RefusalCode::Stale, &why));
    }
    let sight = case.desk.sight(&case.named.project, &now);
    let stale = staleness::events(&staleness::stale(&sight)?);
    let mut record = |event: RunEvent| project.record(What::Run(event), &case.by, &actor::now());
    for event in stale {
        record(event)?;
    }
    let gate = || case.gate.to_owned();
    if presented(case, &now).is_none_or(|shown| shown.digest != again.digest) {
        let shown = again.clone();
        let recorded = record(RunEvent::GatePresented {
            gate: gate(),
            shown,
        })?;
        if is_refusal(&recorded.effects) {
            return Ok(effects::tell(&case.named.project, &recorded.effects));
        }
    }
    let recorded = record(RunEvent::GateApproved {
        gate: gate(),
        digest: again.digest,
        how: "terminal".to_owned(),
        needed: case.policy.gates.needed(case.gate),
    })?;
    if is_refusal(&recorded.effects) {
        return Ok(effects::tell(&case.named.project, &recorded.effects));
    }
    note(case, project, args)?;
    let stands = told(case, &recorded.state);
    let follows = effects::tell(&case.named.project, &recorded.effects);
    Ok(if stands == Verdict::Clean {
        follows
    } else {
        stands
    })
}

fn is_refusal(effects: &[Effect]) -> bool {
    matches!(effects.first(), Some(Effect::Refused { .. }))
}

/// What waits to be decided as the ledger knows it.
fn presented<'s>(case: &Case<'_>, state: &'s RunState) -> Option<&'s Shown> {
    let gate = held(case, state)?;
    gate.shown
        .as_ref()
        .filter(|_| gate.status == GateStatus::Waiting)
}

fn held<'s>(case: &Case<'_>, state: &'s RunState) -> Option<&'s GateState> {
    let node = case.desk.graph.node(case.named.gate)?;
    state.gates.get(&node.canonical)
}

/// Writes a note to the decision log.
fn note(case: &Case<'_>, project: &mut Project<'_>, args: &ApproveArgs) -> Result<()> {
    let Some(note) = &args.note else {
        return Ok(());
    };
    let log = Command::Log {
        decision: format!("{} approved", case.gate),
        rationale: note.clone(),
        step: None,
        agent: Some(case.by.name.clone()),
        title: None,
    };
    let recorded = project.record(What::Session(log), &case.by, &actor::now())?;
    if let Some(Effect::Refused { reason, .. }) = recorded.effects.first() {
        bail!("the gate is approved, but its note could not be written: {reason}");
    }
    Ok(())
}

/// Says how the gate stands after an approval.
fn told(case: &Case<'_>, state: &RunState) -> Verdict {
    let gate = held(case, state);
    let given = gate.map_or(0, |gate| gate.approvals.len());
    let needed = case.policy.gates.needed(case.gate);
    let open = gate.is_some_and(|gate| gate.status == GateStatus::Open);
    let (project, id) = (&case.named.project, case.gate);
    if open {
        say(&format!("{id} of {project} is open."));
        return Verdict::Clean;
    }
    say(&format!(
        "{given} of {needed} approvals of {id} of {project} are given."
    ));
    Verdict::Waiting
}

/// Shows what is approved.
fn show(case: &Case<'_>, state: &RunState, look: &Look) {
    let terminal = Terminal::stderr();
    let node = case.desk.graph.node(case.named.gate);
    let name = node
        .and_then(|node| node.name.as_ref())
        .map_or("", |name| name.value.as_str());
    let heading = format!("{} of {}: {name}", case.gate, case.named.project);
    say(&terminal.bold(&harmless(&heading)));
    let before = held(case, state).and_then(|gate| gate.shown.as_ref());
    let changed = before.map(|before| staleness::changes(before, &look.shown));
    say(&terminal.bold("artifacts"));
    files(
        &look.shown.artifacts,
        changed.as_deref().unwrap_or_default(),
    );
    for path in &look.missing {
        say(&format!(
            "  {}  {}",
            terminal.strong_error("missing "),
            harmless(path)
        ));
    }
    section("reviews", &look.reviews);
    say(&terminal.bold("open findings"));
    for finding in &look.findings {
        say(&format!("  {}", harmless(finding)));
    }
    if look.findings.is_empty() {
        say("  none");
    }
    if let (Some(before), Some(changed)) = (before, &changed) {
        say(&terminal.bold("changed since it was shown last"));
        let what = names(changed);
        let only = if before.digest == look.shown.digest {
            "nothing"
        } else {
            "findings, reviews or the workflow"
        };
        say(&format!(
            "  {}",
            harmless(if changed.is_empty() { only } else { &what })
        ));
    }
    say(&format!(
        "{} {}",
        terminal.bold("digest"),
        look.shown.digest
    ));
    say(&format!(
        "{} {}",
        terminal.bold("you are"),
        harmless(&case.by.name)
    ));
    say(&format!(
        "{} {}",
        terminal.bold("policy"),
        harmless(&rule(case))
    ));
}

fn rule(case: &Case<'_>) -> String {
    let gates = &case.policy.gates;
    let who = match gates.approvers(case.gate) {
        [] => "anybody".to_owned(),
        approvers => approvers.join(", "),
    };
    let remark = case.policy.remark.map(|why| format!(", because {why}"));
    format!(
        "{} of {who}, as `{}` says{}",
        gates.needed(case.gate),
        case.policy.from,
        remark.unwrap_or_default()
    )
}

fn section(name: &str, entries: &BTreeMap<String, String>) {
    if !entries.is_empty() {
        say(&Terminal::stderr().bold(name));
        files(entries, &[]);
    }
}

fn files(entries: &BTreeMap<String, String>, changed: &[Changed]) {
    for (path, digest) in entries {
        let short: String = digest.chars().take(LEAST_DIGITS).collect();
        let is_changed = changed.iter().any(|change| change.path == *path);
        let mark = if is_changed { " (changed)" } else { "" };
        say(&format!("  {short}  {}{mark}", harmless(path)));
    }
}

fn names(changed: &[Changed]) -> String {
    let paths: Vec<&str> = changed.iter().map(|change| change.path.as_str()).collect();
    paths.join(", ")
}
