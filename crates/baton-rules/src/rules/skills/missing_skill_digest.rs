//! Every skill has a digest.

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let digests = skills::conventions(ctx).digests.as_ref();
    if !digests.is_some_and(|digests| digests.demanded) {
        return;
    }
    let beside = format!("{}SKILL.digest.md", skills::folder(file));
    if ctx.repo.file(&beside).is_none() {
        out.report(file.whole(), "the skill has no `SKILL.digest.md`")
            .help("Make the digest from `SKILL.md`.");
    }
}
