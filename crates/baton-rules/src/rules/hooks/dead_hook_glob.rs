//! Globs of lefthook match some file.

use baton_source::Severity;

use crate::support::hooks::{Matcher, has_bare_comma, jobs, lefthooks, matched};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, matcher) in lefthooks(ctx.repo) {
        for job in jobs(file) {
            let globs = job.globs.iter().map(|node| (*node, false));
            for (node, excludes) in globs.chain(job.excludes.iter().map(|node| (*node, true))) {
                let glob = node.as_str().unwrap_or_default();
                let found = matched(ctx.repo, glob, matcher);
                // A comma that joins globs is `comma-joined-glob`'s business.
                if !found.is_some_and(|found| found.is_empty()) || has_bare_comma(glob) {
                    continue;
                }
                let message = format!("`{glob}` matches no file of this repository");
                let meant = matched(ctx.repo, glob, Matcher::DoubleStar);
                let finding = out.report(file.at(node), message).help(
                    if meant.is_some_and(|meant| !meant.is_empty()) {
                        "lefthook takes `**` for at least one folder: set `glob_matcher: doublestar`."
                    } else {
                        "Correct the glob, or remove it."
                    },
                );
                if excludes {
                    finding.severity(Severity::Info);
                }
            }
        }
    }
}
