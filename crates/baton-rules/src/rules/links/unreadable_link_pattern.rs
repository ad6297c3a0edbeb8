//! Patterns of links that are not judged can be read.

use crate::support::links::patterns;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for patterns in patterns(ctx).iter().flatten() {
        for (at, message) in &patterns.unreadable {
            out.report(*at, message.clone())
                .help("Write it without looking around and without back-references.");
        }
    }
}
