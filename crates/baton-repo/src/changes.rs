//! What changed in a git repository: between two commits, in the index, in the work tree.
//!
//! A rename is its two sides, so that rules that knew the old name run as well. A change of the
//! executable bit alone is none, and submodules are somebody else's files.

mod raw;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use baton_source::RepoPath;
use git2::{Delta, Diff, DiffDelta, DiffOptions, ErrorCode, FileMode, Repository, Tree};

use crate::RepoError;
use crate::git::Git;
use crate::source::escape;

/// The paths that differ, below the folder the repository was opened for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new or have other content.
    pub present: BTreeSet<RepoPath>,
    /// Those of them that are new.
    pub new: BTreeSet<RepoPath>,
    /// Files that are there no more, old names of renamed ones among them.
    pub gone: BTreeSet<RepoPath>,
}

impl Changes {
    /// Every path, sorted.
    pub fn paths(&self) -> Vec<RepoPath> {
        self.present.union(&self.gone).cloned().collect()
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.present.is_empty() && self.gone.is_empty()
    }

    /// Notes a new file.
    fn add(&mut self, path: RepoPath) {
        self.new.insert(path.clone());
        self.present.insert(path);
    }

    /// Takes over the changes of another range.
    pub fn extend(&mut self, other: Changes) {
        self.present.extend(other.present);
        self.new.extend(other.new);
        self.gone.extend(other.gone);
    }
}

impl Git {
    /// What differs between two commits; without an old one, every file of the new one is new.
    pub fn changes_between(&self, old: Option<&str>, new: &str) -> Result<Changes, RepoError> {
        let prefix = self.prefix();
        let native = |repository: &Repository| {
            let old = old.map(|old| tree(repository, old)).transpose()?;
            let new = tree(repository, new)?;
            let diff =
                repository.diff_tree_to_tree(old.as_ref(), Some(&new), Some(&mut options()))?;
            Ok(collect(&diff, &prefix))
        };
        self.ask("compare two commits", native, |git| {
            let old = old.map_or_else(|| git.empty_tree(), |old| Ok(old.to_owned()))?;
            let arguments = [
                "diff-tree",
                "-r",
                "-z",
                "--raw",
                "--no-abbrev",
                "--no-renames",
            ];
            let listed = git.run(&[&arguments[..], &[&old, new]].concat())?;
            Ok(raw::parse(&listed, &prefix))
        })
    }

    /// What is staged: the index against `HEAD`, or against nothing before the first commit.
    pub fn staged_changes(&self) -> Result<Changes, RepoError> {
        let prefix = self.prefix();
        let native = |repository: &Repository| {
            let head = head_tree(repository)?;
            let index = repository.index()?;
            let diff =
                repository.diff_tree_to_index(head.as_ref(), Some(&index), Some(&mut options()))?;
            let mut changes = collect(&diff, &prefix);
            // What is only announced (`git add -N`) is not staged.
            let intended = index
                .iter()
                .filter(|entry| entry.flags_extended & 0x2000 != 0);
            let intended =
                intended.filter_map(|entry| entry.path.strip_prefix(&*prefix).map(escape));
            for listed in intended {
                changes.present.remove(&listed.path);
                changes.new.remove(&listed.path);
            }
            Ok(changes)
        };
        self.ask("compare the index with HEAD", native, |git| {
            let head = git.line(&["rev-parse", "--verify", "--quiet", "HEAD"])?;
            let head = head.map_or_else(|| git.empty_tree(), Ok)?;
            let arguments = ["diff-index", "--cached", "--ita-invisible-in-index"];
            let listed = git.run(&[&arguments[..], raw::OPTIONS, &[&head]].concat())?;
            Ok(raw::parse(&listed, &prefix))
        })
    }

    /// What differs between a commit and the work tree: staged, unstaged and untracked. `None`
    /// is the time before the first commit.
    pub fn worktree_changes(&self, old: Option<&str>) -> Result<Changes, RepoError> {
        let prefix = self.prefix();
        let native = |repository: &Repository| {
            let old = old.map(|old| tree(repository, old)).transpose()?;
            let mut options = options();
            options
                .include_untracked(true)
                .recurse_untracked_dirs(true)
                .ignore_filemode(true);
            let diff =
                repository.diff_tree_to_workdir_with_index(old.as_ref(), Some(&mut options))?;
            Ok(collect(&diff, &prefix))
        };
        self.ask("compare the work tree", native, |git| {
            let old = old.map_or_else(|| git.empty_tree(), |old| Ok(old.to_owned()))?;
            let diff = ["-c", "core.fileMode=false", "diff", "--no-ext-diff"];
            let listed = git.run(&[&diff[..], raw::OPTIONS, &[&old, "--"]].concat())?;
            let mut changes = raw::parse(&listed, &prefix);
            let others = [
                "ls-files",
                "-z",
                "--full-name",
                "--others",
                "--exclude-standard",
            ];
            raw::add_others(&mut changes, &git.run(&others)?, &prefix);
            Ok(changes)
        })
    }
}

fn options() -> DiffOptions {
    let mut options = DiffOptions::new();
    options.include_typechange(true).skip_binary_check(true);
    options
}

fn tree<'a>(repository: &'a Repository, revision: &str) -> Result<Tree<'a>, git2::Error> {
    repository.revparse_single(revision)?.peel_to_tree()
}

fn head_tree(repository: &Repository) -> Result<Option<Tree<'_>>, git2::Error> {
    match repository.head() {
        Ok(head) => head.peel_to_tree().map(Some),
        Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn collect(diff: &Diff<'_>, prefix: &[u8]) -> Changes {
    let mut changes = Changes::default();
    for delta in diff.deltas() {
        let path = delta
            .new_file()
            .path_bytes()
            .or(delta.old_file().path_bytes());
        let inside = path.and_then(|path| path.strip_prefix(prefix));
        // A folder that ends in `/` is an untracked repository of its own.
        let Some(path) = inside.filter(|path| !path.ends_with(b"/")) else {
            continue;
        };
        match fate(&delta) {
            Fate::Same => {}
            Fate::Present => {
                changes.present.insert(escape(path).path);
            }
            Fate::New => changes.add(escape(path).path),
            Fate::Gone => {
                changes.gone.insert(escape(path).path);
            }
        }
    }
    changes
}

/// What became of a path.
pub(crate) enum Fate {
    /// Nothing that matters.
    Same,
    /// It has other content.
    Present,
    /// It is new.
    New,
    /// It is there no more.
    Gone,
}

fn fate(delta: &DiffDelta<'_>) -> Fate {
    if matches!(
        delta.status(),
        Delta::Unmodified | Delta::Ignored | Delta::Conflicted
    ) {
        return Fate::Same;
    }
    let (old, new) = (delta.old_file(), delta.new_file());
    let has_text = |mode| {
        !matches!(
            mode,
            FileMode::Commit | FileMode::Tree | FileMode::Unreadable
        )
    };
    let was = has_text(old.mode()) && old.exists();
    let is = has_text(new.mode()) && (new.exists() || delta.status() == Delta::Untracked);
    let same_type = (old.mode() == FileMode::Link) == (new.mode() == FileMode::Link);
    match (was, is) {
        (true, true) if old.id() == new.id() && same_type && !new.id().is_zero() => Fate::Same,
        (true, true) => Fate::Present,
        (false, true) => Fate::New,
        (true, false) => Fate::Gone,
        (false, false) => Fate::Same,
    }
}
