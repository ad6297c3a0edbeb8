//! A diagram that is a bitmap has a scalable copy.

use crate::support::artifacts::{of_artifact, title};
use crate::{Check, Ctx, File, Findings};
use baton_repo::artifact::ArtifactConventions;

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !ArtifactConventions::of(ctx.repo.layout()).scalable_diagrams {
        return;
    }
    let contract = of_artifact(ctx, file).filter(|contract| contract.kind.in_artifacts);
    let Some(contract) = contract else {
        return;
    };
    for diagram in &contract.kind.diagrams {
        let Some(stem) = diagram.image.strip_suffix(".png") else {
            continue;
        };
        let name = format!("{stem}.svg");
        let path = file.path.join(&name);
        if path.is_some_and(|path| ctx.repo.file(path.as_str()).is_none()) {
            let message = format!("there is no `{name}` beside `{}`", diagram.image);
            out.report(title(file), message)
                .help("Save the diagram as SVG too.");
        }
    }
}
