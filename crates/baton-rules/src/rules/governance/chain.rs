//! The evidence of governance: discovery, plan, code.
//!
//! What is asked for, and where, as the reference does it, verified: 2026-11-21.

use baton_source::{Diagnostic, Span};
use baton_syntax::markdown::Cell;
use baton_syntax::node::Node;

use crate::support::governance_chain::{age, is_due, severity_of_absence};
use crate::support::sku::sibling;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

const PLAN: &str = "04-implementation-plan.md";
const MATRIX: &str = "Governance Compliance Matrix";
/// For how many days a discovery holds that does not say so.
const TTL: i64 = 7;

type Judge = fn(&Ctx<'_>, &File, &mut Findings);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let readable = file.problem().is_none() && file.node().is_some_and(Node::is_mapping);
    if !readable || !is_due(ctx, file) {
        return;
    }
    let judge: Judge = match slug {
        "missing-discovery-metadata" => metadata,
        "incomplete-discovery" => status,
        "outdated-discovery" => freshness,
        "broken-discovery-signature" => signature,
        "missing-governance-matrix" => matrix,
        "unsatisfied-governance-row" => rows,
        "governance-mismatch" => mismatch,
        _ => attestation,
    };
    judge(ctx, file, out);
}

/// Evidence of which projects of earlier days had none.
fn legacy<'d>(ctx: &Ctx<'_>, finding: &'d mut Diagnostic) -> &'d mut Diagnostic {
    if let Some(severity) = severity_of_absence(ctx) {
        finding.severity(severity);
    }
    finding
}

fn metadata(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if ctx
        .repo
        .constraints(file)
        .is_some_and(|found| found.discovery.is_none())
    {
        let finding = out.report(
            file.whole(),
            "nothing says how the constraints were discovered",
        );
        legacy(ctx, finding)
            .help("Discover them again: the discovery writes `discovery_metadata`.");
    }
}

fn status(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(discovery) = ctx
        .repo
        .constraints(file)
        .and_then(|found| found.discovery.as_ref())
    else {
        return;
    };
    let (at, message) = match &discovery.status {
        Some(status) if status.value == "COMPLETE" => return,
        Some(status) => (
            status.span,
            format!("the discovery is `{}`, not `COMPLETE`", status.value),
        ),
        None => (
            discovery.key,
            "nothing says whether the discovery came to an end".to_owned(),
        ),
    };
    out.report(file.at(&at), message)
        .help("Discover the policies again, with the rights to see all of them.");
}

fn freshness(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(discovery) = ctx
        .repo
        .constraints(file)
        .and_then(|found| found.discovery.as_ref())
    else {
        return;
    };
    let Some(at) = &discovery.discovered_at else {
        return;
    };
    let ttl = discovery.ttl_days.map_or(TTL, |ttl| ttl.value);
    let days = age(ctx, file, &at.value).filter(|days| *days > ttl);
    if let Some(days) = days {
        out.report(
            file.at(at),
            format!("the discovery is {days} days old, more than {ttl}"),
        )
        .help("Discover the policies again before the deployment.");
    }
}

fn signature(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(discovery) = ctx
        .repo
        .constraints(file)
        .and_then(|found| found.discovery.as_ref())
    else {
        return;
    };
    let is_sound = |text: &str| {
        let digits = text.strip_prefix("sha256:").unwrap_or_default();
        let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        digits.len() == 64 && digits.chars().all(is_digit)
    };
    let (at, message) = match &discovery.signature {
        Some(text) if is_sound(&text.value) => return,
        Some(text) => (text.span, "this is no signature of a discovery"),
        None => (discovery.key, "the discovery has no signature"),
    };
    out.report(file.at(&at), message).help(
        "Discover the policies again: `sha256:` and 64 digits prove that nothing was left out.",
    );
}

/// The heading of the matrix in a plan, and the rows below it.
fn matrix_of(plan: &File) -> Option<(Span, Vec<&[Cell]>)> {
    let markdown = plan.markdown();
    let h2 = || {
        markdown
            .headings
            .iter()
            .filter(|it| it.level == 2 && it.top_level)
    };
    let heading = h2().find(|it| {
        it.text
            .trim_start_matches(|c: char| !c.is_ascii_alphabetic())
            == MATRIX
    })?;
    let end = h2()
        .map(|it| it.span.start)
        .find(|start| *start > heading.span.start);
    let inside = |start: u32| start > heading.span.start && end.is_none_or(|end| start < end);
    let tables = markdown
        .tables
        .iter()
        .filter(|table| inside(table.span.start));
    let rows = tables.flat_map(|table| table.rows.iter().map(Vec::as_slice));
    Some((heading.span, rows.collect()))
}

fn matrix(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(plan) = sibling(ctx, file, PLAN) else {
        let message = format!("there is no `{PLAN}` that shows how the constraints are met");
        let finding = out.report(file.whole(), message);
        legacy(ctx, finding).help(format!("Plan, with the section `{MATRIX}`."));
        return;
    };
    let (at, message) = match matrix_of(plan) {
        None => (plan.whole(), format!("the plan has no section `{MATRIX}`")),
        Some((heading, rows)) if rows.is_empty() => {
            (plan.at(&heading), "the matrix has no rows".to_owned())
        }
        Some(_) => return,
    };
    let finding = out.report(at, message);
    legacy(ctx, finding).help("Add a table with a row for each constraint and how it is met.");
}

fn rows(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(plan) = sibling(ctx, file, PLAN) else {
        return;
    };
    let Some((_, rows)) = matrix_of(plan) else {
        return;
    };
    for row in rows {
        let texts = row.iter().map(|cell| cell.span.of(plan.text()));
        let is_met = |text: &str| {
            let mut parts = text.split('✅').skip(1);
            parts.any(|rest| rest.trim_start().starts_with("satisfied"))
        };
        let (Some(first), Some(last)) = (row.first(), row.last()) else {
            continue;
        };
        if texts.into_iter().any(is_met) {
            continue;
        }
        let finding = out.report(
            plan.at(&first.span.to(last.span)),
            "the plan does not say that this constraint is satisfied",
        );
        legacy(ctx, finding).help("Meet the constraint, and write `✅ satisfied` in the row.");
    }
}

/// What the handoff says about mismatches.
fn summary<'r>(ctx: &Ctx<'r>, file: &File) -> Option<(&'r File, &'r Node)> {
    let handoff = sibling(ctx, file, "05-iac-handoff.json")?;
    let attestation = handoff.node()?.get("governance_attestation")?;
    let count = attestation.get("l2_summary")?.get("mismatched")?;
    count.as_f64().map(|_| (handoff, count))
}

fn mismatch(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((handoff, count)) = summary(ctx, file) else {
        return;
    };
    if count.as_f64().is_some_and(|count| count > 0.0) {
        let text = count.span.of(handoff.text());
        out.report(
            handoff.at(count),
            format!("the code does not meet {text} of the constraints"),
        )
        .help("Mend the code, and let the validation run again.");
    }
}

fn attestation(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if summary(ctx, file).is_some() || in_prose(ctx, file) || in_precheck(ctx, file) {
        return;
    }
    let finding = out.report(
        file.whole(),
        "nothing attests that the code meets the constraints",
    );
    legacy(ctx, finding).help(
        "Let the validation write `governance_attestation.l2_summary` into `05-iac-handoff.json`.",
    );
}

fn in_prose(ctx: &Ctx<'_>, file: &File) -> bool {
    let Some(reference) = sibling(ctx, file, "05-implementation-reference.md") else {
        return false;
    };
    let mut lines = reference.text().lines().map(str::to_lowercase);
    let is_attested = lines.any(|line| {
        let after = line.split_once("governance").map(|(_, after)| after);
        after.is_some_and(|after| after.contains("l2 attestation"))
    });
    let text = reference.text().to_lowercase();
    let mut counts = text.split("mismatched:").skip(1);
    is_attested && counts.any(|rest| rest.trim_start().starts_with('0'))
}

fn in_precheck(ctx: &Ctx<'_>, file: &File) -> bool {
    let precheck = sibling(ctx, file, "06-policy-precheck.json");
    let status = precheck
        .and_then(File::node)
        .and_then(|root| root.get("status"));
    status.and_then(Node::as_str) == Some("CLEAN")
}
