//! Texts that stand for others were replaced.

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let own = ctx.settings.docs.placeholders.as_ref();
    let placeholders = own.unwrap_or(&docs::conventions(ctx).placeholders);
    if !docs::is_scanned(ctx, file) {
        return;
    }
    for phrase in placeholders.iter().filter(|phrase| !phrase.is_empty()) {
        for span in docs::phrases(file.text(), phrase) {
            out.report(file.at(&span), format!("`{phrase}` was never replaced"))
                .help("Write what belongs there.");
        }
    }
}
