//! Every entry of a registry names a model.

use crate::support::models::{agent_of, conventions, entries};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !conventions(ctx).registered_models {
        return;
    }
    for (file, entry) in entries(ctx.repo).filter(|(_, entry)| entry.model.is_none()) {
        let message = format!("the entry `{}` has no `model`", entry.called);
        let found = out.report(file.at(&entry.span), message);
        let agent = agent_of(ctx.repo, entry);
        let model = agent.and_then(|agent| agent.model.first());
        match model {
            Some(model) => found.help(format!("Add `\"model\": \"{}\"`.", model.value)),
            None => found.help("Add the model that the agent's file names."),
        };
    }
}
