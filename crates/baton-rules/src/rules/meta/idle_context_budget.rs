//! Where agents work from frozen artifacts, some agent demands one.

use crate::support::meta::demanded;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(budget) = ctx.context_budget() else {
        return;
    };
    let mut agents = ctx.repo.of_kind("agent").peekable();
    let Some(first) = agents.peek().copied() else {
        return;
    };
    if agents.any(|agent| demanded(agent, budget).is_some()) {
        return;
    }
    let demand = &budget.demand;
    out.report(
        first.whole(),
        format!("no agent demands a frozen artifact with `{demand}`, so no budget was looked at"),
    )
    .help(format!(
        "Write `{demand}` on the line with the artifact that an agent depends on."
    ));
}
