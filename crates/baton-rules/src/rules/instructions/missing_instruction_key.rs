//! Instruction files say what they are about and when they apply.

use crate::support::{agents, instructions};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    // Without front matter, or with an empty one, that is the finding.
    if file.front_matter_block().is_none() || agents::is_empty(file) {
        return;
    }
    let root = file.front_matter().root.as_ref();
    let given = || root.map_or(&[][..], |root| root.entries());
    for key in instructions::required_keys(ctx) {
        // One that has another name is a finding under that name.
        let mut entries = given().iter();
        let meant = |name: &str| instructions::meant(ctx, file, name) == Some(key.as_str());
        let is_known = |name: &String| instructions::keys(ctx).contains(name);
        if !entries.any(|entry| !is_known(&entry.key) && meant(&entry.key)) {
            agents::demand(file, key, out);
        }
    }
}
