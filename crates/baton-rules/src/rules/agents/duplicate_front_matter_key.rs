//! No key stands twice in one mapping of an agent's front matter.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for duplicate in &file.front_matter().duplicates {
        let message = format!("`{}` stands twice in one mapping", duplicate.key);
        out.report(file.at(&duplicate.again), message)
            .label(file.at(&duplicate.first), "it stands here first")
            .help("Keep one of the two.");
    }
}
