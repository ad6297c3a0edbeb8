//! A list of recommended extensions is JSON with comments.

use crate::support::editor::unparsable;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let advice = "Write it as JSON; comments and trailing commas are allowed.";
    unparsable(file, ("list of extensions", advice), out);
}
