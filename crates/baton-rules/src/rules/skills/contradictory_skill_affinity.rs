//! No agent always reads a skill that it never reads.

use crate::support::skill_affinity::{entries, skills_of};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for agent in entries(file) {
        for (name, node) in skills_of(&agent, "primary") {
            let mut never = skills_of(&agent, "never");
            if let Some((_, again)) = never.find(|(other, _)| *other == name) {
                let message = format!("`{name}` stands in `primary` and in `never`");
                out.report(file.at(node), message)
                    .label(file.at(again), "it stands here too")
                    .help("Take it out of one of the two.");
            }
        }
    }
}
