//! The file that says the version holds one.

use crate::support::versions;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    // Elsewhere a file of this name may explain what versions mean.
    if !ctx.repo.layout().is("apex") {
        return;
    }
    let Some(file) = versions::source(ctx) else {
        return;
    };
    if versions::first(file.text()).is_some() {
        return;
    }
    let message = if file.text().trim().is_empty() {
        "the file is empty"
    } else {
        "the file holds no version of three numbers"
    };
    out.report(file.whole(), message)
        .help("Write the version, such as `1.2.0`.");
}
