//! Everything the configuration of markdownlint asks for is done.

use crate::support::markdown_config::remark;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for unsupported in ctx.repo.markdown_lint().unsupported() {
        remark(
            ctx,
            unsupported,
            out,
            "Mend the name, or mind that Markdown is judged without it here.",
        );
    }
}
