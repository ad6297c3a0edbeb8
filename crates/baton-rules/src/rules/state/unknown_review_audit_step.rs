//! The review audit speaks only of steps that are reviewed.

use baton_repo::session::StepKey;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(state) = ctx.repo.session_state(file) else {
        return;
    };
    let version = state.schema_version.as_ref();
    let is_current = version.is_none_or(|version| version.value == "3.0");
    for audit in &state.review_audit {
        let key = &audit.key.value;
        let is_spelt = audit
            .step
            .is_some_and(|step| *key == format!("step_{step}"));
        // Before version 3.0 the key was written with a dot.
        let is_dotted = !is_current && key == "step_3.5";
        let is_reviewed = !matches!(audit.step, Some(StepKey::Design | StepKey::AsBuilt));
        if is_reviewed && (is_spelt || is_dotted) {
            continue;
        }
        let message = format!("`{}` is no step that is reviewed", audit.key.value);
        out.report(file.at(&audit.key), message).help(
            "Use `step_1`, `step_2`, `step_3_5`, `step_4`, `step_5` or `step_6`, or remove the entry.",
        );
    }
}
