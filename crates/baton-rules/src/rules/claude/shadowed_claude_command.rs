//! No command has the name of a skill.

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("claude-command") {
        let path = file.path.as_str();
        let Some((above, rest)) = path.split_once(".claude/commands/") else {
            continue;
        };
        let Some(name) = rest.strip_suffix(".md").filter(|name| !name.contains('/')) else {
            continue;
        };
        let skill = format!("{above}.claude/skills/{name}/SKILL.md");
        if let Some(skill) = ctx.repo.file(&skill) {
            let message = format!("the skill `{name}` is run in place of this command");
            out.report(file.whole(), message)
                .label(skill.whole(), "the skill")
                .help("Remove the command, or give it another name.");
        }
    }
}
