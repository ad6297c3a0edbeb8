//! Skills say what they are for.

use baton_repo::SkillHost;

use crate::support::agents::{Held, held, is_empty, opening};
use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    // What is wrong with the front matter as a whole, other rules tell.
    if !skills::is_judged(ctx, file) || file.front_matter_block().is_none() || is_empty(file) {
        return;
    }
    let root = file.front_matter().root.as_ref();
    if root.is_some_and(|root| !root.is_mapping()) {
        return;
    }
    let (at, message) = match held(file, "description") {
        Held::Value => return,
        Held::Blank(span) => (span, "`description` has no value"),
        Held::Nothing => (opening(file), "the front matter lacks `description`"),
    };
    let finding = out
        .report(file.at(&at), message)
        .help("Say in `description` what the skill does and when to use it.");
    skills::soften(ctx, file, finding);
    // Claude Code shows the first paragraph instead.
    if skills::conventions(ctx).specification && skills::host(file) == SkillHost::Claude {
        finding.severity(baton_source::Severity::Info);
    }
}
