//! Hooks of agents have a type that their host knows.

use baton_repo::HookDialect;

use crate::support::agent_hooks::{conventions, is_read_by_both, listed, manifests};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let own = &conventions(ctx).types;
    for (file, manifest) in manifests(ctx) {
        let host = manifest.dialect.host();
        let known: Vec<&str> = match own.as_slice() {
            [] => host.types.keys().map(String::as_str).collect(),
            own => own.iter().map(String::as_str).collect(),
        };
        for (_, _, hook) in manifest.hooks() {
            let help = format!("Write {}.", listed(known.iter().copied()));
            match &hook.kind {
                Some(kind) if known.contains(&kind.value.as_str()) => {}
                Some(kind)
                    if own.is_empty()
                        && is_read_by_both(manifest)
                        && HookDialect::Copilot.host().types.contains_key(&kind.value) => {}
                Some(kind) => {
                    let at = baton_source::Location {
                        file: file.id,
                        span: Some(kind.span),
                    };
                    let message = format!("{} runs no hook of this type", host.host);
                    out.report(at, message).help(help);
                }
                None if host.type_required || !own.is_empty() => {
                    out.report(file.at(hook), "the hook has no `type`")
                        .help(help);
                }
                None => {}
            }
        }
    }
}
