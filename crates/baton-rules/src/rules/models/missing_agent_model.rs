//! Agents whose models are managed name one.

use std::collections::BTreeMap;

use baton_source::{FileId, Location, Severity};

use crate::support::models::{agent_of, conventions, entries};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let conventions = conventions(ctx);
    if !conventions.agent_models_required {
        return;
    }
    let registered: BTreeMap<FileId, Location> = entries(ctx.repo)
        .filter_map(|(file, entry)| {
            let agent = agent_of(ctx.repo, entry)?;
            Some((agent.file, file.at(&entry.span)))
        })
        .collect();
    let agents = ctx.repo.agents().iter();
    for agent in agents.filter(|agent| agent.model.is_empty()) {
        let entry = registered.get(&agent.file);
        // Where the registry repeats the models, only what it lists is managed.
        if entry.is_none() && conventions.exact_models {
            continue;
        }
        let Some(file) = ctx.repo.by_id(agent.file) else {
            continue;
        };
        let at = match &agent.name {
            Some(name) => file.at(name),
            None => file.whole(),
        };
        let message = format!("the agent `{}` names no model", agent.called());
        let found = out.report(at, message);
        found.help("Add `model` to the front matter.");
        if let Some(entry) = entry {
            found.label(*entry, "it is registered here");
        }
        if !conventions.exact_models {
            found.severity(Severity::Warning);
        }
    }
}
