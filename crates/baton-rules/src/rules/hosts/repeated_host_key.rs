//! No key of front matter stands twice.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if ctx.repo.host_document(file).is_none() {
        return;
    }
    // Those of agents have a rule of their own.
    if ctx.repo.is_kind(file, "agent") || ctx.repo.is_kind(file, "subagent") {
        return;
    }
    for duplicate in &file.front_matter().duplicates {
        let message = format!("`{}` stands twice in one mapping", duplicate.key);
        out.report(file.at(&duplicate.again), message)
            .label(file.at(&duplicate.first), "it stands here first")
            .help("Keep one of the two.");
    }
}
