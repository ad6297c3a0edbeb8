//! Agents that research tell Claude to look before it answers.

use crate::support::prompting;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(research) = &ctx.repo.prompting().research else {
        return;
    };
    let name = file.path.name();
    let mut files = research.files.iter();
    if !files.any(|prefix| name.starts_with(prefix.as_str())) {
        return;
    }
    let Some(model) = prompting::made_by(ctx, file, &research.vendor) else {
        return;
    };
    if file.body().of(file.text()).contains(&research.text) {
        return;
    }
    let message = format!(
        "an agent that researches with `{}` lacks `{}`",
        model.label, research.text
    );
    out.report(file.at(&model), message).help(format!(
        "Say in a block `{}` what the agent reads before it claims anything.",
        research.text
    ));
}
