//! Handoff targets are names.

use baton_repo::graph::LoadErrorKind;

use crate::support::graph::report_errors;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let help = "Write a list of names.";
    report_errors(ctx, file, (LoadErrorKind::HandoffTarget, help), out);
}
