//! The editor loads every folder of hooks.

use baton_repo::File;
use baton_source::{Applicability, Fix, Severity};
use baton_syntax::node::{Node, Value};

use crate::support::agent_hooks::conventions;
use crate::support::editor::{appended, settings, with_fix};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const SETTING: &str = "chat.hookFilesLocations";

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    let is_expected = conventions(ctx).listed;
    let editor = repo.of_kind("editor-settings").next();
    let container = repo.of_kind("devcontainer").next();
    for file in repo.of_kind("agent-hooks") {
        let folder = file.path.parent();
        let inside = folder.strip_prefix(".github/hooks/");
        let hooks = file.node().and_then(|root| root.get("hooks"));
        let has_hooks = hooks.is_some_and(|hooks| !hooks.entries().is_empty());
        if inside.is_none_or(str::is_empty) || !has_hooks {
            continue;
        }
        if !is_expected {
            let places = [
                editor.and_then(File::node),
                container.and_then(container_settings),
            ];
            if !places
                .into_iter()
                .flatten()
                .any(|place| lists(place, folder))
            {
                out.report(file.whole(), "the editor does not look into this folder")
                    .help(format!("Add `\"{folder}\": true` to `{SETTING}`."));
            }
            continue;
        }
        match editor {
            Some(settings) => judge(file, (settings, settings.node()), out),
            None => {
                out.report(
                    file.whole(),
                    "there is no `.vscode/settings.json` that lists this folder",
                )
                .severity(Severity::Error)
                .help(format!("Add `\"{folder}\": true` to `{SETTING}` there."));
            }
        }
        if let Some(container) = container {
            judge(file, (container, container_settings(container)), out);
        }
    }
}

fn container_settings(file: &File) -> Option<&Node> {
    settings(file)?.ok()
}

fn lists(place: &Node, folder: &str) -> bool {
    let entries = place.get(SETTING).map_or(&[][..], Node::entries).iter();
    let mut entries = entries.filter(|entry| entry.value.as_bool() == Some(true));
    entries.any(|entry| {
        let path = entry.key.trim_start_matches("./").trim_end_matches('/');
        path == folder || path.strip_suffix("/hooks.json") == Some(folder)
    })
}

/// Reports that settings do not list the folder of a manifest.
fn judge(manifest: &File, (file, place): (&File, Option<&Node>), out: &mut Findings) {
    if file.node().is_none() || !file.document().errors.is_empty() {
        return;
    }
    let folder = manifest.path.parent();
    if place.is_some_and(|place| lists(place, folder)) {
        return;
    }
    let setting = place.and_then(|place| place.entry(SETTING));
    let own = setting.and_then(|setting| setting.value.entry(folder));
    let (at, message) = match (setting, own) {
        (_, Some(own)) => (
            file.at(&own.value),
            format!("`{folder}` is not switched on"),
        ),
        (Some(setting), None) => (file.at(setting), format!("`{SETTING}` lacks `{folder}`")),
        (None, None) => (
            file.whole(),
            format!("`{SETTING}` is missing, so nobody loads `{folder}`"),
        ),
    };
    let finding = out.report(at, message).severity(Severity::Error);
    finding.label(manifest.whole(), "the hook is here");
    finding.help(format!("Add `\"{folder}\": true`."));
    let edit = match (setting, own) {
        (_, Some(own)) => Some(file.edit(own.value.span, "true")),
        (Some(setting), None) if matches!(setting.value.value, Value::Mapping(_)) => {
            appended(file, &setting.value, &format!("\"{folder}\": true"))
        }
        _ => None,
    };
    let fix = edit.map(|edit| Fix {
        title: format!("Add `{folder}`"),
        applicability: Applicability::Safe,
        edits: vec![edit],
    });
    with_fix(finding, fix);
}
