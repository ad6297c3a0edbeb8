//! No policy stands twice in a policy map.

use crate::support::policy_map::map;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(map) = map(ctx, file) else {
        return;
    };
    for (at, policy) in map.policies.iter().enumerate() {
        let id = &policy.id;
        let mut before = map.policies.iter().take(at);
        if let Some(first) = before.find(|first| first.id.value == id.value) {
            out.report(file.at(id), format!("`{}` stands twice", id.value))
                .label(file.at(&first.id), "it stands here first")
                .help("Keep one entry for each policy.");
        }
    }
}
