//! Where governance constraints are recorded, a schema says what they look like.

use baton_repo::artifact::{ArtifactConventions, can_be_artifact};

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    let mut schemas = repo.of_kind("governance-schema");
    let conventions = ArtifactConventions::of(repo.layout());
    if !conventions.keeps_governance_schema || schemas.next().is_some() {
        return;
    }
    let mut constraints = repo.of_kind("governance-json");
    if let Some(file) = constraints.find(|file| can_be_artifact(file)) {
        out.report(
            file.whole(),
            "there is no schema to check this file against",
        )
        .help("Add `tools/schemas/governance-constraints.schema.json`.");
    }
}
