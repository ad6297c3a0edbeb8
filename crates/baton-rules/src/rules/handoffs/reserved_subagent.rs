//! Subagents that belong to certain agents are called by these.

use crate::support::handoffs::{Workflow, agents, called, dispatched, has};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(flow) = Workflow::of(ctx) else {
        return;
    };
    for (agent, file) in agents(ctx.repo).filter(|(agent, _)| agent.name.is_some()) {
        for entry in dispatched(agent) {
            let mut reserved = flow.conventions.reserved.iter();
            let reserved = reserved.find(|(name, _)| name.eq_ignore_ascii_case(&entry.value));
            let Some((name, owners)) = reserved else {
                continue;
            };
            if has(owners, agent.called()) || called(ctx.repo, name).is_none() {
                continue;
            }
            let owners: Vec<String> = owners.iter().map(|name| format!("`{name}`")).collect();
            let owners = owners.join(" and ");
            let message = format!("`{name}` belongs to {owners}");
            let found = out.report(file.at(entry), message);
            found.help(format!("Read what {owners} wrote."));
            flow.weigh(found);
        }
    }
}
