//! What commitlint demands of a message: one table, of which each rule takes its rows.

use crate::support::commits;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    commits::judge(ctx, file, slug, out);
}
