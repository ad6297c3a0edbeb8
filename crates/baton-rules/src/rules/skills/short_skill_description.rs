//! Descriptions of skills are long enough to choose by.

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let own = ctx.settings.skills.description_min;
    let Some(min) = own.or(skills::conventions(ctx).description_min) else {
        return;
    };
    let length = skills::length(ctx, file, "description");
    // An empty one is `missing-skill-description`'s business.
    let Some((length, span)) = length.filter(|found| (1..min).contains(&found.0)) else {
        return;
    };
    let message = format!("`description` has {length} characters, fewer than {min}");
    out.report(file.at(&span), message)
        .help("Say what the skill does and when to use it.");
}
