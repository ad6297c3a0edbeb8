//! Hooks of agents say what they do.

use baton_repo::agent_hooks::Hook;
use baton_repo::{File, HookDialect};

use crate::support::agent_hooks::{listed, manifests};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, manifest) in manifests(ctx) {
        for (_, _, hook) in manifest.hooks() {
            judge(file, (hook, manifest.dialect), out);
        }
    }
}

fn judge(file: &File, (hook, dialect): (&Hook, HookDialect), out: &mut Findings) {
    let kind = hook.kind.as_ref().map_or("command", |kind| &kind.value);
    for needed in dialect.host().types.get(kind).into_iter().flatten() {
        if needed.iter().any(|key| hook.says(key)) {
            continue;
        }
        let keys = listed(needed.iter().map(String::as_str));
        let message = format!("a hook of type `{kind}` needs {keys}");
        let mut keys = hook.keys.iter();
        let empty = keys.find(|key| needed.contains(&key.name.value));
        let at = baton_source::Location {
            file: file.id,
            span: Some(empty.map_or(hook.span, |key| key.name.span)),
        };
        out.report(at, message)
            .help("Say what is done, or remove the hook.");
    }
}
