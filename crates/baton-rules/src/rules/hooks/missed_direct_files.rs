//! `**` in lefthook's default matcher does not leave out files of the folder itself.

use std::collections::BTreeSet;

use baton_repo::File;
use baton_syntax::node::Node;

use crate::support::hooks::{Job, Matcher, jobs, lefthooks, matched};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let loose = lefthooks(ctx.repo).filter(|(_, matcher)| *matcher == Matcher::Loose);
    for (file, _) in loose {
        for job in jobs(file) {
            judge(ctx, file, &job, out);
        }
    }
}

fn judge(ctx: &Ctx<'_>, file: &File, job: &Job<'_>, out: &mut Findings) {
    let of = |node: &Node, matcher| {
        let glob = node.as_str().unwrap_or_default();
        matched(ctx.repo, glob, matcher).unwrap_or_default()
    };
    let crosses = |node: &Node| node.as_str().is_some_and(|glob| glob.contains("**/"));
    if !job.globs.iter().any(|node| crosses(node)) {
        return;
    }
    let of_each: Vec<Vec<&str>> = job
        .globs
        .iter()
        .map(|node| of(node, Matcher::Loose))
        .collect();
    let reached: BTreeSet<&str> = of_each.iter().flatten().copied().collect();
    for (node, own) in job.globs.iter().zip(&of_each) {
        let glob = node.as_str().unwrap_or_default();
        // One that reaches nothing is `dead-hook-glob`'s business.
        if !crosses(node) || own.is_empty() {
            continue;
        }
        let mut missed = of(node, Matcher::DoubleStar);
        missed.retain(|path| !reached.contains(path));
        let Some(first) = missed.first() else {
            continue;
        };
        let files = if missed.len() == 1 { "file" } else { "files" };
        let message = format!(
            "`{glob}` does not match {} {files} that no folder separates from it, such as `{first}`",
            missed.len()
        );
        out.report(file.at(*node), message)
            .help("Add `glob_matcher: doublestar` to the configuration, or a glob without `**/`.");
    }
}
