//! Files of every extension that the block list names are looked at.

use baton_syntax::glob::GlobSet;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let extensions = file.node().and_then(|root| root.get("fileExtensions"));
    let Some(extensions) = extensions else {
        return;
    };
    let globs = ctx.repo.layout().kinds.get("terminology-text");
    let Ok(looked_at) = GlobSet::new(globs.map_or(&[][..], Vec::as_slice)) else {
        return;
    };
    let has_dot = |text: &str| text.len() > 1 && text.starts_with('.');
    for node in extensions.items() {
        let Some(extension) = node.as_str() else {
            continue;
        };
        if !has_dot(extension) {
            let message = format!("`{extension}` is no extension, which begins with a dot");
            out.report(file.at(node), message).help(format!(
                "Write `.{}`.",
                extension.trim_start_matches(['*', '.'])
            ));
        } else if !looked_at.matches(&format!("text{extension}")) {
            let message = format!("no file that ends in `{extension}` is looked at");
            out.report(file.at(node), message).help(format!(
                "Set `terminology-text` in `[layout.kinds]` of `baton.toml` to globs with `**/*{extension}`."
            ));
        }
    }
}
