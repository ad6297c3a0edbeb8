//! Every policy that refuses resources says where the code must show that it is satisfied.

use crate::support::policy_map::map;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(map) = map(ctx, file) else {
        return;
    };
    for policy in map.policies.iter().filter(|it| it.denies()) {
        if !policy.has_evidence {
            let message = format!("`{}` has no `evidence_required`", policy.id.value);
            out.report(file.at(&policy.id), message)
                .help("Say where the code must show that the policy is satisfied.");
        }
    }
}
