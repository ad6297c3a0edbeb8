//! The language at the top of session state is the one that routes.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(state) = ctx.repo.session_state(file) else {
        return;
    };
    let (Some(top), Some(decision)) = (&state.iac_tool, state.decision("iac_tool")) else {
        return;
    };
    let routing = decision.value.as_str().unwrap_or_default();
    if top.value.is_empty() || routing.is_empty() || top.value.eq_ignore_ascii_case(routing) {
        return;
    }
    let message = format!(
        "`decisions.iac_tool` is `{routing}`, but `iac_tool` is `{}`",
        top.value
    );
    out.report(file.at(&decision.value), message)
        .label(file.at(top), "the other one")
        .help("Write the language that was chosen in both places.");
}
