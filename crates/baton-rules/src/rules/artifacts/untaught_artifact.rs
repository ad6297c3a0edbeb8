//! The skill teaches the headings of every type it is responsible for.

use crate::support::artifacts::contracts;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let mut teaching = ctx.repo.of_kind("artifact-skill");
    let Some(skill) = teaching.find(|file| file.path.name() == "SKILL.md") else {
        return;
    };
    if skill.problem().is_some() {
        return;
    }
    let taught = ctx.repo.artifacts().taught();
    for contract in contracts(ctx) {
        let name = &contract.kind.name;
        if contract.kind.compared && taught.iter().all(|list| list.name != *name) {
            let message =
                format!("neither the skill nor its references list the headings of `{name}`");
            out.report(skill.whole(), message).help(format!(
                "Add a heading `### {name}` with a code block of its `##` lines right below it."
            ));
        }
    }
}
