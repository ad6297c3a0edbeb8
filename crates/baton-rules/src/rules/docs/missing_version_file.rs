//! A file says which version this is.

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    if !repo.layout().is("apex") || repo.of_kind("version-file").next().is_some() {
        return;
    }
    let expected = repo.layout().kinds.get("version-file");
    let Some(expected) = expected.and_then(|globs| globs.first()) else {
        return;
    };
    // Without either there is no version to agree on.
    let mut targets = repo
        .of_kind("package-file")
        .chain(repo.of_kind("changelog"));
    let Some(target) = targets.next() else {
        return;
    };
    let message = format!("there is no `{expected}` to say which version this is");
    out.report(target.whole(), message)
        .help(format!("Write the version to `{expected}`."));
}
