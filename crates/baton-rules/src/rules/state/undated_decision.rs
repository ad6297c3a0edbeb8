//! Entries of the decision log say when the decision was taken.

use baton_syntax::node::Node;

use crate::support::state::beginning;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let log = file.node().and_then(|root| root.get("decision_log"));
    for entry in log.map_or(&[][..], Node::items) {
        let timestamp = entry.get("timestamp");
        if !entry.is_mapping() || timestamp.is_some_and(|value| !value.is_null()) {
            continue;
        }
        let at = timestamp.map_or(beginning(entry), |value| value.span);
        out.report(file.at(&at), "the entry does not say when it was decided")
            .help("Add `timestamp` with date and time in UTC.");
    }
}
