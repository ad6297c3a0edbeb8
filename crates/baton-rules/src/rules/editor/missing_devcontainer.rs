//! A repository of the family has a development container.

use crate::support::editor::missing;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    missing(ctx, ("devcontainer", "development container"), out);
}
