//! A repository of the family says which servers its agents call.

use crate::support::editor::missing;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    missing(ctx, ("editor-mcp", "list of servers for them"), out);
}
