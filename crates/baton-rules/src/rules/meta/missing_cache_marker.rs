//! An agent that demands a frozen artifact says how to look things up without reading it again.

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
    if !mentions(file.text(), &budget.cache_markers) {
        let name = at.of(file.text());
        let message =
            format!("`{name}` is demanded, but nothing says how to look things up in the cache");
        out.report(file.at(&at), message).help(format!(
            "Say when to call `{}`.",
            budget.cache_markers.join("` or `")
        ));
    }
}
