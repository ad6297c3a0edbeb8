//! Changed texts over another source.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use baton_source::RepoPath;

use super::{FileMode, FileSource, Listed};
use crate::RepoError;

/// Another source with some files replaced, added or gone.
///
/// Fixes are tried on it before anything is written, and text from standard input takes the
/// place of the file it belongs to.
#[derive(Clone)]
pub struct Overlay {
    base: Arc<dyn FileSource>,
    changed: BTreeMap<RepoPath, Vec<u8>>,
    gone: BTreeSet<RepoPath>,
}

impl Overlay {
    /// `base` with nothing changed.
    pub fn new(base: Arc<dyn FileSource>) -> Overlay {
        Overlay {
            base,
            changed: BTreeMap::new(),
            gone: BTreeSet::new(),
        }
    }

    /// Replaces or adds a file.
    pub fn set(&mut self, path: RepoPath, content: Vec<u8>) {
        self.changed.insert(path, content);
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: RepoPath) {
        self.changed.remove(&path);
        self.gone.insert(path);
    }

    /// The replaced and added files.
    pub fn changed(&self) -> &BTreeMap<RepoPath, Vec<u8>> {
        &self.changed
    }
}

impl FileSource for Overlay {
    fn list(&self) -> Result<Vec<Listed>, RepoError> {
        let mut listed = self.base.list()?;
        listed.retain(|file| !self.gone.contains(&file.path));
        let known: BTreeSet<RepoPath> = listed.iter().map(|file| file.path.clone()).collect();
        let added = self.changed.keys().filter(|path| !known.contains(*path));
        listed.extend(added.cloned().map(Listed::exact));
        Ok(listed)
    }

    fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError> {
        match self.changed.get(path) {
            Some(content) => Ok(content.clone()),
            None if self.gone.contains(path) => Err(RepoError::NotFound {
                path: path.to_string(),
            }),
            None => self.base.read(path, limit),
        }
    }

    fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        let base = self.base.mode(path).filter(|_| !self.gone.contains(path));
        base.or_else(|| self.changed.contains_key(path).then_some(FileMode::Regular))
    }
}
