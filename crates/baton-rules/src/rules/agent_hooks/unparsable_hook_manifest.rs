//! Files with hooks of agents can be read.

use crate::support::editor::unparsable;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let advice = "Correct the JSON: until then the host runs none of the hooks.";
    unparsable(file, ("file with hooks", advice), out);
}
