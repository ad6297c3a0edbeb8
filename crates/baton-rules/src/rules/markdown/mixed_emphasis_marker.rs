//! The markers of emphasis are the same everywhere.

use crate::support::markdown::Lint;
use crate::support::markdown_inline::report_markers;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if let Some(lint) = Lint::of(ctx, file, "MD049") {
        report_markers(&lint, out, false);
    }
}
