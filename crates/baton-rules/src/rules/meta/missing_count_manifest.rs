//! A repository of the family says in one place how many there are of each thing.

use crate::support::meta::missing;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    missing(ctx, ("count-manifest", "count manifest"), out);
}
