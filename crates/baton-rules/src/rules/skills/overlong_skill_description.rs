//! Descriptions of skills keep below the longest that is allowed.

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(max) = skills::description_max(ctx).filter(|_| skills::is_judged(ctx, file)) else {
        return;
    };
    let length = skills::length(ctx, file, "description");
    let Some((length, span)) = length.filter(|found| found.0 > max) else {
        return;
    };
    let message = format!("`description` has {length} characters where {max} are allowed");
    let finding = out
        .report(file.at(&span), message)
        .help("Keep the words that tell when to use the skill and move the rest to the body.");
    skills::soften(ctx, file, finding);
}
