//! The scripts that hooks of agents run are there.

use baton_repo::agent_hooks::ScriptFound;
use baton_source::nearest;

use crate::support::agent_hooks::scripts;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for used in scripts(ctx) {
        if used.found(ctx) != ScriptFound::Missing {
            continue;
        }
        let path = &used.script.path;
        let finding = out.report(
            used.file.at(used.command),
            format!("there is no script `{path}`"),
        );
        let name = path.rsplit('/').next().unwrap_or(path);
        // Somebody moved it, or its name is misspelt.
        let files = || ctx.repo.files().iter().map(|file| &file.path);
        let moved = files().find(|file| file.name() == name);
        let folder = used.file.path.parent();
        let beside = files()
            .filter(|file| file.parent() == folder)
            .map(baton_source::RepoPath::name);
        match (moved, nearest(name, beside)) {
            (Some(moved), _) => finding.help(format!("Did you mean `{moved}`?")),
            (None, Some(meant)) => finding.help(format!("Did you mean `{meant}`?")),
            (None, None) => finding.help("Add the script, or correct its path."),
        };
    }
}
