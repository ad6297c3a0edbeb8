//! No two agents have one name.

use std::collections::BTreeMap;

use baton_repo::{Agent, Text};

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let mut known: BTreeMap<String, (&Agent, &Text)> = BTreeMap::new();
    for agent in ctx.repo.agents() {
        let Some(name) = &agent.name else { continue };
        let (first, first_name) = *known
            .entry(name.value.to_lowercase())
            .or_insert((agent, name));
        let files = (ctx.repo.by_id(agent.file), ctx.repo.by_id(first.file));
        let (Some(file), Some(first_file)) = files else {
            continue;
        };
        if first.file == agent.file {
            continue;
        }
        let message = format!("`{}` already has the name `{}`", first.path, name.value);
        out.report(file.at(name), message)
            .label(first_file.at(first_name), "the name is taken here")
            .help("Give each agent a name of its own, and correct the handoffs that use it.");
    }
}
