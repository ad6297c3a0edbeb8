//! Somebody reads every key of a hook.

use baton_repo::HookDialect;
use baton_source::{Location, nearest};

use crate::support::agent_hooks::manifests;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let dialects = [
        HookDialect::VsCode,
        HookDialect::Claude,
        HookDialect::Copilot,
    ];
    for (file, manifest) in manifests(ctx) {
        let host = manifest.dialect.host();
        // Hooks of the wrong shape have keys of their own.
        let groups = manifest.events.iter().flat_map(|event| &event.groups);
        let is_claude = manifest.dialect == HookDialect::Claude;
        let hooks = groups.filter(|group| group.nested == is_claude || !is_claude);
        for key in hooks
            .flat_map(|group| &group.hooks)
            .flat_map(|hook| &hook.keys)
        {
            let name = key.name.value.as_str();
            let is_known = |keys: &[String]| keys.iter().any(|key| key == name);
            if is_known(&host.keys) {
                continue;
            }
            let elsewhere = dialects.iter().find(|one| is_known(&one.host().keys));
            let meant = match name {
                "timeoutSec" | "timeoutSeconds" | "timeout_sec" => Some("timeout"),
                _ => nearest(name, host.keys.iter().map(String::as_str)),
            };
            let at = Location {
                file: file.id,
                span: Some(key.name.span),
            };
            match (elsewhere, meant) {
                (_, Some(meant)) => {
                    out.report(at, format!("{} reads no `{name}` of a hook", host.host))
                        .help(format!("Did you mean `{meant}`?"));
                }
                (Some(other), None) => {
                    let other = &other.host().host;
                    out.report(at, format!("{} reads no `{name}` of a hook", host.host))
                        .help(format!("Remove it: only {other} reads it."));
                }
                (None, None) => {}
            }
        }
    }
}
