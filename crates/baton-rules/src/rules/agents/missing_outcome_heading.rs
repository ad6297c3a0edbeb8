//! Agents for models that begin with the outcome have the headings of that skeleton.

use crate::support::prompting::{self, is_heading};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(skeleton) = &ctx.repo.prompting().outcome_first else {
        return;
    };
    let Some(model) = prompting::one_of(ctx, file, &skeleton.families) else {
        return;
    };
    let body = file.body().of(file.text());
    let is_missing = |heading: &&String| !body.lines().any(|line| is_heading(line, heading));
    let missing: Vec<String> = skeleton
        .headings
        .iter()
        .filter(is_missing)
        .map(|heading| format!("`# {heading}`"))
        .collect();
    if missing.is_empty() {
        return;
    }
    let message = format!(
        "an agent for `{}` lacks {}",
        model.label,
        missing.join(", ")
    );
    let found = out.report(file.at(&model), message);
    found.help("Say under these headings what is to come out, when it is good and when to stop.");
    prompting::lower(found, model.family);
}
