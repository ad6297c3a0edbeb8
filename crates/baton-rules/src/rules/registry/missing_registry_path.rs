//! Every entry of a registry names its agent.

use baton_repo::registry::Names;

use crate::support::models::{conventions, entries};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !conventions(ctx).agents_required {
        return;
    }
    for (file, entry) in entries(ctx.repo).filter(|(_, entry)| entry.agent.is_none()) {
        let message = format!("the entry `{}` has no `agent`", entry.called);
        let help = match entry.names {
            Names::Path => "Give the path of the agent's file as `agent`.",
            Names::Name => "Give the agent's `name` as `agent`.",
        };
        out.report(file.at(&entry.span), message).help(help);
    }
}
