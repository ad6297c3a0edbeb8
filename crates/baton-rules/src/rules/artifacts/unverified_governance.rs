//! Discovered constraints come with a count or a time.

use crate::support::governance::{discovery, has_count, has_time};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((heading, section)) = discovery(ctx, file) else {
        return;
    };
    let text = section.of(file.text());
    if !has_count(text) && !has_time(text) {
        out.report(
            file.at(&heading),
            "nothing shows that the constraints were discovered",
        )
        .help("Write down when the policies were queried, or how many were discovered.");
    }
}
