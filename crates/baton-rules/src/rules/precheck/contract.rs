//! Policy prechecks: the gate and the status follow from what was found.
//!
//! Facts from the contract of the reference, verified: 2026-11-21. In this order: what failed
//! blocks as `FAILED`, a blocker as `BLOCKED`, a discovery that is too old as `INFORMATIONAL`;
//! a difference that nobody accepted proceeds as `INFORMATIONAL`; everything else as `CLEAN`.

use baton_repo::PolicyPrecheck;
use baton_source::{Severity, Span};

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(_ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let Some(precheck) = PolicyPrecheck::read(file) else {
        return;
    };
    let judge: fn(&PolicyPrecheck, &File, &mut Findings) = match slug {
        "contradictory-deploy-gate" => gate,
        "blocked-without-blocker" => blocked,
        "blocking-drift-without-blocker" => drift,
        "mismatched-precheck-status" => status,
        _ => outdated,
    };
    judge(&precheck, file, out);
}

fn gate(precheck: &PolicyPrecheck, file: &File, out: &mut Findings) {
    let (true, Some(gate)) = (precheck.has_gate, &precheck.gate) else {
        return;
    };
    let status = precheck.status.as_ref().filter(|_| precheck.is("FAILED"));
    let reason = status
        .map(|status| (status.span, "the precheck failed"))
        .or(precheck.blocker.map(|span| (span, "this blocks")))
        .or(precheck
            .stale
            .map(|span| (span, "the discovery is too old")));
    let wanted = if reason.is_some() { "BLOCK" } else { "PROCEED" };
    if gate.value == wanted || !["BLOCK", "PROCEED"].contains(&gate.value.as_str()) {
        return;
    }
    let message = match reason {
        Some(_) => "the gate is `PROCEED`, but the precheck blocks the deployment",
        None => "the gate is `BLOCK`, but nothing in the precheck blocks the deployment",
    };
    let finding = out.report(file.at(gate), message);
    finding.help(format!("Set it to `{wanted}`, or run the precheck again."));
    if let Some((span, what)) = reason {
        finding.label(file.at(&span), what);
    }
}

fn blocked(precheck: &PolicyPrecheck, file: &File, out: &mut Findings) {
    let (Some(status), None) = (&precheck.status, precheck.blocker) else {
        return;
    };
    if status.value == "BLOCKED" {
        out.report(
            file.at(status),
            "the status is `BLOCKED`, but no policy blocks and the preview counted no violation",
        )
        .help("Run the precheck again: agents that deploy wait for a blocker that is not there.");
    }
}

fn drift(precheck: &PolicyPrecheck, file: &File, out: &mut Findings) {
    let (true, Some(drift), None) = (precheck.has_gate, &precheck.drift, precheck.blocker) else {
        return;
    };
    if drift.value == "BLOCKING" {
        out.report(
            file.at(drift),
            "the difference is `BLOCKING`, but no policy blocks and the preview counted no violation",
        )
        .help("Name what blocks, or lower the severity.");
    }
}

/// What the status must be, why, and how much it matters that it is not.
fn wanted(precheck: &PolicyPrecheck) -> Option<(&'static str, Severity, Option<Span>)> {
    let is = |status: &str| precheck.is(status);
    let drift = precheck.drift.as_ref();
    let informs = drift.filter(|drift| drift.value == "INFORMATIONAL");
    match (precheck.blocker, precheck.stale, informs) {
        _ if is("FAILED") => None,
        (Some(blocker), ..) if !is("BLOCKED") => Some(("BLOCKED", Severity::Error, Some(blocker))),
        (Some(_), ..) => None,
        // Without a blocker another rule speaks.
        _ if is("BLOCKED") => None,
        (_, Some(stale), _) if is("CLEAN") => Some(("INFORMATIONAL", Severity::Error, Some(stale))),
        (_, Some(_), _) => None,
        _ if is("INFORMATIONAL") => {
            let accepted = precheck.drift_accepted?;
            Some(("CLEAN", Severity::Warning, Some(accepted)))
        }
        (_, _, Some(drift)) if is("CLEAN") && precheck.drift_accepted.is_none() => {
            Some(("INFORMATIONAL", Severity::Warning, Some(drift.span)))
        }
        _ => None,
    }
}

fn status(precheck: &PolicyPrecheck, file: &File, out: &mut Findings) {
    let (true, Some(status)) = (precheck.has_gate, &precheck.status) else {
        return;
    };
    if !["CLEAN", "INFORMATIONAL", "BLOCKED", "FAILED"].contains(&status.value.as_str()) {
        return;
    }
    let Some((wanted, severity, why)) = wanted(precheck) else {
        return;
    };
    let message = format!("the status is `{}`, which must be `{wanted}`", status.value);
    let finding = out.report(file.at(status), message);
    finding
        .severity(severity)
        .help("Run the precheck again, or set the status that follows from what it found.");
    if let Some(why) = why {
        finding.label(file.at(&why), "because of this");
    }
}

fn outdated(precheck: &PolicyPrecheck, file: &File, out: &mut Findings) {
    let status = precheck.status.as_ref().filter(|_| !precheck.has_gate);
    if let Some(status) = status.filter(|status| status.value == "DRIFT") {
        out.report(
            file.at(status),
            "the status `DRIFT` does not say whether the deployment may go on",
        )
        .help("Run the precheck again in the shape `policy-precheck-v2`, which has a gate.");
    }
}
