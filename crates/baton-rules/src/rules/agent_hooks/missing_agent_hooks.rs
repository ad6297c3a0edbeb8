//! A repository of the family has hooks for its agents.

use crate::support::agent_hooks::conventions;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    if !conventions(ctx).expected || repo.has_folder(".github/hooks") {
        return;
    }
    let Some(agent) = repo.of_kind("agent").next() else {
        return;
    };
    out.report(
        agent.whole(),
        "there are agents but no hooks in `.github/hooks`",
    )
    .help("Add a folder with a `hooks.json` for each hook.");
}
