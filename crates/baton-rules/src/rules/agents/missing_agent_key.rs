//! Agent files carry the keys without which they cannot be found or used.

use crate::support::agents;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    // Without front matter, or with an empty one, that is the finding.
    if file.front_matter_block().is_none() || agents::is_empty(file) {
        return;
    }
    let own = ctx.settings.agents.required_keys.as_ref();
    let keys = own.unwrap_or(&ctx.repo.agent_conventions().required_keys);
    for key in keys {
        agents::demand(file, key, out);
    }
}
