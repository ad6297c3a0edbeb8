//! Hooks of agents stand where their host looks for them.

use baton_repo::agent_hooks::HookFaultKind;

use crate::support::agent_hooks::manifests;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, manifest) in manifests(ctx) {
        for fault in &manifest.faults {
            let (message, help) = match &fault.kind {
                HookFaultKind::NoObject => (
                    "a file with hooks is an object".to_owned(),
                    "Write `{\"hooks\": {}}`.",
                ),
                HookFaultKind::NoHooks => (
                    "the key `hooks` is missing".to_owned(),
                    "Put the events below `hooks`.",
                ),
                HookFaultKind::HooksNoObject => (
                    "`hooks` is no object".to_owned(),
                    "Write an object with a list for each event.",
                ),
                HookFaultKind::EventNoList(event) => (
                    format!("`{event}` has no list of hooks"),
                    "Put the hooks of the event in a list.",
                ),
                HookFaultKind::EntryNoObject(event) => (
                    format!("an entry of `{event}` is no object"),
                    "Write an object with `type` and what the type needs.",
                ),
                HookFaultKind::GroupNoList => (
                    "the `hooks` of a group are no list".to_owned(),
                    "Put the hooks of the group in a list.",
                ),
            };
            out.report(file.at(fault), message).help(help);
        }
    }
}
