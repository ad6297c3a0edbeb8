//! One blank parts the hashes of a heading from its text.

use crate::support::markdown::{Lint, closing_hashes, heading_blanks, report_blanks};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD019") else {
        return;
    };
    for heading in lint.outline().headings.iter().filter(|heading| heading.atx) {
        if closing_hashes(&lint, heading).is_some() {
            continue;
        }
        if let Some(blanks) = heading_blanks(&lint, heading) {
            report_blanks(&lint, out, blanks, "more than one blank behind the hashes");
        }
    }
}
