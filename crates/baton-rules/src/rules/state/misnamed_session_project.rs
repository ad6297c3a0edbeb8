//! The project in session state is the folder the state lies in.

use baton_repo::session::StateRole;
use baton_source::{Applicability, Fix};

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let state = ctx.repo.session_state(file);
    let Some(state) = state.filter(|state| state.role == StateRole::Project) else {
        return;
    };
    let folder = state.folder.rsplit('/').next().unwrap_or_default();
    let Some(project) = &state.project else {
        return;
    };
    // An empty name breaks the schema.
    if folder.is_empty() || project.value.is_empty() || project.value == folder {
        return;
    }
    let message = format!(
        "the project is `{}`, but its folder is `{folder}`",
        project.value
    );
    let quoted = format!("\"{}\"", folder.replace('\\', "\\\\").replace('"', "\\\""));
    out.report(file.at(project), message)
        .help("Name the project as its folder, or move the state to the project's folder.")
        .fix(Fix {
            title: format!("Set the project to `{folder}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(project.span, quoted)],
        });
}
