//! A list of servers for agents can be read.

use crate::support::editor::unparsable;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let advice = if ctx.repo.is_kind(file, "mcp-file") {
        "Write it as JSON; comments and trailing commas are allowed."
    } else {
        "Write it as JSON, without comments or trailing commas."
    };
    unparsable(file, ("list of servers", advice), out);
}
