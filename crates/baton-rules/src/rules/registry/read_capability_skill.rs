//! Skills that come by themselves are not read.

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
        let Some(listed) = &entry.capability_skills else {
            continue;
        };
        let read = skills_in(file.text());
        for skill in listed {
            let Some((name, start)) = read.iter().find(|(name, _)| *name == skill.value) else {
                continue;
            };
            let message = format!("the agent reads `{name}`, which is said to come by itself");
            let at = Span::new(*start, start + name.len());
            out.report(registry.at(skill), message)
                .label(file.at(&at), "it is read here")
                .help("Move it to `skills`.");
        }
    }
}
