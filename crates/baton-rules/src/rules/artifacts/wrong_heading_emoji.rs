//! Headings carry the picture that belongs to them.

use baton_repo::artifact::Strictness;
use baton_source::{Applicability, Fix, Severity};

use crate::support::artifacts::{Contract, H2, h2, of_artifact, of_template};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let is_template = ctx.repo.is_kind(file, "artifact-template");
    let contract = if is_template {
        of_template(ctx, file)
    } else {
        of_artifact(ctx, file)
    };
    let Some(contract) = contract else {
        return;
    };
    let severity = if is_template {
        Severity::Error
    } else {
        contract.severity()
    };
    let found = h2(ctx, file);
    for heading in &found {
        let Some(meant) = contract.meant(&found, heading.text) else {
            continue;
        };
        let is_required = contract.place(meant).is_some();
        if !is_required && contract.kind.strictness == Strictness::Relaxed {
            continue;
        }
        let message = format!("`## {}` should read `## {meant}`", heading.text);
        let finding = out.report(file.at(heading), message);
        finding
            .severity(if is_required {
                severity
            } else {
                Severity::Warning
            })
            .help("Copy the heading from the template, pictures included.");
        if is_only(&contract, &found, meant) {
            finding.fix(Fix {
                title: format!("Write `## {meant}`"),
                applicability: Applicability::Safe,
                edits: vec![file.edit(heading.text_span(), meant)],
            });
        }
    }
}

/// Whether no other heading stands for the one that is meant.
fn is_only(contract: &Contract, found: &[H2<'_>], meant: &str) -> bool {
    let same = found
        .iter()
        .filter(|one| contract.meant(found, one.text) == Some(meant));
    same.count() == 1
}
