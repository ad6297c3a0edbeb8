//! Skills are called as their folders are.

use baton_source::{Applicability, Fix, Severity};

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let (Some((name, span)), Some(folder)) = (skills::name(file), skills::folder_name(file)) else {
        return;
    };
    if name == folder || !skills::is_judged(ctx, file) {
        return;
    }
    // A name that is no name at all is `misshapen-skill-name`'s business.
    let max = skills::conventions(ctx).name_max;
    if max.is_some_and(|max| skills::name_fault(name, max).is_some()) {
        return;
    }
    let message = format!("the skill is called `{name}` and lies in the folder `{folder}`");
    let finding = out
        .report(file.at(&span), message)
        .help("Give the skill the name of its folder, or the folder the name of the skill.");
    // Hosts load it all the same, as the specification advises them.
    if skills::conventions(ctx).specification {
        finding.severity(Severity::Warning);
    }
    if skills::name_fault(folder, 64).is_none() {
        finding.fix(Fix {
            title: "Take the name of the folder".to_owned(),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(span, folder)],
        });
    }
}
