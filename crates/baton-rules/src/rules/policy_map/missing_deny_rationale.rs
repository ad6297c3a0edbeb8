//! Every policy that refuses resources has a reason where all of governance is asked for.

use crate::support::policy_map::map;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(map) = map(ctx, file) else {
        return;
    };
    let depth = map.depth.as_ref();
    let Some(depth) = depth.filter(|depth| depth.value == "full") else {
        return;
    };
    for policy in map.policies.iter().filter(|it| it.denies()) {
        if !policy.has_rationale {
            let message = format!("`{}` has no `rationale`", policy.id.value);
            out.report(file.at(&policy.id), message)
                .label(file.at(depth), "which is asked for here")
                .help("Say why this property satisfies the policy.");
        }
    }
}
