//! A development container has the settings that agents need.

use baton_repo::editor::RequiredSetting;
use baton_source::{Applicability, Fix};

use crate::support::editor::{appended, conventions, settings, with_fix};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("devcontainer") {
        let Some(found) = settings(file) else {
            continue;
        };
        let (Ok(place) | Err(place)) = found;
        for setting in &conventions(ctx).settings {
            if found.is_ok() && place.get(&setting.name).is_some() {
                continue;
            }
            let message = format!("the setting `{}` is missing", setting.name);
            let at = opening(place.span);
            let finding = out.report(file.at(&at), message);
            finding.help(format!(
                "Set it in `customizations.vscode.settings`, as in `{}`.",
                written(ctx, setting)
            ));
            let edit = appended(file, place, &written(ctx, setting));
            let fix = edit.filter(|_| found.is_ok()).map(|edit| Fix {
                title: format!("Set `{}`", setting.name),
                applicability: Applicability::Safe,
                edits: vec![edit],
            });
            with_fix(finding, fix);
        }
    }
}

/// The bracket an object begins with.
fn opening(object: baton_source::Span) -> baton_source::Span {
    let start = object.start as usize;
    baton_source::Span::new(start, start + 1)
}

/// The setting as it should be.
fn written(ctx: &Ctx<'_>, setting: &RequiredSetting) -> String {
    let name = &setting.name;
    if let Some(value) = &setting.value {
        return format!("\"{name}\": {value}");
    }
    let locations = conventions(ctx).locations.iter();
    let folders = locations.filter(|location| location.setting == *name);
    let folders: Vec<String> = folders
        .map(|location| format!("\"{}\": true", location.path))
        .collect();
    format!("\"{name}\": {{ {} }}", folders.join(", "))
}
