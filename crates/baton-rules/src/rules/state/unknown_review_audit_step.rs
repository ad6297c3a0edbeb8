//! The review audit speaks only of steps that are reviewed.

use baton_repo::session::StepKey;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(state) = ctx.repo.session_state(file) else {
        return;
    };
    for audit in &state.review_audit {
        let is_spelt = audit.step.map(|step| format!("step_{step}"));
        let is_reviewed = !matches!(audit.step, Some(StepKey::Design | StepKey::AsBuilt));
        if is_reviewed && is_spelt.as_ref() == Some(&audit.key.value) {
            continue;
        }
        let message = format!("`{}` is no step that is reviewed", audit.key.value);
        out.report(file.at(&audit.key), message).help(
            "Use `step_1`, `step_2`, `step_3_5`, `step_4`, `step_5` or `step_6`, or remove the entry.",
        );
    }
}
