//! Skills have a name.

use baton_repo::SkillHost;

use crate::support::agents::{Held, held, is_empty, opening};
use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !skills::conventions(ctx).specification
        || skills::host(file) == SkillHost::Claude
        || !skills::is_judged(ctx, file)
        || file.front_matter_block().is_none()
        || is_empty(file)
    {
        return;
    }
    let root = file.front_matter().root.as_ref();
    if root.is_some_and(|root| !root.is_mapping()) {
        return;
    }
    let (at, message) = match held(file, "name") {
        Held::Value => return,
        Held::Blank(span) => (span, "`name` has no value"),
        Held::Nothing => (opening(file), "the front matter lacks `name`"),
    };
    let folder = skills::folder_name(file).unwrap_or("skill");
    out.report(file.at(&at), message)
        .help(format!("Write `name: {folder}`, the name of the folder."));
}
