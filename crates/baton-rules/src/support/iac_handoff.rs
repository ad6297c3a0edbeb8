//! What rules about handoffs of infrastructure code share.

use baton_repo::{IacHandoff, Repo};
use baton_source::RepoPath;

use crate::{Ctx, File};

/// The handoff in a file.
pub(crate) fn handoff<'r>(ctx: &Ctx<'r>, file: &File) -> Option<&'r IacHandoff> {
    let mut handoffs = ctx.repo.iac_handoffs().iter();
    handoffs.find(|handoff| handoff.file == file.id)
}

/// A path from the root of the repository; `None` when it leads out of it.
pub(crate) fn from_root(path: &str) -> Option<RepoPath> {
    RepoPath::new("").join(path)
}

/// Whether there is a file or a folder.
pub(crate) fn is_there(repo: &Repo, path: &RepoPath) -> bool {
    repo.file(path.as_str()).is_some() || path.as_str().is_empty() || repo.has_folder(path.as_str())
}
