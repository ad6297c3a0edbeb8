//! Sessions and agents of Claude Code start in a mode that there is.

use baton_source::nearest;
use baton_syntax::node::Node;

use crate::support::claude_settings::format;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let mode = if ctx.repo.is_kind(file, "claude-settings") {
        file.node()
            .and_then(|root| root.pointer("/permissions/defaultMode"))
    } else {
        let root = file.front_matter().root.as_ref();
        root.and_then(|root| root.get("permissionMode"))
    };
    let Some(mode) = mode.filter(|mode| !mode.is_null()) else {
        return;
    };
    let known = || format().modes.iter().map(String::as_str);
    let written = mode.as_str().unwrap_or("");
    if known().any(|known| known == written) {
        return;
    }
    let message = match Node::as_str(mode) {
        Some(written) => format!("there is no permission mode `{written}`"),
        None => "a permission mode is a text".to_owned(),
    };
    let same = known().find(|known| known.eq_ignore_ascii_case(written));
    let finding = out.report(file.at(mode), message);
    match same.or_else(|| nearest(written, known())) {
        Some(meant) => finding.help(format!("Did you mean `{meant}`?")),
        None => finding.help(format!(
            "Write {}.",
            crate::support::agent_hooks::listed(known())
        )),
    };
}
