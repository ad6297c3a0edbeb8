//! The skill that writes artifacts has a template for session state.

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const KIND: &str = "session-state-template";

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !ctx.repo.layout().is("apex") || ctx.repo.of_kind(KIND).next().is_some() {
        return;
    }
    let Some(paths) = ctx.repo.layout().kinds.get(KIND) else {
        return;
    };
    for path in paths {
        let Some((skill, _)) = path.split_once("templates/") else {
            continue;
        };
        let mut files = ctx.repo.files().iter();
        let Some(file) = files.find(|file| file.path.as_str().starts_with(skill)) else {
            continue;
        };
        out.report(
            file.whole(),
            format!("the skill has no session state template `{path}`"),
        )
        .help("Add a template of version 3.0 in which every step is pending.");
        return;
    }
}
