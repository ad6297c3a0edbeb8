//! Every skill is named by somebody.

use std::collections::BTreeSet;

use crate::support::skill_mentions::{guides, named};
use crate::support::skills;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let pack = skills::conventions(ctx);
    if !pack.named {
        return;
    }
    let mut known = BTreeSet::new();
    for file in guides(ctx) {
        known.extend(named(file.text(), pack.loosely_named));
    }
    for skill in ctx.repo.skills() {
        let file = ctx.repo.by_id(skill.file);
        let names = file.map(|file| named(file.text(), pack.loosely_named));
        let others = names.into_iter().flatten();
        known.extend(others.filter(|name| *name != skill.folder_name()));
    }
    let own = ctx.settings.skills.unlinked.as_ref();
    let unlinked = own.unwrap_or(&pack.unlinked);
    for skill in ctx.repo.skills() {
        let name = skill.folder_name();
        if known.contains(name) || unlinked.iter().any(|known| known == name) {
            continue;
        }
        let Some(file) = ctx.repo.by_id(skill.file) else {
            continue;
        };
        let message = format!("no agent, instruction or other skill names the skill `{name}`");
        out.report(file.whole(), message)
            .help("Tell an agent to read it, or name it in `unlinked` of `[options.skills]`.");
    }
}
