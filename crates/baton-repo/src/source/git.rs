//! Files as git keeps them: the index, and the tree of a commit.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use baton_source::RepoPath;
use git2::{ErrorCode, ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};

use super::{FileMode, FileSource, Listed, escape};
use crate::RepoError;

/// The staged files of a repository.
pub struct GitIndex {
    blobs: Blobs,
}

/// The files of one commit.
pub struct GitTree {
    blobs: Blobs,
}

/// Blob names by path, read through a handle of their own for each call.
///
/// A `Repository` is not `Sync`; opening one costs well under a millisecond.
struct Blobs {
    git_dir: std::path::PathBuf,
    entries: BTreeMap<RepoPath, (Oid, FileMode, bool)>,
}

const SYMLINK: u32 = 0o120_000;
const SUBMODULE: u32 = 0o160_000;
const EXECUTABLE: u32 = 0o100_755;

impl GitIndex {
    /// The index of the repository that holds `root`.
    pub fn open(root: &Path) -> Result<GitIndex, RepoError> {
        let repository = open(root)?;
        let index = repository.index().map_err(git("read the index"))?;
        let mut blobs = Blobs::new(&repository);
        for entry in index.iter().filter(is_staged) {
            blobs.add(&entry.path, entry.id, entry.mode);
        }
        Ok(GitIndex { blobs })
    }
}

impl GitTree {
    /// The tree of a revision such as `HEAD` or a commit id.
    pub fn open(root: &Path, revision: &str) -> Result<GitTree, RepoError> {
        let repository = open(root)?;
        let tree = repository
            .revparse_single(revision)
            .and_then(|object| object.peel_to_tree())
            .map_err(git(format!("find the tree of `{revision}`")))?;
        let mut blobs = Blobs::new(&repository);
        tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
            if entry.kind() == Some(ObjectType::Blob) {
                let path = [folder.as_bytes(), entry.name_bytes()].concat();
                blobs.add(
                    &path,
                    entry.id(),
                    u32::try_from(entry.filemode()).unwrap_or(0),
                );
            }
            TreeWalkResult::Ok
        })
        .map_err(git(format!("list the tree of `{revision}`")))?;
        Ok(GitTree { blobs })
    }
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

impl Blobs {
    fn new(repository: &Repository) -> Blobs {
        Blobs {
            git_dir: repository.path().to_owned(),
            entries: BTreeMap::new(),
        }
    }

    fn add(&mut self, path: &[u8], id: Oid, mode: u32) {
        let kind = match mode {
            SUBMODULE => return,
            SYMLINK => FileMode::Symlink,
            EXECUTABLE => FileMode::Executable,
            _ => FileMode::Regular,
        };
        let listed = escape(path);
        self.entries
            .insert(listed.path, (id, kind, listed.exact_name));
    }

    fn list(&self) -> Vec<Listed> {
        let listed = |(path, entry): (&RepoPath, &(Oid, FileMode, bool))| Listed {
            path: path.clone(),
            exact_name: entry.2,
        };
        self.entries.iter().map(listed).collect()
    }

    fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError> {
        let missing = || RepoError::NotFound {
            path: path.to_string(),
        };
        let (id, mode, _) = self.entries.get(path).ok_or_else(missing)?;
        if *mode == FileMode::Symlink {
            return Err(RepoError::OutsideRoot {
                path: path.to_string(),
            });
        }
        let repository = Repository::open(&self.git_dir).map_err(git("open the repository"))?;
        let blob = repository
            .find_blob(*id)
            .map_err(git(format!("read the blob of `{path}`")))?;
        let content = blob.content();
        Ok(content
            .get(..content.len().min(limit + 1))
            .unwrap_or(content)
            .to_vec())
    }

    fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        self.entries.get(path).map(|entry| entry.1)
    }
}

/// The tracked files below `root`, relative to it; empty where there is no git repository.
///
/// Repositories libgit2 refuses (split index, other owner, newer formats) are asked through the
/// `git` program.
pub(super) fn tracked(root: &Path) -> Result<Vec<Listed>, RepoError> {
    let repository = match open_repository(root) {
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
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["ls-files", "-z"])
        .output();
    match output {
        Ok(output) if output.status.success() => {
            let names = output
                .stdout
                .split(|byte| *byte == 0)
                .filter(|name| !name.is_empty());
            Ok(names.map(escape).collect())
        }
        _ => Err(git("list the tracked files")(refused)),
    }
}

fn relative_prefix(workdir: &Path, root: &Path) -> Vec<u8> {
    let (workdir, root) = (workdir.canonicalize(), root.canonicalize());
    let (Ok(workdir), Ok(root)) = (workdir, root) else {
        return Vec::new();
    };
    match root.strip_prefix(&workdir) {
        Ok(inside) if inside.as_os_str().is_empty() => Vec::new(),
        Ok(inside) => format!("{}/", inside.to_string_lossy().replace('\\', "/")).into_bytes(),
        Err(_) => Vec::new(),
    }
}

fn open(root: &Path) -> Result<Repository, RepoError> {
    open_repository(root).map_err(git(format!("open the repository at `{}`", root.display())))
}

/// Hooks name the repository in the environment; everyone else stands in it.
fn open_repository(root: &Path) -> Result<Repository, git2::Error> {
    if std::env::var_os("GIT_DIR").is_some() {
        Repository::open_from_env()
    } else {
        Repository::discover(root)
    }
}

fn git(doing: impl Into<String>) -> impl FnOnce(git2::Error) -> RepoError {
    let doing = doing.into();
    move |source| RepoError::Git { doing, source }
}
