//! Globs of lefthook match some file.

use baton_repo::File;
use baton_source::Severity;
use baton_syntax::node::Node;

use crate::support::hooks::{Matcher, has_bare_comma, jobs, lefthooks, matched};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, matcher) in lefthooks(ctx.repo) {
        for job in jobs(file) {
            for node in job.globs {
                judge(ctx, (file, matcher), (node, Severity::Warning), out);
            }
            // Nothing is skipped for the lack of an exclusion.
            for node in job.excludes {
                judge(ctx, (file, matcher), (node, Severity::Info), out);
            }
        }
    }
}

fn judge(
    ctx: &Ctx<'_>,
    (file, matcher): (&File, Matcher),
    (node, severity): (&Node, Severity),
    out: &mut Findings,
) {
    let glob = node.as_str().unwrap_or_default();
    let is_dead = |matcher| matched(ctx.repo, glob, matcher).is_some_and(|found| found.is_empty());
    // A comma that joins globs is `comma-joined-glob`'s business.
    if has_bare_comma(glob) || !is_dead(matcher) {
        return;
    }
    let help = if is_dead(Matcher::DoubleStar) {
        "Correct the glob, or remove it."
    } else {
        "lefthook takes `**` for at least one folder: set `glob_matcher: doublestar`."
    };
    let message = format!("`{glob}` matches no file of this repository");
    out.report(file.at(node), message)
        .severity(severity)
        .help(help);
}
