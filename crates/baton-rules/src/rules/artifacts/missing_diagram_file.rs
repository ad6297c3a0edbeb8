//! The diagrams of an artifact lie beside it.

use baton_repo::artifact::{ArtifactConventions, MissingDiagrams};
use baton_source::Severity;

use crate::support::artifacts::{of_artifact, title};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let contract = of_artifact(ctx, file).filter(|contract| contract.kind.in_artifacts);
    let Some(contract) = contract else {
        return;
    };
    let severity = match ArtifactConventions::of(ctx.repo.layout()).missing_diagrams {
        MissingDiagrams::Error => contract.severity(),
        MissingDiagrams::Warning => Severity::Warning,
    };
    let names = contract.kind.diagrams.iter();
    for name in names.flat_map(|diagram| [&diagram.image, &diagram.source]) {
        let path = file.path.join(name);
        if path.is_some_and(|path| ctx.repo.file(path.as_str()).is_none()) {
            let message = format!("there is no file `{name}` beside the artifact");
            out.report(title(file), message)
                .severity(severity)
                .help("Generate the diagram again, and keep picture and source.");
        }
    }
}
