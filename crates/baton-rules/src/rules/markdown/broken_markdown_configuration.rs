//! The configuration of markdownlint can be read.

use crate::support::markdown_config::remark;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for broken in ctx.repo.markdown_lint().broken() {
        remark(
            ctx,
            broken,
            out,
            "Mend it; until then nothing in this file holds.",
        );
    }
}
