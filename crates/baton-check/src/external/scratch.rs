//! Folders that last as long as a run, and copies of what is judged.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use baton_repo::Repo;
use baton_syntax::glob::GlobSet;

use super::Place;
use super::pool::Job;

/// A folder that goes away with this value.
#[derive(Debug)]
pub struct Scratch(PathBuf);

/// The folder tools work on.
#[derive(Debug)]
pub(crate) enum Root {
    /// The user's.
    Given(PathBuf),
    /// Our own.
    Copied(Scratch),
}

static NEXT: AtomicU32 = AtomicU32::new(0);

impl Scratch {
    /// An empty folder that nobody else has.
    pub fn new() -> io::Result<Scratch> {
        let base = std::env::temp_dir();
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = base.join(format!("baton-{}-{number}", std::process::id()));
            match create_private(&path) {
                Ok(()) => return Ok(Scratch(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clean.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Root {
    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Root::Given(path) => path,
            Root::Copied(scratch) => scratch.path(),
        }
    }
}

#[cfg(unix)]
fn create_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn create_private(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// The folder that stands for the repository: the user's own, or a copy of what tools look at.
pub(super) fn root(repo: &Repo, place: &Place, jobs: &[Job]) -> io::Result<Root> {
    let Place::Folder(folder) = place else {
        return copy(repo, jobs).map(Root::Copied);
    };
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.clone());
    Ok(Root::Given(folder))
}

fn copy(repo: &Repo, jobs: &[Job]) -> io::Result<Scratch> {
    let scratch = Scratch::new()?;
    let mut patterns: Vec<&str> = Vec::new();
    for job in jobs {
        patterns.extend(job.adapter.settings);
        let files = job.adapter.rules().flat_map(|rule| rule.meta.files);
        patterns.extend(files.flat_map(|pattern| repo.layout().resolve(pattern)));
    }
    let globs = GlobSet::new(&patterns).map_err(io::Error::other)?;
    for file in repo.files().iter().filter(|file| file.exact_name) {
        if !globs.matches(file.path.as_str()) || file.problem().is_some() {
            continue;
        }
        let path = scratch.path().join(file.path.as_str());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, file.text())?;
    }
    Ok(scratch)
}
