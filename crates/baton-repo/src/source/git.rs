//! Files as git keeps them: the index, and the tree of a commit.

mod blobs;
mod links;

use std::path::Path;

use baton_source::RepoPath;
use git2::{ErrorCode, ObjectType, Repository, TreeWalkMode, TreeWalkResult};

use super::{FileMode, FileSource, Listed, escape};
use crate::RepoError;
use crate::git::{Git, Program, ProgramError, open, records, relative_prefix};
use blobs::{Blobs, Id, Listing};

/// The staged files of a repository.
pub struct GitIndex {
    blobs: Blobs,
}

/// The files of one commit.
pub struct GitTree {
    blobs: Blobs,
}

const SUBMODULE: u32 = 0o160_000;

impl GitIndex {
    /// The index of the repository that holds `root`; paths are relative to `root`.
    pub fn open(root: &Path) -> Result<GitIndex, RepoError> {
        GitIndex::of(&Git::open(root)?)
    }

    /// The index of an open repository; what that asks of the index later costs no second read.
    pub fn of(git: &Git) -> Result<GitIndex, RepoError> {
        let prefix = git.prefix();
        let native = |repository: &Repository| {
            let mut listing = Listing::new(&prefix);
            for entry in repository.index()?.iter().filter(is_staged) {
                listing.add(&entry.path, Id::Native(entry.id), entry.mode);
            }
            Ok(listing)
        };
        let listing = git.ask("read the index", native, |program| {
            let mut listing = Listing::new(&prefix);
            let staged = ["ls-files", "-s", "-z", "--full-name"];
            // Asked from a folder, git lists that folder only.
            for entry in records(&program.run(&staged)?) {
                // `<mode> <id> <stage>`, tab, path
                listing.add_line(entry, |fields| match fields {
                    [mode, id, "0"] => Some((mode, id)),
                    _ => None,
                });
            }
            for path in records(&program.run(INTENDED)?) {
                listing.remove(path);
            }
            Ok(listing)
        })?;
        Ok(GitIndex {
            blobs: Blobs::new(git, listing),
        })
    }
}

/// Entries that were announced with `git add -N` have no content yet.
const INTENDED: &[&str] = &[
    "diff",
    "--no-ext-diff",
    "--name-only",
    "-z",
    "--no-renames",
    "--ita-invisible-in-index",
    "--diff-filter=A",
];

impl GitTree {
    /// The tree of a revision such as `HEAD` or a commit id; paths are relative to `root`.
    pub fn open(root: &Path, revision: &str) -> Result<GitTree, RepoError> {
        GitTree::of(&Git::open(root)?, revision)
    }

    /// The tree of a revision in an open repository.
    pub fn of(git: &Git, revision: &str) -> Result<GitTree, RepoError> {
        let prefix = git.prefix();
        let native = |repository: &Repository| list_tree(repository, revision, &prefix);
        let listing = git.ask(
            &format!("list the tree of `{revision}`"),
            native,
            |program| {
                let mut listing = Listing::new(&prefix);
                let tree = ["ls-tree", "-r", "-z", "--full-tree", revision];
                for entry in records(&program.run(&tree)?) {
                    // `<mode> <type> <id>`, tab, path
                    listing.add_line(entry, |fields| match fields {
                        [mode, "blob", id] => Some((mode, id)),
                        _ => None,
                    });
                }
                Ok(listing)
            },
        )?;
        Ok(GitTree {
            blobs: Blobs::new(git, listing),
        })
    }
}

fn list_tree<'a>(
    repository: &Repository,
    revision: &str,
    prefix: &'a [u8],
) -> Result<Listing<'a>, git2::Error> {
    let tree = repository.revparse_single(revision)?.peel_to_tree()?;
    let mut listing = Listing::new(prefix);
    tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
        if entry.kind() == Some(ObjectType::Blob) {
            let path = [folder.as_bytes(), entry.name_bytes()].concat();
            let mode = u32::try_from(entry.filemode()).unwrap_or(0);
            listing.add(&path, Id::Native(entry.id()), mode);
        }
        TreeWalkResult::Ok
    })?;
    Ok(listing)
}

impl FileSource for GitIndex {
    fn list(&self) -> Result<Vec<Listed>, RepoError> {
        Ok(self.blobs.list())
    }

    fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError> {
        self.blobs.read(path, limit)
    }

    fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        self.blobs.mode(path)
    }
}

impl FileSource for GitTree {
    fn list(&self) -> Result<Vec<Listed>, RepoError> {
        Ok(self.blobs.list())
    }

    fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError> {
        self.blobs.read(path, limit)
    }

    fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        self.blobs.mode(path)
    }
}

/// The tracked files below `root`, relative to it; empty where there is no git repository.
///
/// Repositories libgit2 refuses (split index, other owner, newer formats) are asked through the
/// `git` program.
pub(super) fn tracked(root: &Path) -> Result<Vec<Listed>, RepoError> {
    let repository = match open(root) {
        Ok(repository) => repository,
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(Vec::new()),
        Err(error) => return tracked_by_program(root, error),
    };
    let Some(workdir) = repository.workdir() else {
        return Ok(Vec::new());
    };
    let prefix = relative_prefix(workdir, root);
    match repository.index() {
        Ok(index) => {
            let entries = index
                .iter()
                .filter(is_staged)
                .filter(|entry| entry.mode != SUBMODULE);
            Ok(entries
                .filter_map(|entry| entry.path.strip_prefix(&*prefix).map(escape))
                .collect())
        }
        Err(error) => tracked_by_program(root, error),
    }
}

/// Whether git keeps content for the entry: neither a conflict's side nor an intent to add.
fn is_staged(entry: &git2::IndexEntry) -> bool {
    let stage = (entry.flags >> 12) & 0x3;
    let intent_to_add = entry.flags_extended & 0x2000 != 0;
    stage == 0 && !intent_to_add
}

fn tracked_by_program(root: &Path, refused: git2::Error) -> Result<Vec<Listed>, RepoError> {
    let doing = "list the tracked files";
    match Program::at(root).run(&["ls-files", "-z"]) {
        Ok(listed) => Ok(records(&listed).map(escape).collect()),
        Err(ProgramError::Failed(_) | ProgramError::Absent(_)) => Err(RepoError::Git {
            doing: doing.to_owned(),
            source: refused,
        }),
    }
}
