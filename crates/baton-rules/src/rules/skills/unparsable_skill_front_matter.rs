//! The front matter of skills is YAML, and a mapping of keys.

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !skills::is_judged(ctx, file) {
        return;
    }
    let document = file.front_matter();
    for error in &document.errors {
        let message = format!("the front matter is not valid YAML: {}", error.message);
        out.report(file.at(error), message)
            .help("Put text that holds a colon, a hash or a bracket between quotes.");
    }
    for duplicate in &document.duplicates {
        let message = format!("`{}` stands twice in the front matter", duplicate.key);
        out.report(file.at(&duplicate.again), message)
            .label(file.at(&duplicate.first), "it stands here first")
            .help("Keep one of the two.");
    }
    let Some(root) = &document.root else { return };
    if document.errors.is_empty() && !root.is_mapping() && !root.is_null() {
        let message = format!(
            "the front matter is a {}, not keys with values",
            root.kind()
        );
        out.report(file.at(root), message)
            .help("Write one `key: value` on each line.");
    }
}
