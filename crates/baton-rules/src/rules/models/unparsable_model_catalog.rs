//! A catalog of models can be read.

use crate::support::models::unparsable;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    unparsable(file, "catalog of models", out);
}
