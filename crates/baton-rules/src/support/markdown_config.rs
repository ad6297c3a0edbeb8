//! What there is to say about the configuration of markdownlint.

use baton_repo::markdown_lint::ConfigRemark;

use crate::{Ctx, Findings};

/// Reports a remark at its place.
pub(crate) fn remark(ctx: &Ctx<'_>, remark: &ConfigRemark, out: &mut Findings, help: &str) {
    let file = usize::try_from(remark.file.0).ok();
    let Some(file) = file.and_then(|file| ctx.repo.files().get(file)) else {
        return;
    };
    let at = match &remark.span {
        Some(span) => file.at(span),
        None => file.whole(),
    };
    out.report(at, remark.message.clone()).help(help);
}
