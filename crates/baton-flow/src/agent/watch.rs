//! What changed in a repository while an agent worked, and whether it was the agent's to change.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};

use baton_repo::{FileSource as _, Worktree};
use baton_syntax::glob::GlobSet;

use super::{AgentError, Task};

/// Of longer files size and times are compared, not what they say.
const LONGEST_READ: u64 = 1024 * 1024;

/// What steers git itself, although it lists none of it.
const GIT: [&str; 3] = [".git/config", ".git/hooks", ".git/info"];

/// The files a project's record is written to; the ledger knows better than they do.
const RECORD: [&str; 4] = [
    "00-session-state.json",
    "00-session-state.json.bak",
    "00-session-state.json.tmp",
    "00-handoff.md",
];

/// The files of a repository at one time, those aside that git ignores.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    files: BTreeMap<String, Print>,
}

/// What tells whether a file is still the same.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Print {
    stamp: Stamp,
    /// Where a link leads, or the digest of a file; `None` for long ones.
    content: Option<String>,
}

/// What the system says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<std::time::SystemTime>,
    /// When its entry changed, which nobody can set; and its mode.
    system: (i64, i64, u32),
    is_link: bool,
}

/// What changed, sorted, from the root of the repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// What the agent may write.
    pub own: Vec<String>,
    /// What it must not.
    pub forbidden: Vec<String>,
    /// The files of the project's record.
    pub record: Vec<String>,
    /// What others may have written.
    pub shared: Vec<String>,
}

impl Snapshot {
    /// The files below a folder.
    pub fn take(folder: &Path) -> Result<Snapshot, AgentError> {
        Snapshot::after(folder, &Snapshot::default())
    }

    /// The same later on; what did not change since is not read again.
    pub fn after(folder: &Path, before: &Snapshot) -> Result<Snapshot, AgentError> {
        let listed = Worktree::new(folder, 1).list();
        let listed = listed.map_err(|error| AgentError::File {
            path: folder.to_owned(),
            action: "listed",
            source: std::io::Error::other(error.to_string()),
        })?;
        let mut paths: Vec<String> = listed
            .into_iter()
            .map(|listed| listed.path.as_str().to_owned())
            .collect();
        for place in GIT {
            beneath(folder, place, &mut paths);
        }
        let print = |path: String| {
            let print = Print::of(&folder.join(&path), before.files.get(&path))?;
            Some((path, print))
        };
        let files = paths.into_iter().filter_map(print).collect();
        Ok(Snapshot { files })
    }

    /// Paths that came, went or changed.
    pub fn changed(&self, later: &Snapshot) -> Vec<String> {
        let paths: BTreeSet<&String> = self.files.keys().chain(later.files.keys()).collect();
        let differs = |path: &&&String| {
            let (old, new) = (self.files.get(**path), later.files.get(**path));
            match (old, new) {
                (Some(old), Some(new)) => !old.is_same(new),
                _ => true,
            }
        };
        paths
            .iter()
            .filter(differs)
            .map(ToString::to_string)
            .collect()
    }
}

impl Print {
    /// `None` when it is gone by now, or no file.
    fn of(path: &Path, before: Option<&Print>) -> Option<Print> {
        let data = fs::symlink_metadata(path).ok()?;
        let stamp = Stamp::of(&data);
        if let Some(before) = before.filter(|before| before.stamp == stamp) {
            return Some(before.clone());
        }
        let content = if stamp.is_link {
            fs::read_link(path).ok().map(|to| to.display().to_string())
        } else if data.is_file() && stamp.size <= LONGEST_READ {
            fs::read(path).ok().map(|bytes| baton_repo::sha256(&bytes))
        } else {
            None
        };
        Some(Print { stamp, content })
    }

    fn is_same(&self, later: &Print) -> bool {
        let mode = |print: &Print| (print.stamp.system.2, print.stamp.is_link);
        let told = self.content.is_some() && self.content == later.content;
        self.stamp == later.stamp || (told && mode(self) == mode(later))
    }
}

impl Stamp {
    fn of(data: &Metadata) -> Stamp {
        Stamp {
            size: data.len(),
            modified: data.modified().ok(),
            system: system(data),
            is_link: data.file_type().is_symlink(),
        }
    }
}

#[cfg(unix)]
fn system(data: &Metadata) -> (i64, i64, u32) {
    use std::os::unix::fs::MetadataExt as _;
    (data.ctime(), data.ctime_nsec(), data.mode())
}

#[cfg(not(unix))]
fn system(_data: &Metadata) -> (i64, i64, u32) {
    (0, 0, 0)
}

/// The files at or below a place.
fn beneath(folder: &Path, place: &str, into: &mut Vec<String>) {
    let Ok(data) = fs::symlink_metadata(folder.join(place)) else {
        return;
    };
    if !data.is_dir() {
        into.push(place.to_owned());
        return;
    }
    let entries = fs::read_dir(folder.join(place)).into_iter().flatten();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    for name in names {
        beneath(folder, &format!("{place}/{name}"), into);
    }
}

/// Whose the changes are.
pub fn changes(task: &Task, before: &Snapshot, later: &Snapshot) -> Result<Changes, AgentError> {
    let writable = GlobSet::new(&task.writable)?;
    let protected = GlobSet::new(&task.protected)?;
    let shared = GlobSet::new(&task.shared)?;
    let mut out = Changes::default();
    for path in before.changed(later) {
        let list = if is_record(&path, &task.project) {
            &mut out.record
        } else if protected.matches(&path) {
            &mut out.forbidden
        } else if writable.matches(&path) {
            if stays_inside(task, &path, &writable) {
                &mut out.own
            } else {
                &mut out.forbidden
            }
        } else if shared.matches(&path) {
            &mut out.shared
        } else {
            &mut out.forbidden
        };
        list.push(path);
    }
    Ok(out)
}

fn is_record(path: &str, project: &str) -> bool {
    let Some((folder, name)) = path.rsplit_once('/') else {
        return false;
    };
    RECORD.contains(&name) && folder.rsplit('/').next() == Some(project)
}

/// Whether a path that may be written is no link, or a link to what may be written.
fn stays_inside(task: &Task, path: &str, writable: &GlobSet) -> bool {
    let full = task.folder.join(path);
    let Ok(target) = fs::read_link(&full) else {
        return true;
    };
    let parent = full.parent().unwrap_or(&task.folder);
    let Some(lexical) = normal(&parent.join(target)) else {
        return false;
    };
    let real = fs::canonicalize(&full).unwrap_or_else(|_| lexical.clone());
    let roots = [
        Some(task.folder.clone()),
        fs::canonicalize(&task.folder).ok(),
    ];
    roots.iter().flatten().any(|root| {
        real.strip_prefix(root).is_ok_and(|inside| {
            let inside = inside.to_string_lossy().replace('\\', "/");
            writable.matches(&inside) || writable.matches(&format!("{inside}/x"))
        })
    })
}

/// A path without `.` and `..`; `None` when it leads above the root.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !out.pop() {
                    return None;
                }
            }
            other => out.push(other),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests;
