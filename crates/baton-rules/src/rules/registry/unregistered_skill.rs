//! The skills an agent reads are registered.

use baton_source::Span;

use crate::support::models::{agent_of, conventions, entries, skills_in};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !conventions(ctx).exact_skills {
        return;
    }
    for (registry, entry) in entries(ctx.repo) {
        let agent = agent_of(ctx.repo, entry);
        let Some(file) = agent.and_then(|agent| ctx.repo.by_id(agent.file)) else {
            continue;
        };
        for (name, start) in skills_in(file.text()) {
            let mut registered = entry.skills.iter().chain(&entry.capability_skills);
            if registered.any(|list| list.iter().any(|skill| skill.value == name)) {
                continue;
            }
            let message = format!("the skill `{name}` is read but not registered");
            out.report(file.at(&Span::new(start, start + name.len())), message)
                .label(registry.at(&entry.span), "the agent's entry")
                .help("Add it to `skills` of the agent's entry.");
        }
    }
}
