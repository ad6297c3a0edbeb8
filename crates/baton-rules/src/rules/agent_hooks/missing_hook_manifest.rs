//! Every folder of hooks says when its hook runs.

use crate::support::agent_hooks::conventions;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let conventions = conventions(ctx);
    if !conventions.expected {
        return;
    }
    let mut before = "";
    for file in ctx.repo.files() {
        let inside = file.path.as_str().strip_prefix(".github/hooks/");
        let Some((folder, _)) = inside.and_then(|inside| inside.split_once('/')) else {
            continue;
        };
        if folder == before || conventions.shared_folders.iter().any(|one| one == folder) {
            continue;
        }
        before = folder;
        let manifest = format!(".github/hooks/{folder}/hooks.json");
        if ctx.repo.file(&manifest).is_none() {
            out.report(file.whole(), format!("there is no `{manifest}`"))
                .help("Say there when the hook runs, or remove the folder.");
        }
    }
}
