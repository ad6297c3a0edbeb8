//! Scripts of hooks can be run as their commands run them.

use baton_repo::FileMode;
use baton_repo::agent_hooks::{HookShell, Run, ScriptFound};

use crate::support::agent_hooks::{conventions, ends_in, scripts};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let interpreter = conventions(ctx).interpreter.as_deref();
    for used in scripts(ctx) {
        let path = used.script.path.as_str();
        if used.command.shell == HookShell::PowerShell {
            continue;
        }
        let at = used.file.at(used.command);
        if let Some(wanted) = interpreter.filter(|_| ends_in(path, "sh")) {
            if used.script.run != Run::By(wanted.to_owned()) {
                out.report(at, format!("`{path}` is not run by `{wanted}`"))
                    .help(format!(
                        "Write `{wanted}` before it: executable bits get lost."
                    ));
            }
            continue;
        }
        let ScriptFound::File(id) = used.found(ctx) else {
            continue;
        };
        let script = ctx.repo.by_id(id);
        let is_plain = script.is_some_and(|script| script.mode() == Some(FileMode::Regular));
        if used.script.run == Run::Directly && is_plain {
            let finding = out.report(at, format!("`{path}` is run, but is not executable"));
            finding.help("Set its executable bit, or write the program that reads it first.");
            if let Some(script) = script {
                finding.label(script.whole(), "its mode is that of an ordinary file");
            }
        }
    }
}
