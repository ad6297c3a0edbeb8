//! Nothing speaks of shared folders that are gone.

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let own = ctx.settings.docs.removed_folders.as_ref();
    let removed = own.unwrap_or(&docs::conventions(ctx).removed_folders);
    if !docs::is_scanned(ctx, file) {
        return;
    }
    for (folder, instead) in removed {
        let folder = docs::as_folder(folder);
        let mut spans = docs::paths(file.text(), &folder).peekable();
        let is_there = |folder: &str| {
            ctx.repo.has_folder(folder) || ctx.repo.has_folder(&format!(".github/{folder}"))
        };
        if spans.peek().is_none() || is_there(&folder) {
            continue;
        }
        for span in spans {
            out.report(
                file.at(&span),
                format!("there is no folder `{folder}` any more"),
            )
            .help(docs::instead(instead));
        }
    }
}
