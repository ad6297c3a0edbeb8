//! The artifacts that steps list exist.

use baton_repo::Repo;
use baton_repo::session::{SessionState, StateRole};
use baton_source::RepoPath;
use baton_syntax::glob;

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for state in ctx.repo.session_states() {
        let Some(file) = ctx.repo.by_id(state.file) else {
            continue;
        };
        if state.role == StateRole::Template {
            continue;
        }
        let listed = state.steps.iter().flat_map(|step| {
            step.artifacts
                .iter()
                .map(move |artifact| (step.key, artifact))
        });
        for (step, artifact) in listed {
            if exists(ctx.repo, state, &artifact.value) {
                continue;
            }
            let message = format!(
                "step `{step}` lists `{}`, which does not exist",
                artifact.value
            );
            out.report(file.at(artifact), message).help(
                "Write a path from the project's folder or from the root, or remove the entry.",
            );
        }
    }
}

/// Whether a path exists below the project's folder or below the root.
fn exists(repo: &Repo, state: &SessionState, listed: &str) -> bool {
    // Places on the network are not ours to look at.
    if listed.contains("://") {
        return true;
    }
    let folder = state.folder.rsplit('/').next().unwrap_or_default();
    let listed = listed
        .replace('\\', "/")
        .replace("{project}", folder)
        .replace("{project-name}", folder);
    let file = listed.split('#').next().unwrap_or_default();
    if file.is_empty() {
        return false;
    }
    let base = RepoPath::new(&format!("{}/x", state.folder));
    let candidates = [base.join(file), RepoPath::new("x").join(file)];
    let mut candidates = candidates.into_iter().flatten();
    candidates.any(|path| is_there(repo, path.as_str()))
}

fn is_there(repo: &Repo, path: &str) -> bool {
    if repo.file(path).is_some() || repo.has_folder(path) {
        return true;
    }
    let matches = |pattern: &str, path: &str| glob::matches(pattern, path).unwrap_or(false);
    // What is excluded is not listed, so nothing is known about it.
    let mut excluded = repo.layout().exclude.iter();
    if excluded.any(|pattern| matches(pattern, path)) {
        return true;
    }
    let mut files = repo.files().iter();
    path.contains('*') && files.any(|file| matches(path, file.path.as_str()))
}
