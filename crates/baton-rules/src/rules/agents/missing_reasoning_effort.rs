//! Agents that people call say how long Claude ought to think.

use crate::support::{agents, prompting};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(effort) = &ctx.repo.prompting().reasoning_effort else {
        return;
    };
    if agents::is_subagent(ctx, file) {
        return;
    }
    let Some(model) = prompting::made_by(ctx, file, &effort.vendor) else {
        return;
    };
    if file.body().of(file.text()).contains(&effort.text) {
        return;
    }
    let message = format!(
        "an agent for `{}` does not speak of `{}`",
        model.label, effort.text
    );
    out.report(file.at(&model), message).help(format!(
        "Add a comment with the `{}` you recommend.",
        effort.text
    ));
}
