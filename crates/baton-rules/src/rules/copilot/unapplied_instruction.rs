//! Instructions say when they apply.

use crate::support::hosts::Page;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    // The family demands more, and has a rule for that.
    if ctx.repo.layout().is("apex") {
        return;
    }
    // A page that lists instructions is for people.
    if file.path.name().starts_with("README.") {
        return;
    }
    let Some(page) = Page::of(ctx, file) else {
        return;
    };
    // What could not be read or stands elsewhere is a finding of its own.
    if !file.front_matter().errors.is_empty() || file.body().of(file.text()).trim().is_empty() {
        return;
    }
    let known = ["applyTo", "description"];
    if known.iter().any(|key| page.held(key).is_some()) || has_foreign(&page) {
        return;
    }
    out.report(file.whole(), "nothing says when these instructions apply")
        .help("Add `applyTo` with the files, or a `description` of the tasks.");
}

/// Whether a key of another host says it, which is a finding of its own.
fn has_foreign(page: &Page<'_>) -> bool {
    let mut foreign = page.document.foreign.iter();
    foreign.any(|key| page.held(&key.name).is_some())
}
