//! Moments in session state can be read.

use baton_repo::Moment;
use baton_repo::session::{Field, StateRole};

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let state = ctx.repo.session_state(file);
    let Some(state) = state.filter(|state| state.role == StateRole::Project) else {
        return;
    };
    if let Some(updated) = &state.updated {
        judge(file, updated, &updated.value, out);
    }
    for step in &state.steps {
        for moment in [&step.started, &step.completed].into_iter().flatten() {
            if let Some(text) = &moment.value {
                judge(file, moment, text, out);
            }
        }
    }
}

fn judge<T>(file: &File, at: &Field<T>, text: &str, out: &mut Findings) {
    if text.is_empty() || text.parse::<Moment>().is_ok() {
        return;
    }
    out.report(file.at(at), format!("`{text}` is no moment"))
        .help("Write date and time in UTC, such as `2026-01-31T12:00:00Z`.");
}
