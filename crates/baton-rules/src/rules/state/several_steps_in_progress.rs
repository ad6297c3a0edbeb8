//! At most one step is in progress.

use baton_repo::session::StepStatus;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(state) = ctx.repo.session_state(file) else {
        return;
    };
    let mut working = state.with_status(StepStatus::InProgress);
    let Some(first) = working.next() else {
        return;
    };
    for step in working {
        let (Some(status), Some(other)) = (&step.status, &first.status) else {
            continue;
        };
        let message = format!(
            "step `{}` is in progress together with step `{}`",
            step.key, first.key
        );
        out.report(file.at(status), message)
            .label(
                file.at(other),
                format!("step `{}` is in progress", first.key),
            )
            .help("Leave only the step in progress that is being worked on.");
    }
}
