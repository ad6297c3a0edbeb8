//! Instructions for every file are few.

use crate::support::instructions::applies_to;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let (Some(limits), Some((globs, at))) =
        (&ctx.repo.meta_conventions().instructions, applies_to(file))
    else {
        return;
    };
    let lines = file.lines().lines();
    if limits.match_all.contains(&globs) && lines > limits.match_all_lines {
        let message = format!("`{globs}` adds these {lines} lines to work on every file");
        out.report(file.at(&at), message)
            .help("Name the kinds of file that the instructions are about.");
    }
}
