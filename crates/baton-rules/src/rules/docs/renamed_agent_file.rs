//! Agents are called by the present names of their files.

use baton_source::{Applicability, Fix};

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let own = ctx.settings.docs.renamed_agents.as_ref();
    let renamed = own.unwrap_or(&docs::conventions(ctx).renamed_agents);
    if renamed.is_empty() || !docs::is_scanned(ctx, file) {
        return;
    }
    for found in docs::agent_files(file.text()) {
        let Some(now) = docs::look_up(renamed, found.name) else {
            continue;
        };
        if docs::has_agent(ctx.repo, found.name) {
            continue;
        }
        let name = found.span.of(file.text());
        let message = format!("`{name}` is called `{now}.agent.md` now");
        let finding = out
            .report(file.at(&found.span), message)
            .help(format!("Write `{now}.agent.md`."));
        // A repository that has neither may have left the family.
        if docs::has_agent(ctx.repo, now) {
            finding.fix(Fix {
                title: format!("Write `{now}.agent.md`"),
                applicability: Applicability::Unsafe,
                edits: vec![file.edit(found.stem, now)],
            });
        }
    }
}
