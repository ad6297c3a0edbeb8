//! No file beside a skill holds its keys.

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(sidecar) = &skills::conventions(ctx).sidecar else {
        return;
    };
    let beside = format!("{}SKILL.md", skills::folder(file));
    if file.path.name().ends_with(sidecar.as_str()) && ctx.repo.file(&beside).is_some() {
        out.report(file.whole(), "nobody reads this file any more")
            .help("Move its keys to the front matter of `SKILL.md`.");
    }
}
