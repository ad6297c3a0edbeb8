//! Artifacts with diagrams refer to each picture and its source.

use baton_repo::artifact::{ArtifactConventions, MissingDiagrams};
use baton_source::Severity;

use crate::support::artifacts::{Contract, of_artifact, of_template, title};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((contract, severity)) = judged(ctx, file) else {
        return;
    };
    let severity = match ArtifactConventions::of(ctx.repo.layout()).missing_diagrams {
        MissingDiagrams::Error => severity,
        MissingDiagrams::Warning => Severity::Warning,
    };
    let names = contract.kind.diagrams.iter();
    for name in names.flat_map(|diagram| [&diagram.image, &diagram.source]) {
        if !file.text().contains(name.as_str()) {
            out.report(title(file), format!("nothing refers to `{name}`"))
                .severity(severity)
                .help("Show the diagram as an image and link the file it is made from.");
        }
    }
}

fn judged(ctx: &Ctx<'_>, file: &File) -> Option<(Contract, Severity)> {
    if ctx.repo.is_kind(file, "artifact-template") {
        return Some((of_template(ctx, file)?, Severity::Error));
    }
    let contract = of_artifact(ctx, file).filter(|contract| contract.kind.in_artifacts)?;
    let severity = contract.severity();
    Some((contract, severity))
}
