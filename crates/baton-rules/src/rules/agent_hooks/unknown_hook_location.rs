//! The places where the editor looks for hooks are there.

use baton_repo::{File, Repo};
use baton_source::nearest;
use baton_syntax::node::Node;

use crate::support::agent_hooks::ends_in;
use crate::support::editor::{is_on, settings};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const SETTING: &str = "chat.hookFilesLocations";

/// Where the editor looks anyway.
const BUILT_IN: [&str; 3] = [
    ".github/hooks",
    ".claude/settings.json",
    ".claude/settings.local.json",
];

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("editor-settings") {
        judge(ctx, (file, file.node()), out);
    }
    for file in ctx.repo.of_kind("devcontainer") {
        judge(ctx, (file, settings(file).and_then(Result::ok)), out);
    }
}

fn judge(ctx: &Ctx<'_>, (file, place): (&File, Option<&Node>), out: &mut Findings) {
    let locations = place.and_then(|place| place.get(SETTING));
    for entry in locations.map_or(&[][..], Node::entries) {
        let path = entry.key.trim_start_matches("./").trim_end_matches('/');
        let is_own = !path.starts_with(['~', '/', '$']) && !path.starts_with("..");
        if !is_own || !is_on(&entry.value) || BUILT_IN.contains(&path) || holds(ctx.repo, path) {
            continue;
        }
        let message = if ctx.repo.has_folder(path) {
            format!("`{path}` holds no file with hooks")
        } else {
            format!("there is no `{path}`")
        };
        let finding = out.report(file.at(entry), message);
        let manifests = ctx
            .repo
            .of_kind("agent-hooks")
            .map(|file| file.path.parent());
        match nearest(path, manifests) {
            Some(meant) => finding.help(format!("Did you mean `{meant}`?")),
            None => finding.help("Remove the entry, or add the hooks."),
        };
    }
}

/// Whether a path is a file, or a folder with a JSON file in it.
fn holds(repo: &Repo, path: &str) -> bool {
    if repo.file(path).is_some() {
        return true;
    }
    let files = repo.files().iter().map(|file| &file.path);
    let mut inside = files.filter(|file| file.parent() == path);
    inside.any(|file| ends_in(file.as_str(), "json"))
}
