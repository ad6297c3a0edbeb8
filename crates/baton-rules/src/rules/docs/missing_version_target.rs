//! Package and change log exist, so that they can have the version.

use crate::support::versions;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    // Elsewhere nobody promised either of them.
    if !repo.layout().is("apex") {
        return;
    }
    let Some(source) = versions::source(ctx) else {
        return;
    };
    let Some(version) = versions::first(source.text()) else {
        return;
    };
    for kind in ["package-file", "changelog"] {
        let expected = repo
            .layout()
            .kinds
            .get(kind)
            .and_then(|globs| globs.first());
        let Some(expected) = expected else { continue };
        let message = match repo.of_kind(kind).next() {
            Some(file) if file.problem().is_some() || !file.text().is_empty() => continue,
            Some(_) => format!("`{expected}` is empty and has no version"),
            None => format!("there is no `{expected}` that has this version"),
        };
        out.report(source.at(&version), message)
            .help(format!("Write `{expected}`."));
    }
}
