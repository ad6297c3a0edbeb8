//! `**` in lefthook's default matcher does not leave out files of the folder itself.

use std::collections::BTreeSet;

use crate::support::hooks::{Matcher, jobs, lefthooks, matched};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let loose = lefthooks(ctx.repo).filter(|(_, matcher)| *matcher == Matcher::Loose);
    for (file, matcher) in loose {
        for job in jobs(file) {
            let of_glob =
                |glob: &str, matcher| matched(ctx.repo, glob, matcher).unwrap_or_default();
            let texts = || job.globs.iter().filter_map(|node| node.as_str());
            let reached: BTreeSet<&str> = texts().flat_map(|glob| of_glob(glob, matcher)).collect();
            for node in &job.globs {
                let glob = node.as_str().unwrap_or_default();
                // One that reaches nothing is `dead-hook-glob`'s business.
                if !glob.contains("**/") || of_glob(glob, matcher).is_empty() {
                    continue;
                }
                let mut missed = of_glob(glob, Matcher::DoubleStar);
                missed.retain(|path| !reached.contains(path));
                let Some(first) = missed.first() else {
                    continue;
                };
                let files = if missed.len() == 1 { "file" } else { "files" };
                let message = format!(
                    "`{glob}` does not match {} {files} that no folder separates from it, such as `{first}`",
                    missed.len()
                );
                out.report(file.at(*node), message).help(
                    "Add `glob_matcher: doublestar` to the configuration, or a glob without `**/`.",
                );
            }
        }
    }
}
