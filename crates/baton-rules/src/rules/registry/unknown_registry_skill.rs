//! The skills that a registry names exist.

use baton_source::nearest;

use crate::support::models::{entries, skills};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let known = skills(ctx.repo);
    for (file, entry) in entries(ctx.repo) {
        let named = entry.skills.iter().chain(&entry.capability_skills);
        for skill in named.flatten() {
            let name = skill.value.as_str();
            if known.contains(name) {
                continue;
            }
            let found = out.report(file.at(skill), format!("there is no skill `{name}`"));
            match nearest(name, known.iter().copied()) {
                Some(meant) => found.help(format!("Write `{meant}`, if that is what you mean.")),
                None => found.help("Remove the name, or add the skill."),
            };
        }
    }
}
