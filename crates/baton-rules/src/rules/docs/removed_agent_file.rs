//! Nothing speaks of agents that are gone.

use crate::support::docs::{self, AgentFile};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let removed = docs::removed_agents(ctx);
    if removed.is_empty() {
        return;
    }
    let is_page = docs::is_fresh_page(ctx, file) && !docs::is_history(file);
    let is_fresh = is_page || ctx.repo.is_kind(file, "guidance");
    let is_scanned = ctx.repo.is_kind(file, "referring-text") && docs::is_scanned(ctx, file);
    for found in docs::agent_files(file.text()) {
        let Some(instead) = docs::look_up(removed, found.name) else {
            continue;
        };
        let is_told = |found: &AgentFile<'_>| docs::says_so(docs::line(file, found.span.start));
        let counts = (is_scanned && found.in_folder) || (is_fresh && !is_told(&found));
        if !counts || docs::has_agent(ctx.repo, found.name) {
            continue;
        }
        let name = found.span.of(file.text());
        out.report(
            file.at(&found.span),
            format!("there is no agent `{name}` any more"),
        )
        .help(docs::instead(instead));
    }
}
