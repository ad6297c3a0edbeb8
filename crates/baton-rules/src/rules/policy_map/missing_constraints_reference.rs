//! The constraints of a policy map are there.

use crate::support::iac_contract::report_absence;
use crate::support::policy_map::map;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let map = map(ctx, file);
    if let Some(reference) = map.and_then(|map| map.constraints.as_ref()) {
        let help =
            "Discover the constraints again, or write their path from the folder of the map.";
        report_absence(ctx, (file, reference), help, out);
    }
}
