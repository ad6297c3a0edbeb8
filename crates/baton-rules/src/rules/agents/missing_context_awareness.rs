//! Long agents for Claude say how they keep their context small.

use crate::support::{agents, prompting};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(long) = &ctx.repo.prompting().long_body else {
        return;
    };
    if agents::is_subagent(ctx, file) {
        return;
    }
    let Some(model) = prompting::made_by(ctx, file, &long.vendor) else {
        return;
    };
    let body = file.body().of(file.text());
    let lines = body.matches('\n').count() + 1;
    let max = ctx
        .settings
        .agents
        .context_awareness_lines
        .unwrap_or(long.lines);
    if lines <= max || body.contains(&long.text) {
        return;
    }
    let message = format!(
        "a body of {lines} lines for `{}` lacks `{}`, which is needed from {} lines on",
        model.label,
        long.text,
        max + 1
    );
    out.report(file.at(&model), message).help(format!(
        "Say in a block `{}` what the agent loads and when, or shorten the body.",
        long.text
    ));
}
