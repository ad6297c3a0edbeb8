//! A file with variables for a server is there, or is meant to be nobody else's business.

use baton_repo::File;
use baton_syntax::glob::GlobSet;

use crate::support::mcp::servers;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for server in servers(ctx, file) {
        let Some(node) = server.value.get("envFile") else {
            continue;
        };
        let Some(path) = node.as_str().and_then(within) else {
            continue;
        };
        if ctx.repo.file(path).is_some() || is_ignored(ctx, path) {
            continue;
        }
        out.report(file.at(node), format!("there is no file `{path}`"))
            .help("Correct the path; if everybody has a file of their own, let git ignore it.");
    }
}

/// The path in the repository that a value means, if it means one.
fn within(value: &str) -> Option<&str> {
    let path = value
        .strip_prefix("${workspaceFolder}/")
        .or(value.strip_prefix("./"))?;
    let is_plain = !path.contains("${") && !path.split('/').any(|part| part == "..");
    is_plain.then_some(path)
}

/// Whether git is told to leave such a file alone.
fn is_ignored(ctx: &Ctx<'_>, path: &str) -> bool {
    let lists = ctx.repo.files().iter();
    let lists = lists.filter(|file| file.path.name() == ".gitignore");
    let mut lines = lists.flat_map(|file| file.text().lines());
    lines.any(|line| {
        let pattern = line.trim().trim_end_matches('/').rsplit('/').next();
        let pattern = pattern.filter(|pattern| !pattern.is_empty() && !pattern.starts_with('#'));
        let globs = pattern.and_then(|pattern| GlobSet::new([pattern]).ok());
        globs.is_some_and(|globs| path.split('/').any(|part| globs.matches(part)))
    })
}
