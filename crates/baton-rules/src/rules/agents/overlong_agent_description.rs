//! Descriptions of agents keep below the longest that is allowed.

use crate::support::agents;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(max) = agents::description_max(ctx) else {
        return;
    };
    let Some((length, span)) = agents::description_length(file).filter(|found| found.0 > max)
    else {
        return;
    };
    let message = format!("`description` has {length} characters where {max} are allowed");
    out.report(file.at(&span), message)
        .help("Keep the words that tell when to choose the agent and move the rest to the body.");
}
