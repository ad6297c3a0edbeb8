//! Package and change log have the version that the version file says.

use baton_source::{Applicability, Fix, Span};

use crate::support::versions;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(source) = versions::source(ctx) else {
        return;
    };
    let Some(version) = versions::first(source.text()) else {
        return;
    };
    let packages = ctx.repo.of_kind("package-file");
    let packages = packages.filter_map(|file| Some((file, versions::of_package(file)?, true)));
    let logs = ctx.repo.of_kind("changelog");
    let logs = logs.filter_map(|file| Some((file, versions::of_changelog(file)?, false)));
    for (file, found, may_write) in packages.chain(logs) {
        judge((source, version), (file, found), may_write, out);
    }
}

fn judge(
    (source, version): (&File, Span),
    (file, found): (&File, Span),
    may_write: bool,
    out: &mut Findings,
) {
    let (said, wanted) = (found.of(file.text()), version.of(source.text()));
    if said == wanted {
        return;
    }
    let message = format!(
        "the version is `{said}` here and `{wanted}` in `{}`",
        source.path
    );
    let finding = out
        .report(file.at(&found), message)
        .label(source.at(&version), "the version is said here");
    if !may_write {
        finding.help(format!(
            "Add a section for `{wanted}`, or correct `{}`.",
            source.path
        ));
        return;
    }
    finding
        .help(format!("Write `{wanted}`, or correct `{}`.", source.path))
        .fix(Fix {
            title: format!("Write `{wanted}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(found, wanted)],
        });
}
