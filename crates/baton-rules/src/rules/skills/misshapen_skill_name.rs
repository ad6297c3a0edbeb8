//! Names of skills are words in lower case with hyphens between them.

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let (Some(max), Some((name, span))) = (skills::conventions(ctx).name_max, skills::name(file))
    else {
        return;
    };
    let Some(fault) = skills::name_fault(name, max) else {
        return;
    };
    if !skills::is_judged(ctx, file) {
        return;
    }
    let finding = out
        .report(file.at(&span), format!("the name `{name}` {fault}"))
        .help("Write letters in lower case, digits, and single hyphens between them.");
    skills::soften(ctx, file, finding);
}
