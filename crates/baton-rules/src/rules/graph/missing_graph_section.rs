//! A graph has nodes and edges.

use baton_repo::graph::LoadErrorKind;

use crate::support::graph::report_errors;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let help = "Give the graph an object `nodes` and a list `edges`.";
    report_errors(ctx, file, (LoadErrorKind::Section, help), out);
}
