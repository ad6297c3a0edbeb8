//! `current_step` is the number of the step in progress.

use baton_repo::session::StepStatus;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(state) = ctx.repo.session_state(file) else {
        return;
    };
    let Some(current) = state
        .current_step
        .as_ref()
        .filter(|current| (0..=7).contains(&current.value))
    else {
        return;
    };
    let mut working = state.with_status(StepStatus::InProgress);
    if working.any(|step| step.key.number() == current.value) {
        return;
    }
    let Some(step) = state.with_status(StepStatus::InProgress).next() else {
        return;
    };
    let message = format!(
        "`current_step` is {}, but step `{}` is in progress",
        current.value, step.key
    );
    let finding = out.report(file.at(current), message);
    finding.help(format!(
        "Write {}, or correct the status of the step.",
        step.key.number()
    ));
    if let Some(status) = &step.status {
        finding.label(
            file.at(status),
            format!("step `{}` is in progress", step.key),
        );
    }
}
