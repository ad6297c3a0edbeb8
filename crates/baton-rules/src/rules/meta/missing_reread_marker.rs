//! An agent that demands a frozen artifact says that it is not read again.

use crate::support::meta::{demanded, mentions};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(budget) = ctx.context_budget() else {
        return;
    };
    let Some(at) = demanded(file, budget) else {
        return;
    };
    if !mentions(file.text(), &budget.reread_markers) {
        let name = at.of(file.text());
        let message = format!("`{name}` is demanded, but nothing forbids to read it again");
        let markers = budget.reread_markers.join("`, `");
        out.report(file.at(&at), message)
            .help(format!("Add one of `{markers}`."));
    }
}
