//! One blank parts the text of a closed heading from the hashes on either side.

use baton_source::Span;

use crate::support::markdown::{Lint, closing_hashes, heading_blanks, report_blanks};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD021") else {
        return;
    };
    for heading in lint.outline().headings.iter().filter(|heading| heading.atx) {
        let Some(closing) = closing_hashes(&lint, heading) else {
            continue;
        };
        if let Some(blanks) = heading_blanks(&lint, heading) {
            report_blanks(&lint, out, blanks, "more than one blank behind the hashes");
        }
        let blanks = Span {
            start: heading.text_span.end,
            end: closing.start,
        };
        if blanks.len() > 1 && !heading.text_span.is_empty() {
            report_blanks(&lint, out, blanks, "more than one blank before the hashes");
        }
    }
}
