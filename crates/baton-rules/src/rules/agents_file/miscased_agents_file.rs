//! AGENTS.md is spelt in capitals.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if ctx.repo.file("AGENTS.md").is_some() {
        return;
    }
    let message = format!("agents look for `AGENTS.md`, not for `{}`", file.path);
    out.report(file.whole(), message)
        .help("Rename the file to `AGENTS.md`.");
}
