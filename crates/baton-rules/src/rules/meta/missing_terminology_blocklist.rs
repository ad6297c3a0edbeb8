//! A repository of the family lists the terms that it no longer uses.

use crate::support::meta::missing;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    missing(ctx, ("terminology-blocklist", "list of terms"), out);
}
