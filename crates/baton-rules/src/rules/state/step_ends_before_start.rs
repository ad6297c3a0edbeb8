//! No step ends before it begins.

use baton_repo::Moment;
use baton_repo::session::Field;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(state) = ctx.repo.session_state(file) else {
        return;
    };
    for step in &state.steps {
        let (Some(started), Some(completed)) = (&step.started, &step.completed) else {
            continue;
        };
        let (Some(begin), Some(end)) = (moment(started), moment(completed)) else {
            continue;
        };
        if end < begin {
            let message = format!("step `{}` is completed before it is started", step.key);
            out.report(file.at(completed), message)
                .label(file.at(started), "it is started here")
                .help("Correct the moment that is wrong.");
        }
    }
}

fn moment(field: &Field<Option<String>>) -> Option<Moment> {
    field.value.as_ref()?.parse().ok()
}
