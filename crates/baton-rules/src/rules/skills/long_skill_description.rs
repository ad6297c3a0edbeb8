//! Descriptions of skills keep below the length that is recommended.

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let own = ctx.settings.skills.description_long;
    let Some(long) = own.or(skills::conventions(ctx).description_long) else {
        return;
    };
    let length = skills::length(ctx, file, "description");
    let Some((length, span)) = length.filter(|found| found.0 > long) else {
        return;
    };
    // Longer ones are `overlong-skill-description`'s business.
    if skills::description_max(ctx).is_some_and(|max| length > max) {
        return;
    }
    let message =
        format!("`description` has {length} characters, more than the recommended {long}");
    out.report(file.at(&span), message)
        .help("Keep the words that tell when to use the skill and move the rest to the body.");
}
