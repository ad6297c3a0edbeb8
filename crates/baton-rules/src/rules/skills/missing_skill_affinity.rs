//! A file says which agents read which skills.

use crate::support::skills;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !skills::conventions(ctx).affinity || ctx.repo.of_kind("skill-affinity").next().is_some() {
        return;
    }
    let first = ctx.repo.skills().first();
    if let Some(file) = first.and_then(|skill| ctx.repo.by_id(skill.file)) {
        out.report(
            file.whole(),
            "there are skills, but no `.github/skill-affinity.json`",
        )
        .help("Write which agents read which skills there.");
    }
}
