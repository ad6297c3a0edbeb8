//! A skill is read or comes by itself, not both.

use crate::support::models::entries;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, entry) in entries(ctx.repo) {
        for skill in entry.capability_skills.iter().flatten() {
            let mut read = entry.skills.iter().flatten();
            let Some(first) = read.find(|read| read.value == skill.value) else {
                continue;
            };
            let message = format!(
                "`{}` stands in `skills` and in `capability_skills`",
                skill.value
            );
            out.report(file.at(skill), message)
                .label(file.at(first), "it stands here first")
                .help("Keep the one that is true.");
        }
    }
}
