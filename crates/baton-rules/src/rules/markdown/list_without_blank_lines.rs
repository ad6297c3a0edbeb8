//! A blank line stands before and after a list.

use crate::support::markdown::Lint;
use crate::support::markdown_blocks::report_unparted;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD032") else {
        return;
    };
    for list in lint.lists().filter(|list| list.depth == 0) {
        report_unparted(&lint, out, (list.span, "list"));
    }
}
