//! Front matter has the keys of its own host.

use crate::support::hosts::Page;
use crate::support::instructions;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(page) = Page::of(ctx, file) else {
        return;
    };
    // Where the repository says which keys there are, that is a finding of its own rules.
    if instructions::has_own_keys(ctx, file) {
        return;
    }
    for foreign in &page.document.foreign {
        // A file that several hosts read may have the keys of all of them.
        if page.held(&foreign.instead).is_some() {
            continue;
        }
        let Some(entry) = page.held(&foreign.name) else {
            continue;
        };
        let (called, of) = (page.document.of_host(), &foreign.of);
        let message = format!(
            "`{}` is a key of {of}; {called} do not have it",
            foreign.name
        );
        out.report(file.at(entry), message)
            .help(format!("Write `{}`.", foreign.instead));
    }
}
