//! A step that has begun or ended says when.

use baton_repo::session::{Field, StepState, StepStatus};

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(state) = ctx.repo.session_state(file) else {
        return;
    };
    for step in &state.steps {
        let Some((key, moment)) = wanted(step) else {
            continue;
        };
        if moment.value.as_ref().is_some_and(|text| !text.is_empty()) {
            continue;
        }
        let what = match key {
            "completed" => "complete",
            _ => "in progress",
        };
        let finding = out.report(
            file.at(moment),
            format!("step `{}` is {what}, but `{key}` is empty", step.key),
        );
        finding.help(format!("Write date and time in UTC into `{key}`."));
        if let Some(status) = &step.status {
            finding.label(file.at(status), "its status");
        }
    }
}

/// The moment that a step's status asks for; a field that is absent is another rule's matter.
fn wanted(step: &StepState) -> Option<(&'static str, &Field<Option<String>>)> {
    match step.status.as_ref()?.value {
        StepStatus::Complete => Some(("completed", step.completed.as_ref()?)),
        StepStatus::InProgress => Some(("started", step.started.as_ref()?)),
        StepStatus::Pending | StepStatus::Skipped => None,
    }
}
