//! Skills of the table exist.

use baton_repo::Skill;
use baton_source::nearest;

use crate::support::skill_affinity::{TIERS, entries, skills_of};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let skills = ctx.repo.skills();
    for agent in entries(file) {
        for (name, node) in TIERS.iter().flat_map(|tier| skills_of(&agent, tier)) {
            if skills.iter().any(|skill| skill.folder_name() == name) {
                continue;
            }
            let names = skills.iter().map(Skill::folder_name);
            let help = match nearest(name, names) {
                Some(close) => format!("Write `{close}`, if that is meant."),
                None => "Take it out of the list.".to_owned(),
            };
            out.report(file.at(node), format!("there is no skill `{name}`"))
                .help(help);
        }
    }
}
