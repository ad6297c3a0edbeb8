//! What the manifest of a plugin names is there.

use baton_repo::File;
use baton_source::{RepoPath, nearest};
use baton_syntax::node::Node;

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Keys that hold paths; servers may be built first.
const KEYS: [&str; 6] = [
    "agents",
    "commands",
    "skills",
    "hooks",
    "outputStyles",
    "workflows",
];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else { return };
    let folder = file.path.parent();
    let Some(folder) = folder.strip_suffix(".claude-plugin") else {
        return;
    };
    for key in KEYS {
        let Some(value) = root.get(key) else { continue };
        for node in std::iter::once(value).chain(value.items()) {
            judge(ctx, file, (folder, node), out);
        }
    }
}

fn judge(ctx: &Ctx<'_>, file: &File, (folder, node): (&str, &Node), out: &mut Findings) {
    let Some(path) = node.as_str().and_then(|text| text.strip_prefix("./")) else {
        return;
    };
    let path = path.trim_end_matches('/');
    if path.is_empty() || path.contains(['$', '*', '\\']) {
        return;
    }
    let Some(target) = RepoPath::new(&format!("{folder}.")).join(path) else {
        return;
    };
    let excluded = ctx.repo.excluded().binary_search(&target).is_ok();
    if excluded || ctx.repo.file(target.as_str()).is_some() || ctx.repo.has_folder(target.as_str())
    {
        return;
    }
    let beside = ctx.repo.files().iter();
    let beside = beside.filter(|other| other.path.parent() == target.parent());
    let meant = nearest(target.name(), beside.map(|other| other.path.name()));
    let help = meant.map_or_else(
        || "Add it, or take the path out.".to_owned(),
        |meant| format!("Did you mean `{meant}`?"),
    );
    out.report(file.at(node), format!("the plugin has no `{path}`"))
        .help(help);
}
