//! A registry names the models that agents name themselves.

use baton_source::Severity;

use crate::support::models::{agent_of, compare, conventions, entries};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !conventions(ctx).registered_models {
        return;
    }
    let severity = if conventions(ctx).exact_models {
        Severity::Error
    } else {
        Severity::Warning
    };
    for (file, entry) in entries(ctx.repo) {
        let (Some(model), Some(agent)) = (&entry.model, agent_of(ctx.repo, entry)) else {
            continue;
        };
        let (Some(own), Some(agent_file)) = (agent.model.first(), ctx.repo.by_id(agent.file))
        else {
            continue;
        };
        let own = (own.value.as_str(), agent_file.at(own));
        compare((file, model), own, severity, out);
    }
}
