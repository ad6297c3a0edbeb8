//! A repository of the family recommends extensions.

use crate::support::editor::missing;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let what = "list of recommended extensions";
    missing(ctx, ("editor-extensions", what), out);
}
