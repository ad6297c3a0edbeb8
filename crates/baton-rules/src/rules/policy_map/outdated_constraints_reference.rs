//! The constraints are those that a policy map was made from.

use crate::support::iac_contract::report_change;
use crate::support::policy_map::map;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let map = map(ctx, file);
    if let Some(reference) = map.and_then(|map| map.constraints.as_ref()) {
        let help = "Make the map anew from what was discovered now.";
        report_change(ctx, (file, reference), help, out);
    }
}
