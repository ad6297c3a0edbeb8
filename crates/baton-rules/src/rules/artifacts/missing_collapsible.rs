//! Long artifacts hide details in collapsible blocks.

use baton_repo::artifact::Feature;

use crate::support::artifacts::{of_either, title};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((contract, severity)) = of_either(ctx, file) else {
        return;
    };
    if contract.holds(Feature::Collapsible) && !file.text().contains("<details>") {
        out.report(title(file), "there is no collapsible block")
            .severity(severity)
            .help("Put details between `<details>` and `</details>`; a block that is open from the start does not count.");
    }
}
