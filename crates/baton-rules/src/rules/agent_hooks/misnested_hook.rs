//! Hooks of agents stand in groups exactly where their host has them.

use baton_repo::HookDialect;

use crate::support::agent_hooks::{conventions, manifests};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let is_flat = conventions(ctx).flat;
    for (file, manifest) in manifests(ctx) {
        let is_claude = manifest.dialect == HookDialect::Claude;
        for event in &manifest.events {
            for group in &event.groups {
                if is_claude && !group.nested {
                    let message = format!("the hook of `{}` stands in no group", event.name.value);
                    out.report(file.at(group), message).help(
                        "Write `{\"hooks\": [ … ]}` around it: Claude Code reads groups only.",
                    );
                } else if is_flat && !is_claude && group.nested {
                    let message = format!("the hooks of `{}` stand in a group", event.name.value);
                    out.report(file.at(group), message).help(
                        "Put them in the list of the event: Visual Studio Code ignores matchers.",
                    );
                }
            }
        }
    }
}
