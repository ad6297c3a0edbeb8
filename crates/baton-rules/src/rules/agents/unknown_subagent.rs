//! The agents an agent may call exist.

use baton_repo::Agent;
use baton_source::nearest;

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let agents = ctx.repo.agents();
    let built_in = &ctx.repo.agent_conventions().built_in_agents;
    let is_called = |name: &str| {
        let mut known = agents
            .iter()
            .flat_map(|agent| [agent.called(), &agent.stem]);
        let mut built_in = built_in.iter();
        known.any(|known| known.eq_ignore_ascii_case(name))
            || built_in.any(|known| known.eq_ignore_ascii_case(name))
    };
    for agent in agents {
        let Some(file) = ctx.repo.by_id(agent.file) else {
            continue;
        };
        for entry in agent.agents.iter().flatten() {
            let name = entry.value.as_str();
            if name == "*" || is_called(name) {
                continue;
            }
            let found = out.report(file.at(entry), format!("there is no agent `{name}`"));
            let meant = ctx.repo.agent_named(name).map(Agent::called);
            match meant.or_else(|| nearest(name, agents.iter().map(Agent::called))) {
                Some(meant) => found.help(format!("Write `{meant}`, if that is what you mean.")),
                None => found.help("Remove the entry, or add the agent."),
            };
        }
    }
}
