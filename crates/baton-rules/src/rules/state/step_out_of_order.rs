//! A step is complete only when the steps before it are.

use baton_repo::session::StepStatus;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(state) = ctx.repo.session_state(file) else {
        return;
    };
    let mut waiting = state.with_status(StepStatus::Pending);
    let Some(earliest) = waiting.find(|step| !step.key.is_optional()) else {
        return;
    };
    for step in state.with_status(StepStatus::Complete) {
        let (Some(status), Some(pending)) = (&step.status, &earliest.status) else {
            continue;
        };
        if step.key < earliest.key {
            continue;
        }
        let message = format!(
            "step `{}` is complete, but step `{}` is still pending",
            step.key, earliest.key
        );
        out.report(file.at(status), message)
            .label(
                file.at(pending),
                format!("step `{}` is pending", earliest.key),
            )
            .help("Finish the earlier step first, or correct the status that is wrong.");
    }
}
