//! Every agent is registered.

use std::collections::BTreeSet;

use crate::support::models::{agent_of, conventions, entries};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let set = ctx.settings.registry.every_agent;
    if !set.unwrap_or(conventions(ctx).every_agent) {
        return;
    }
    let Some(registry) = ctx.repo.registries().first() else {
        return;
    };
    let registered = entries(ctx.repo).filter_map(|(_, entry)| agent_of(ctx.repo, entry));
    let registered: BTreeSet<_> = registered.map(|agent| agent.file).collect();
    let missing = ctx.repo.agents().iter();
    for agent in missing.filter(|agent| !registered.contains(&agent.file)) {
        let Some(file) = ctx.repo.by_id(agent.file) else {
            continue;
        };
        let at = match &agent.name {
            Some(name) => file.at(name),
            None => file.whole(),
        };
        let message = format!("the agent `{}` is not registered", agent.called());
        let found = out.report(at, message);
        found.help(format!(
            "Add an entry for `{}` to the registry.",
            agent.path
        ));
        if let Some(registry) = ctx.repo.by_id(registry.file) {
            found.label(registry.whole(), "the registry");
        }
    }
}
