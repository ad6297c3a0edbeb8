//! The policy map is the one that the code was held against.

use crate::support::iac_contract::report_change;
use crate::support::iac_handoff::handoff;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let handoff = handoff(ctx, file);
    if let Some(reference) = handoff.and_then(|it| it.policy_map.as_ref()) {
        let help = "Hold the code against the map as it is now, and hand it over anew.";
        report_change(ctx, (file, reference), help, out);
    }
}
