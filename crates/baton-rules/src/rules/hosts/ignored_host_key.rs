//! Front matter has no keys that its host ignores.

use crate::support::hosts::Page;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(page) = Page::of(ctx, file) else {
        return;
    };
    for entry in page.entries() {
        let key = page.document.key(&entry.key);
        if key.is_some_and(|key| key.ignored) {
            let called = page.document.of_host();
            let message = format!("`{}` has no effect in {called}", entry.key);
            out.report(file.at(entry), message)
                .help("Remove the key, or keep the file outside a plugin.");
        }
    }
}
