//! Single files of a commit, without a listing of the others.

use std::path::Path;

use baton_source::RepoPath;
use git2::{ErrorCode, Repository, Tree};

use super::Git;

/// What a commit holds at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// No file.
    Absent,
    /// A file or a link, whose text libgit2 cannot give or nobody wants to have.
    Unreadable,
    /// A file.
    Bytes(Vec<u8>),
}

impl Git {
    /// What a commit holds at some paths; before the first one, there is nothing at `HEAD`.
    pub fn held<'a>(
        &self,
        commit: &str,
        paths: &[&'a RepoPath],
        limit: usize,
    ) -> Vec<(&'a RepoPath, Held)> {
        let every = |held: Held| {
            paths
                .iter()
                .map(move |path| (*path, held.clone()))
                .collect()
        };
        let Ok(repository) = &self.repository else {
            return every(Held::Unreadable);
        };
        let tree = repository
            .revparse_single(commit)
            .and_then(|object| object.peel_to_tree());
        let tree = match tree {
            Ok(tree) => tree,
            Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => {
                return every(Held::Absent);
            }
            Err(_) => return every(Held::Unreadable),
        };
        let prefix = String::from_utf8_lossy(&self.prefix()).into_owned();
        let paths = paths.iter().map(|path| {
            let inside = format!("{prefix}{path}");
            (*path, held(repository, &tree, (Path::new(&inside), limit)))
        });
        paths.collect()
    }
}

fn held(repository: &Repository, tree: &Tree<'_>, (path, limit): (&Path, usize)) -> Held {
    let entry = match tree.get_path(path) {
        Ok(entry) => entry,
        Err(error) if error.code() == ErrorCode::NotFound => return Held::Absent,
        Err(_) => return Held::Unreadable,
    };
    let is_file = matches!(entry.filemode(), 0o100_644 | 0o100_755);
    let blob = is_file
        .then(|| repository.find_blob(entry.id()).ok())
        .flatten();
    match blob {
        Some(blob) if blob.size() <= limit => Held::Bytes(blob.content().to_vec()),
        _ => Held::Unreadable,
    }
}
