//! Custom agents are no longer called chat modes.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if ctx.repo.host_document(file).is_none() {
        return;
    }
    let name = file.path.name();
    let stem = name.strip_suffix(".chatmode.md").unwrap_or(name);
    out.report(file.whole(), "chat modes are custom agents now")
        .help(format!(
            "Move the file to `.github/agents/{stem}.agent.md`."
        ));
}
