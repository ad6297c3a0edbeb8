//! Repositories that keep a heading summary have one.

use baton_repo::artifact::ArtifactConventions;

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    let mut summaries = repo.of_kind("headings-summary");
    let conventions = ArtifactConventions::of(repo.layout());
    let is_expected = conventions.keeps_summary && repo.has_folder("tools");
    if !is_expected || summaries.next().is_some() {
        return;
    }
    let mut teaching = repo.of_kind("artifact-skill");
    if let Some(skill) = teaching.find(|file| file.path.name() == "SKILL.md") {
        out.report(
            skill.whole(),
            "there is no summary of the headings this skill teaches",
        )
        .help("Add `tools/scripts/_lib/artifact-headings-summary.json`.");
    }
}
