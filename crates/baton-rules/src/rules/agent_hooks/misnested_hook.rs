//! Hooks of agents stand in groups exactly where their host has them.

use baton_repo::HookDialect;

use crate::support::agent_hooks::{conventions, manifests};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let is_flat = conventions(ctx).flat;
    for (file, manifest) in manifests(ctx) {
        let is_claude = manifest.dialect == HookDialect::Claude;
        let events = manifest.events.iter();
        let groups = events.flat_map(|event| event.groups.iter().map(move |group| (event, group)));
        for (event, group) in groups {
            let event = &event.name.value;
            if is_claude && !group.nested {
                out.report(
                    file.at(group),
                    format!("the hook of `{event}` stands in no group"),
                )
                .help("Write `{\"hooks\": [ … ]}` around it: Claude Code reads groups only.");
            } else if is_flat && !is_claude && group.nested {
                out.report(
                    file.at(group),
                    format!("the hooks of `{event}` stand in a group"),
                )
                .help("Put them in the list of the event: Visual Studio Code ignores matchers.");
            }
        }
    }
}
