//! Rules for Cursor lie in .cursor/rules.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    out.report(
        file.whole(),
        "`.cursorrules` is the old form of rules for Cursor",
    )
    .help("Move each topic to a file `.cursor/rules/<topic>.mdc`.");
}
