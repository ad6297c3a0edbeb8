//! Pages do not lead into folders that are gone.

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let pack = docs::conventions(ctx);
    let is_page = docs::is_fresh_page(ctx, file);
    if is_page && !docs::holds_part(file.path.as_str(), &pack.docs_folder_exempt) {
        let own = ctx.settings.docs.removed_docs_folders.as_ref();
        for folder in own.unwrap_or(&pack.removed_docs_folders) {
            judge(ctx, file, folder, out);
        }
    }
    let is_guide = is_page && !docs::is_history(file) || ctx.repo.is_kind(file, "guidance");
    if is_guide {
        for folder in &pack.removed_guide_folders {
            judge(ctx, file, folder, out);
        }
    }
}

fn judge(ctx: &Ctx<'_>, file: &File, listed: &str, out: &mut Findings) {
    let mut of_guides = docs::conventions(ctx).removed_guide_folders.iter();
    let may_tell = of_guides.any(|one| one == listed);
    let folder = docs::as_folder(listed);
    for span in docs::paths(file.text(), &folder) {
        let is_told = may_tell && docs::says_so(docs::line(file, span.start));
        if is_told || ctx.repo.has_folder(&folder) {
            continue;
        }
        out.report(
            file.at(&span),
            format!("there is no folder `{folder}` any more"),
        )
        .help("Lead to what took its place, or remove the reference.");
    }
}
