//! Shorter forms of a skill say that a program made them.

use baton_source::Span;

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(digests) = &skills::conventions(ctx).digests else {
        return;
    };
    let text = file.text().trim_start_matches('\u{feff}');
    if file.problem().is_some() || text.starts_with(digests.header.as_str()) {
        return;
    }
    let message = format!("the file does not begin with `{}`", digests.header);
    out.report(file.at(&Span::at(0)), message)
        .help("Make it anew from `SKILL.md` instead of editing it.");
}
