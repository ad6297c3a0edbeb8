//! Files on disk.

use std::ffi::OsString;
use std::fs::{self, File, FileType};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use baton_source::RepoPath;
use ignore::{DirEntry, WalkBuilder, WalkState};

use super::{FileMode, FileSource, Listed, escape, git, unescape};
use crate::RepoError;

/// The work tree below a folder: tracked files, and untracked ones that git would not ignore.
#[derive(Debug, Clone)]
pub struct Worktree {
    root: PathBuf,
    threads: usize,
}

impl Worktree {
    /// The files below `root`, listed on `threads` threads.
    pub fn new(root: impl Into<PathBuf>, threads: usize) -> Worktree {
        Worktree {
            root: root.into(),
            threads: threads.max(1),
        }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Replaces the content of a file: a sibling is written, synced and renamed over it.
    ///
    /// A link is followed first, so that it stays a link; permissions stay as they were.
    pub fn write(&self, path: &RepoPath, content: &[u8]) -> Result<(), RepoError> {
        let failed = |source| RepoError::Write {
            path: path.to_string(),
            source,
        };
        let target = self.resolve(path)?;
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(format!(".baton-{}", std::process::id()));
        let sibling = target.with_file_name(name);
        let written = (|| {
            let mut file = File::create_new(&sibling)?;
            file.write_all(content)?;
            file.set_permissions(fs::metadata(&target)?.permissions())?;
            file.sync_all()?;
            fs::rename(&sibling, &target)
        })();
        if written.is_err() {
            // The first failure is the one to tell; a leftover sibling is only untidy.
            let _ = fs::remove_file(&sibling);
        }
        written.map_err(failed)
    }

    /// The file a path stands for, links followed, refused when it lies outside the root.
    fn resolve(&self, path: &RepoPath) -> Result<PathBuf, RepoError> {
        let failed = |source| RepoError::Read {
            path: path.to_string(),
            source,
        };
        let on_disk = self.on_disk(path);
        let is_link = |path: &Path| path.symlink_metadata().is_ok_and(|data| data.is_symlink());
        let below_root = on_disk
            .ancestors()
            .take_while(|folder| *folder != self.root);
        if !below_root.into_iter().any(is_link) {
            return Ok(on_disk);
        }
        let root = self.root.canonicalize().map_err(failed)?;
        let target = on_disk.canonicalize().map_err(failed)?;
        if target.starts_with(&root) && !target.is_file() {
            // A pipe would never end, and a folder has no text.
            Err(failed(std::io::Error::other("the link leads to no file")))
        } else if target.starts_with(&root) {
            Ok(target)
        } else {
            Err(RepoError::OutsideRoot {
                path: path.to_string(),
            })
        }
    }

    /// Where a path is on disk. A name that holds `\xNN` may be just that, or an escaped one.
    fn on_disk(&self, path: &RepoPath) -> PathBuf {
        let literal = self.root.join(path.as_str());
        if !path.as_str().contains("\\x") || literal.symlink_metadata().is_ok() {
            return literal;
        }
        self.root.join(os_name(unescape(path.as_str())))
    }

    /// The folders files are listed from, the root first: those git would not ignore.
    ///
    /// What cannot be walked is left out; listing files says so.
    pub fn folders(&self) -> Vec<PathBuf> {
        let entries = self.walker().build().filter_map(Result::ok);
        let is_folder = |entry: &DirEntry| entry.file_type().is_some_and(|kind| kind.is_dir());
        entries.filter(is_folder).map(DirEntry::into_path).collect()
    }

    fn walker(&self) -> WalkBuilder {
        let mut builder = WalkBuilder::new(&self.root);
        builder
            .hidden(false)
            .git_global(false)
            .git_exclude(true)
            .require_git(false)
            .parents(true)
            .filter_entry(|entry| entry.file_name() != ".git");
        builder
    }

    fn walk(&self) -> Result<Vec<Listed>, RepoError> {
        let found = Mutex::new(Vec::new());
        let failure = Mutex::new(None);
        let walker = self.walker().threads(self.threads).build_parallel();
        walker.run(|| {
            let mut batch = Batch {
                listed: Vec::new(),
                all: &found,
            };
            let failure = &failure;
            Box::new(move |entry| {
                match entry {
                    Ok(entry) => batch.add(&self.root, &entry),
                    Err(error) => keep_first(failure, error),
                }
                WalkState::Continue
            })
        });
        match failure.into_inner() {
            Ok(None) => Ok(found.into_inner().unwrap_or_default()),
            Ok(Some((path, source))) => Err(RepoError::List {
                path: path.unwrap_or_else(|| self.root.clone()),
                source,
            }),
            Err(_) => Err(RepoError::List {
                path: self.root.clone(),
                source: std::io::Error::other("the walk was interrupted"),
            }),
        }
    }
}

impl FileSource for Worktree {
    fn list(&self) -> Result<Vec<Listed>, RepoError> {
        // The index is read while the folders are walked.
        let (walked, tracked) = thread::scope(|threads| {
            let tracked = threads.spawn(|| git::tracked(&self.root));
            (self.walk(), tracked.join())
        });
        let mut listed = walked?;
        listed.sort_unstable();
        // Ignore rules do not apply to what git tracks already.
        let tracked = tracked.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let ignored = tracked
            .into_iter()
            .filter(|file| listed.binary_search(file).is_err());
        let ignored: Vec<Listed> = ignored
            .filter(|file| self.mode(&file.path).is_some())
            .collect();
        listed.extend(ignored);
        Ok(listed)
    }

    fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError> {
        let failed = |source| RepoError::Read {
            path: path.to_string(),
            source,
        };
        let file = File::open(self.resolve(path)?).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        let capacity = usize::try_from(size).unwrap_or(limit).min(limit) + 1;
        let mut bytes = Vec::with_capacity(capacity);
        file.take(limit as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        Ok(bytes)
    }

    fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        let data = self.on_disk(path).symlink_metadata().ok()?;
        if data.is_symlink() {
            Some(FileMode::Symlink)
        } else if data.is_file() {
            Some(if executable(&data) {
                FileMode::Executable
            } else {
                FileMode::Regular
            })
        } else {
            None
        }
    }
}

/// What one thread of the walk found, handed over when the thread ends.
struct Batch<'a> {
    listed: Vec<Listed>,
    all: &'a Mutex<Vec<Listed>>,
}

impl Batch<'_> {
    /// Adds a file or a link; folders are only walked, and pipes and devices are nobody's files.
    fn add(&mut self, root: &Path, entry: &DirEntry) {
        let wanted = |kind: FileType| kind.is_file() || kind.is_symlink();
        if entry.file_type().is_some_and(wanted) {
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            self.listed.push(escape(&slashed(path)));
        }
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if let Ok(mut all) = self.all.lock() {
            all.append(&mut self.listed);
        }
    }
}

/// The folder a walk could not list, where it is known, and why.
type Unlisted = (Option<PathBuf>, std::io::Error);

/// Keeps the first failure that matters: a loop of links or a file gone meanwhile is neither.
fn keep_first(failure: &Mutex<Option<Unlisted>>, error: ignore::Error) {
    let path = place_of(&error).map(Path::to_owned);
    let Some(source) = error.into_io_error() else {
        return;
    };
    if source.kind() == std::io::ErrorKind::NotFound {
        return;
    }
    if let Ok(mut failure) = failure.lock() {
        failure.get_or_insert((path, source));
    }
}

/// The path an error of the walk is about.
fn place_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            place_of(err)
        }
        _ => None,
    }
}

#[cfg(unix)]
fn os_name(bytes: Vec<u8>) -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_name(bytes: Vec<u8>) -> OsString {
    OsString::from(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(unix)]
fn slashed(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(not(unix))]
fn slashed(path: &Path) -> Vec<u8> {
    path.to_string_lossy().replace('\\', "/").into_bytes()
}

#[cfg(unix)]
fn executable(data: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    data.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn executable(_data: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::{Path, PathBuf};
    use std::sync::Mutex;

    use super::keep_first;

    #[test]
    fn a_folder_that_cannot_be_listed_is_named() {
        let error = |path: &str, kind: ErrorKind| ignore::Error::WithDepth {
            depth: 1,
            err: Box::new(ignore::Error::WithPath {
                path: PathBuf::from(path),
                err: Box::new(ignore::Error::Io(kind.into())),
            }),
        };
        let failure = Mutex::new(None);
        keep_first(&failure, error("gone", ErrorKind::NotFound));
        keep_first(&failure, error("locked", ErrorKind::PermissionDenied));
        keep_first(&failure, error("other", ErrorKind::PermissionDenied));
        let (path, source) = failure.into_inner().unwrap().unwrap();
        assert_eq!(path.as_deref(), Some(Path::new("locked")));
        assert_eq!(source.kind(), ErrorKind::PermissionDenied);
    }
}
