//! Shorter forms of a skill are shorter.

use baton_source::Span;

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(digests) = &skills::conventions(ctx).digests else {
        return;
    };
    let (whole, percent) = if file.path.name() == "SKILL.digest.md" {
        ("SKILL.md", digests.digest_percent)
    } else {
        ("SKILL.digest.md", digests.minimal_percent)
    };
    let source = ctx.repo.file(&format!("{}{whole}", skills::folder(file)));
    let Some(source) = source.filter(|source| source.problem().is_none()) else {
        return;
    };
    // What follows the last line ending counts as a line, as for skills.
    let count = |file: &File| file.text().matches('\n').count() + 1;
    let (own, all) = (count(file), count(source));
    if own * 100 <= all * percent {
        return;
    }
    let message =
        format!("it has {own} lines where `{whole}` has {all}, more than {percent} of 100");
    out.report(file.at(&Span::at(0)), message)
        .label(source.whole(), "this is what it shortens")
        .help("Leave more out.");
}
