//! No key stands twice in one mapping.

use crate::support::yaml::{Everywhere, Lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(everywhere) = Everywhere::of(ctx, file, Some("key-duplicates")) else {
        return;
    };
    let lint = Lint::of(ctx, file, "key-duplicates");
    let merges = lint.is_some_and(|lint| lint.flag("forbid-duplicated-merge-keys", false));
    for document in file.documents() {
        for duplicate in &document.duplicates {
            // Several sources may be merged one after the other.
            if duplicate.key == "<<" && !merges {
                continue;
            }
            let message = format!("the key `{}` stands here again", duplicate.key);
            if let Some(finding) = everywhere.report(out, duplicate.again, message) {
                finding
                    .label(file.at(&duplicate.first), "it stands here first")
                    .help("Keep one of the two; most programs see only the last.");
            }
        }
    }
}
