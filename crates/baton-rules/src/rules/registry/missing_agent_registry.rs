//! Agents are registered.

use crate::support::models::{conventions, missing};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if conventions(ctx).registry {
        missing(ctx, ("agent-registry", "registry of agents"), out);
    }
}
