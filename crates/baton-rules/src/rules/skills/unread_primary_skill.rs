//! Agents read the skills that they are said to read always.

use std::collections::BTreeSet;

use crate::support::docs;
use crate::support::skill_affinity::{entries, skills_of};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for agent in entries(file).filter(|agent| !agent.is_subagent) {
        let name = agent.entry.key.as_str();
        let mut known = ctx.repo.agents().iter();
        let own = known.find(|known| known.called() == name);
        let Some(own) = own.and_then(|own| ctx.repo.by_id(own.file)) else {
            continue;
        };
        let read = read(own.text());
        // An agent whose text names no skill gets them otherwise.
        if read.is_empty() {
            continue;
        }
        for (skill, node) in skills_of(&agent, "primary") {
            if !read.contains(skill) {
                let message = format!("`{name}` is not told to read `{skill}`");
                out.report(file.at(node), message)
                    .label(own.whole(), "this is the agent")
                    .help("Tell the agent to read it, or move it to `secondary`.");
            }
        }
    }
}

/// The skills whose `SKILL.md` a text names.
fn read(text: &str) -> BTreeSet<&str> {
    let folders = docs::paths(text, ".github/skills/");
    let names = folders.filter_map(|folder| {
        let start = folder.end as usize;
        let name = docs::word(text, start);
        let rest = text.get(start + name.len()..)?;
        rest.starts_with("/SKILL.md").then_some(name)
    });
    names.collect()
}
