//! The skills an agent reads are registered.

use baton_source::Span;

use crate::support::models::{agent_of, conventions, entries, skills_in};
use crate::support::skills::folder_name;
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
            let help = if exists(ctx, name) {
                "Add it to `skills` of the agent's entry."
            } else {
                "There is no such skill: add it, and to `skills` of the agent's entry, or take the order to read it away."
            };
            out.report(file.at(&Span::new(start, start + name.len())), message)
                .label(registry.at(&entry.span), "the agent's entry")
                .help(help);
        }
    }
}

/// Whether a folder below one for skills has this name.
fn exists(ctx: &Ctx<'_>, name: &str) -> bool {
    let mut skills = ctx.repo.of_kind("agent-skill");
    skills.any(|skill| folder_name(skill) == Some(name))
}
