//! How many links lead to the web, which nothing here asks.

use std::collections::BTreeSet;

use crate::support::link_targets::{Class, targets};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let mut first = None;
    let (mut addresses, mut files) = (BTreeSet::new(), 0);
    for file in ctx.repo.of_kind("linked-text") {
        let found = targets(file).into_iter();
        let mut found = found
            .filter(|target| target.class() == Class::Web)
            .peekable();
        let Some(next) = found.peek() else { continue };
        first.get_or_insert_with(|| file.at(&next.span));
        files += 1;
        addresses.extend(found.map(|target| target.destination));
    }
    let Some(first) = first else { return };
    let count = addresses.len();
    out.report(first, format!("links to {count} addresses on the web, in {files} files from here on, were not followed"))
        .help("Run `baton lint links:online` to follow them.");
}
