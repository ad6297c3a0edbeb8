//! People cannot call subagents.

use crate::support::agents;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !ctx.repo.agent_conventions().separate_roles || !agents::is_subagent(ctx, file) {
        return;
    }
    if let Some(flag) = agents::user_invocable(file).filter(|flag| flag.value == Some(true)) {
        out.report(file.at(&flag), "people can call this subagent")
            .help("Set `user-invocable` to `false`.");
    }
}
