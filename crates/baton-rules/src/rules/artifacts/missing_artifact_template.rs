//! Every type of artifact has its template.

use crate::support::artifacts::contracts;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    // Without a skill and without templates the repository only holds results.
    let mut teaching = ctx.repo.of_kind("artifact-skill");
    let mut templates = ctx.repo.of_kind("artifact-template");
    let Some(place) = teaching.next().or_else(|| templates.next()) else {
        return;
    };
    for contract in contracts(ctx) {
        let Some(template) = &contract.kind.template else {
            continue;
        };
        if contract.kind.template_in(ctx.repo).is_none() {
            let name = &contract.kind.name;
            let message = format!("there is no template `{template}` for `{name}`");
            out.report(place.whole(), message)
                .help(format!("Add `templates/{template}` to the skill."));
        }
    }
}
