//! Where agents write artifacts, a skill teaches them how.

use crate::support::artifacts::are_written;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    let mut teaching = repo.of_kind("artifact-skill");
    if !are_written(ctx) || teaching.any(|file| file.path.name() == "SKILL.md") {
        return;
    }
    let mut others = repo
        .of_kind("artifact-skill")
        .chain(repo.of_kind("artifact-template"))
        .chain(repo.of_kind("agent"));
    if let Some(place) = others.next() {
        out.report(place.whole(), "there is no skill `azure-artifacts` beside it")
            .help("Add `.github/skills/azure-artifacts/SKILL.md`; agents look up there what an artifact holds.");
    }
}
