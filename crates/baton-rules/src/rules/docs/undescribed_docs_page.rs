//! Pages say what they are about.

use crate::support::agents;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    agents::demand(file, "description", out);
}
