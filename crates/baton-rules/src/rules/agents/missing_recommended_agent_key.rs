//! Agent files carry the keys that make them easier to choose and cheaper to run.

use crate::support::agents::{self, Held};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let conventions = ctx.repo.agent_conventions();
    let has_block = file.front_matter_block().is_some();
    if conventions.front_matter_required && (!has_block || agents::is_empty(file)) {
        return;
    }
    let keys = if agents::is_subagent(ctx, file) {
        &conventions.recommended_subagent_keys
    } else {
        let own = ctx.settings.agents.recommended_keys.as_ref();
        own.unwrap_or(&conventions.recommended_keys)
    };
    for key in keys {
        let (at, message) = match agents::held(file, key) {
            Held::Value => continue,
            // A list that must be one is `mistyped-agent-key`'s business when it is not.
            Held::Blank(_) if key == "agents" && conventions.strict_lists => continue,
            Held::Blank(span) => (file.at(&span), format!("`{key}` has no value")),
            Held::Nothing if has_block => (
                file.at(&agents::opening(file)),
                format!("the front matter lacks `{key}`"),
            ),
            Held::Nothing => (
                file.whole(),
                format!("there is no front matter with `{key}`"),
            ),
        };
        out.report(at, message)
            .help(format!("Add `{key}` to the front matter."));
    }
}
