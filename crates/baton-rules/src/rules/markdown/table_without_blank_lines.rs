//! A blank line stands before and after a table.

use crate::support::markdown::Lint;
use crate::support::markdown_blocks::report_unparted;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD058") else {
        return;
    };
    for table in &lint.outline().tables {
        report_unparted(&lint, out, (table.span, "table"));
    }
}
