//! The editor looks for agents and skills where they are.

use baton_source::{Applicability, Fix, Severity};

use crate::support::editor::{appended, conventions, lists, settings, with_fix};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("devcontainer") {
        let Some(Ok(settings)) = settings(file) else {
            continue;
        };
        for location in &conventions(ctx).locations {
            let (name, path) = (&location.setting, &location.path);
            let Some(entry) = settings.entry(name) else {
                continue;
            };
            if lists(&entry.value, path) {
                continue;
            }
            let off = entry.value.entry(path);
            let message = match off {
                Some(_) => format!("`{path}` is switched off in `{name}`"),
                None => format!("`{name}` lacks the folder `{path}`"),
            };
            let at = off.map_or(file.at(entry), |off| file.at(&off.value));
            let severity = if location.vital {
                Severity::Error
            } else {
                Severity::Warning
            };
            let finding = out.report(at, message).severity(severity);
            finding.help(format!("Add `\"{path}\": true`."));
            let edit = match off {
                Some(off) => Some(file.edit(off.value.span, "true")),
                None => appended(file, &entry.value, &format!("\"{path}\": true")),
            };
            let fix = edit.map(|edit| Fix {
                title: format!("Add `{path}`"),
                applicability: Applicability::Safe,
                edits: vec![edit],
            });
            with_fix(finding, fix);
        }
    }
}
