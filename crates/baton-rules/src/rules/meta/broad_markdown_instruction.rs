//! Instructions for every document are short.

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
    let most = limits.markdown_lines;
    if limits.markdown.contains(&globs) && lines > most {
        let message = format!(
            "`{globs}` adds {lines} lines to work on every document, where {most} are enough"
        );
        out.report(file.at(&at), message)
            .help("Name the folders that the instructions are about, or make them shorter.");
    }
}
