//! What is wrong with a Terraform module, told file by file: one rule per kind of fault.

use crate::support::terraform;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    terraform::report(ctx, file, slug, out);
}
