//! What the editor recommends is installed in the development container.

use baton_source::Applicability;

use crate::support::editor::{both_lists, with_fix};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some((installed, recommended)) = both_lists(ctx) else {
        return;
    };
    for (id, node) in recommended.ids() {
        if installed.has(id) {
            continue;
        }
        let message = format!("the editor recommends `{id}`, which the container does not install");
        let finding = out.report(recommended.file.at(node), message);
        finding.help("Install it in the container, or do not recommend it.");
        with_fix(finding, installed.adding(id, Applicability::Unsafe));
    }
}
