//! Descriptions of agents keep below the length that is recommended.

use crate::support::agents;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let own = ctx.settings.agents.description_long;
    let Some(long) = own.or(ctx.repo.agent_conventions().description_long) else {
        return;
    };
    let Some((length, span)) = agents::description_length(file).filter(|found| found.0 > long)
    else {
        return;
    };
    // Longer ones are `overlong-agent-description`'s business.
    if agents::description_max(ctx).is_some_and(|max| length > max) {
        return;
    }
    let message =
        format!("`description` has {length} characters, more than the recommended {long}");
    out.report(file.at(&span), message)
        .help("Keep the words that tell when to choose the agent and move the rest to the body.");
}
