//! Return edges say where they lead and why.

use baton_repo::graph::LoadErrorKind;

use crate::support::graph::report_errors;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let help = "Give the return edge `from`, `to`, `condition` and `reason`.";
    report_errors(ctx, file, (LoadErrorKind::ReturnEdge, help), out);
}
