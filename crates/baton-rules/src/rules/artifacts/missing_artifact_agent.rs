//! Every artifact that an agent writes has that agent.

use std::collections::BTreeMap;

use crate::support::artifacts::{are_written, contracts};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(place) = ctx.repo.of_kind("agent").next() else {
        return;
    };
    if !are_written(ctx) {
        return;
    }
    let mut missing: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for contract in contracts(ctx) {
        if let Some(agent) = contract.kind.agent.as_deref()
            && contract.kind.agent_in(ctx.repo).is_none()
        {
            let written = missing.entry(agent).or_default();
            written.push(format!("`{}`", contract.kind.name));
        }
    }
    for (agent, artifacts) in missing {
        let message = format!(
            "there is no agent `{agent}` to write {}",
            artifacts.join(" and ")
        );
        out.report(place.whole(), message)
            .help("Add the agent, or name another one in `[options.artifacts.types]`.");
    }
}
