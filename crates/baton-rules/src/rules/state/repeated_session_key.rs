//! No key stands twice in one object of session state.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for duplicate in &file.document().duplicates {
        let message = format!("the key `{}` stands here again", duplicate.key);
        out.report(file.at(&duplicate.again), message)
            .label(file.at(&duplicate.first), "it stands here first")
            .help("Keep one of the two; most programs see only the last.");
    }
}
