//! Texts do not repeat how many there are of something.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(patterns) = ctx.count_patterns() else {
        return;
    };
    let found = patterns.find(file.text());
    // Few texts hold a count, and the patterns for paths are many.
    if found.is_empty() || !patterns.covers(file.path.as_str()) {
        return;
    }
    for span in found {
        let message = format!("`{}` is a count that will be wrong", span.of(file.text()));
        out.report(file.at(&span), message)
            .help("Describe it without a number, or point to the count manifest.");
    }
}
