//! What a deployment starts with is there.

use crate::support::iac_handoff::{from_root, handoff, is_there};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(handoff) = handoff(ctx, file) else {
        return;
    };
    let Some(entry) = &handoff.entrypoint else {
        return;
    };
    if from_root(&entry.value).is_some_and(|path| is_there(ctx.repo, &path)) {
        return;
    }
    let root = handoff.tree.as_ref().map(|tree| tree.root.value.as_str());
    let inside = root.map(|root| format!("{}/{}", root.trim_end_matches('/'), entry.value));
    let meant = inside.filter(|path| from_root(path).is_some_and(|it| is_there(ctx.repo, &it)));
    let help = match meant {
        Some(path) => format!("Write the path from the root of the repository: `{path}`."),
        None => {
            "Write the path from the root of the repository, or bring the file back.".to_owned()
        }
    };
    out.report(file.at(entry), format!("there is no `{}`", entry.value))
        .help(help);
}
