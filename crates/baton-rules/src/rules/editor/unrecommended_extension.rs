//! What a development container installs is recommended to those who work without it.

use baton_source::Applicability;

use crate::support::editor::{both_lists, conventions, with_fix};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some((installed, recommended)) = both_lists(ctx) else {
        return;
    };
    let own = ctx.settings.editor.container_only_extensions.as_ref();
    let allowed = own.unwrap_or(&conventions(ctx).container_only_extensions);
    for (id, node) in installed.ids() {
        let mut allowed = allowed.iter();
        if recommended.has(id) || allowed.any(|one| one.eq_ignore_ascii_case(id)) {
            continue;
        }
        let message = format!("the container installs `{id}`, which the editor does not recommend");
        let finding = out.report(installed.file.at(node), message);
        finding
            .help("Recommend it, or list it as `container-only-extensions` in `[options.editor]`.");
        with_fix(finding, recommended.adding(id, Applicability::Unsafe));
    }
}
