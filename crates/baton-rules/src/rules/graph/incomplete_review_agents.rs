//! The graph names both agents that carry reviews.

use baton_repo::graph::LoadErrorKind;

use crate::support::graph::report_errors;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let help = "Name an agent in `wrapper_agent` and in `review_subagent`.";
    report_errors(ctx, file, (LoadErrorKind::Reviewers, help), out);
}
