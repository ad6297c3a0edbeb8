//! What skills say about their environment keeps below the longest that is allowed.

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(max) = skills::conventions(ctx).compatibility_max else {
        return;
    };
    let length = skills::length(ctx, file, "compatibility");
    let Some((length, span)) = length.filter(|found| found.0 > max) else {
        return;
    };
    if !skills::is_judged(ctx, file) {
        return;
    }
    let message = format!("`compatibility` has {length} characters where {max} are allowed");
    out.report(file.at(&span), message)
        .help("Name product, packages and access that the skill needs, and tell more in the body.");
}
