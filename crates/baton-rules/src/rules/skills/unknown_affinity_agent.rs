//! Agents of the table of skills exist.

use crate::support::skill_affinity::entries;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for agent in entries(file) {
        let name = agent.entry.key.as_str();
        let mut known = ctx.repo.agents().iter();
        if !known.any(|known| known.called() == name) {
            out.report(file.at(agent.entry), format!("no agent is called `{name}`"))
                .help("Write the `name` of an agent.");
        }
    }
}
