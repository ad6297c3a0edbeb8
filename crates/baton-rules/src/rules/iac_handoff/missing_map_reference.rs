//! The policy map of a handoff is there.

use crate::support::iac_contract::report_absence;
use crate::support::iac_handoff::handoff;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let handoff = handoff(ctx, file);
    if let Some(reference) = handoff.and_then(|it| it.policy_map.as_ref()) {
        let help = "Write the path from the folder of the handoff, or make the map anew.";
        report_absence(ctx, (file, reference), help, out);
    }
}
