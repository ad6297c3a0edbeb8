//! Rules for Cursor end in .mdc.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let front = baton_repo::host::by_line(file);
    let keys = ["alwaysApply", "globs"];
    let found = keys.iter().find_map(|key| front.root.as_ref()?.entry(key));
    let Some(entry) = found else { return };
    let message = format!(
        "Cursor reads `{}` in files that end in `.mdc` only",
        entry.key
    );
    let name = file.path.name();
    let stem = name.strip_suffix(".md").unwrap_or(name);
    out.report(file.at(entry), message)
        .help(format!("Rename the file to `{stem}.mdc`."));
}
