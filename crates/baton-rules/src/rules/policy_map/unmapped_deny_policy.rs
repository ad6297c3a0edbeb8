//! Every policy that refuses resources is in the policy map.

use std::collections::BTreeSet;

use baton_repo::policy_map::found_policies;

use crate::support::policy_map::map;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(map) = map(ctx, file) else {
        return;
    };
    let Some(constraints) = ctx.repo.constraints_beside(&file.path) else {
        return;
    };
    let list = file.node().and_then(|root| root.entry("policies"));
    let at = list.map_or(file.whole(), |entry| file.at(entry));
    let mut told = BTreeSet::new();
    for policy in found_policies(constraints) {
        let id = &policy.id.value;
        if !policy.denies() || map.names(id) || !told.insert(id.to_ascii_lowercase()) {
            continue;
        }
        let message = format!("`{id}` denies resources, and the map does not have it");
        out.report(at, message)
            .label(constraints.at(&policy.id), "it was discovered")
            .help("Add the policy with the property that satisfies it.");
    }
}
