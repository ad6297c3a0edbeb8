//! Texts do not repeat how many there are of something.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(patterns) = ctx.count_patterns() else {
        return;
    };
    if !patterns.covers(file.path.as_str()) {
        return;
    }
    for span in patterns.find(file.text()) {
        let message = format!("`{}` is a count that will be wrong", span.of(file.text()));
        out.report(file.at(&span), message)
            .help("Describe it without a number, or point to the count manifest.");
    }
}
