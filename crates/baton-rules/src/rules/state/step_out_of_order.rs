//! A step is complete only when the steps before it are.

use baton_repo::session::{StepState, StepStatus};

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(state) = ctx.repo.session_state(file) else {
        return;
    };
    for pending in state.with_status(StepStatus::Pending) {
        let complete = state.with_status(StepStatus::Complete);
        let later: Vec<&StepState> = complete.filter(|step| step.key > pending.key).collect();
        let (Some(status), false) = (&pending.status, pending.key.is_optional()) else {
            continue;
        };
        if later.is_empty() {
            continue;
        }
        let keys: Vec<String> = later.iter().map(|step| format!("`{}`", step.key)).collect();
        let which = match keys.split_last() {
            Some((last, before)) if !before.is_empty() => {
                format!("steps {} and {last} are", before.join(", "))
            }
            _ => format!("step {} is", keys.concat()),
        };
        let message = format!("step `{}` is pending, but {which} complete", pending.key);
        let finding = out.report(file.at(status), message);
        finding.help("Finish the earlier step first, or correct the status that is wrong.");
        for step in later {
            if let Some(status) = &step.status {
                finding.label(file.at(status), format!("step `{}` is complete", step.key));
            }
        }
    }
}
