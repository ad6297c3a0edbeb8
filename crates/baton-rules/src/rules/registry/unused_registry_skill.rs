//! Agents read the skills that the registry says they read.

use std::collections::BTreeSet;

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
        let read: BTreeSet<&str> = skills_in(file.text())
            .iter()
            .map(|(name, _)| *name)
            .collect();
        let listed = entry.skills.iter().flatten();
        for skill in listed.filter(|skill| !read.contains(skill.value.as_str())) {
            let message = format!("the agent never reads the skill `{}`", skill.value);
            out.report(registry.at(skill), message)
                .label(file.whole(), "the agent")
                .help("Remove it, or move it to `capability_skills`.");
        }
    }
}
