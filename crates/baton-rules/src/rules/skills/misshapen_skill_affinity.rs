//! Every agent of the table of skills has its three lists.

use crate::support::skill_affinity::{TIERS, entries};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for agent in entries(file) {
        for tier in TIERS {
            let (at, message) = match agent.entry.value.entry(tier) {
                Some(list) if list.value.is_sequence() => continue,
                Some(list) => (list.key_span, format!("`{tier}` is no list")),
                None => (
                    agent.entry.key_span,
                    format!("`{}` has no list `{tier}`", agent.entry.key),
                ),
            };
            out.report(file.at(&at), message)
                .help(format!("Write `\"{tier}\": []` where there are none."));
        }
    }
}
