//! The table of regions stands in two files, and both are there.

use crate::support::meta::missing;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    missing(
        ctx,
        ("copilot-instructions", "canonical table of regions"),
        out,
    );
    missing(ctx, ("region-mirror", "copy of the table of regions"), out);
}
