//! Agents that may call every other one say that they are cross-cutting.

use crate::support::handoffs::{Workflow, agents, dispatched, has, is_cross_cutting};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(flow) = Workflow::of(ctx) else {
        return;
    };
    for (agent, file) in agents(ctx.repo).filter(|(agent, _)| agent.name.is_some()) {
        if has(&flow.conventions.cross_cutting, agent.called()) || is_cross_cutting(file) {
            continue;
        }
        for entry in dispatched(agent).filter(|entry| entry.value == "*") {
            let message = format!(
                "`{}` may call every agent but is not cross-cutting",
                agent.called()
            );
            let found = out.report(file.at(entry), message);
            found.help("List the agents it calls, or add `cross-cutting: true`.");
            flow.weigh(found);
        }
    }
}
