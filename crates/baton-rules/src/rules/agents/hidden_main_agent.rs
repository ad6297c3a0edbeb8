//! People can call main agents.

use crate::support::agents;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let conventions = ctx.repo.agent_conventions();
    if !conventions.separate_roles || agents::is_subagent(ctx, file) {
        return;
    }
    let own = ctx.settings.agents.non_invocable_main.as_ref();
    let allowed = own.unwrap_or(&conventions.non_invocable_main);
    if allowed.iter().any(|name| name == file.path.name()) {
        return;
    }
    if let Some(flag) = agents::user_invocable(file).filter(|flag| flag.value == Some(false)) {
        out.report(file.at(&flag), "nobody can call this main agent")
            .help("Set `user-invocable` to `true`, or move the agent to the subagents.");
    }
}
