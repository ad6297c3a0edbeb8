//! Changed texts over another source.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_source::RepoPath;

use super::{FileMode, FileSource, Listed};
use crate::RepoError;

/// Another source with some files replaced or added.
///
/// Fixes are tried on it before anything is written, and text from standard input takes the
/// place of the file it belongs to.
#[derive(Clone)]
pub struct Overlay {
    base: Arc<dyn FileSource>,
    changed: BTreeMap<RepoPath, Vec<u8>>,
}

impl Overlay {
    /// `base` with nothing changed.
    pub fn new(base: Arc<dyn FileSource>) -> Overlay {
        Overlay {
            base,
            changed: BTreeMap::new(),
        }
    }

    /// Replaces or adds a file.
    pub fn set(&mut self, path: RepoPath, content: Vec<u8>) {
        self.changed.insert(path, content);
    }

    /// The replaced and added files.
    pub fn changed(&self) -> &BTreeMap<RepoPath, Vec<u8>> {
        &self.changed
    }
}

impl FileSource for Overlay {
    fn list(&self) -> Result<Vec<Listed>, RepoError> {
        let mut listed = self.base.list()?;
        let added = self
            .changed
            .keys()
            .filter(|path| self.base.mode(path).is_none());
        listed.extend(added.cloned().map(Listed::exact));
        Ok(listed)
    }

    fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError> {
        match self.changed.get(path) {
            Some(content) => Ok(content.clone()),
            None => self.base.read(path, limit),
        }
    }

    fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        let base = self.base.mode(path);
        base.or_else(|| self.changed.contains_key(path).then_some(FileMode::Regular))
    }
}
