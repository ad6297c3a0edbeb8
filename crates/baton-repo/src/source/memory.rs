//! Files held in memory.

use std::collections::{BTreeMap, BTreeSet};

use baton_source::RepoPath;

use super::{FileMode, FileSource, Listed};
use crate::RepoError;

/// Files held in memory, for tests and for text from standard input.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<RepoPath, Vec<u8>>,
    links: BTreeMap<RepoPath, String>,
    inexact: BTreeSet<RepoPath>,
    executable: BTreeSet<RepoPath>,
}

impl Memory {
    /// A source that holds these files.
    pub fn new<P: AsRef<str>, C: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, C)>) -> Memory {
        let files = files.into_iter();
        let files = files.map(|(path, text)| (RepoPath::new(path.as_ref()), text.into()));
        Memory {
            files: files.collect(),
            ..Memory::default()
        }
    }

    /// The same source with symbolic links, given as path and target.
    #[must_use]
    pub fn with_links<P: AsRef<str>, T: Into<String>>(
        mut self,
        links: impl IntoIterator<Item = (P, T)>,
    ) -> Memory {
        let links = links.into_iter();
        self.links
            .extend(links.map(|(path, target)| (RepoPath::new(path.as_ref()), target.into())));
        self
    }

    /// The same source in which these paths stand for names that are not UTF-8.
    #[must_use]
    pub fn with_undecodable<P: AsRef<str>>(mut self, paths: impl IntoIterator<Item = P>) -> Memory {
        self.inexact
            .extend(paths.into_iter().map(|path| RepoPath::new(path.as_ref())));
        self
    }

    /// The same source in which these files have the executable bit.
    #[must_use]
    pub fn with_executables<P: AsRef<str>>(mut self, paths: impl IntoIterator<Item = P>) -> Memory {
        self.executable
            .extend(paths.into_iter().map(|path| RepoPath::new(path.as_ref())));
        self
    }
}

impl FileSource for Memory {
    fn list(&self) -> Result<Vec<Listed>, RepoError> {
        let paths = self.files.keys().chain(self.links.keys());
        let listed = |path: &RepoPath| Listed {
            path: path.clone(),
            exact_name: !self.inexact.contains(path),
        };
        Ok(paths.map(listed).collect())
    }

    fn read(&self, path: &RepoPath, _limit: usize) -> Result<Vec<u8>, RepoError> {
        let target = match self.links.get(path) {
            Some(target) => path.join(target),
            None => Some(path.clone()),
        };
        let target = target.ok_or_else(|| RepoError::OutsideRoot {
            path: path.to_string(),
        })?;
        let found = self.files.get(&target).cloned();
        found.ok_or_else(|| RepoError::NotFound {
            path: path.to_string(),
        })
    }

    fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        if self.links.contains_key(path) {
            return Some(FileMode::Symlink);
        }
        let mode = if self.executable.contains(path) {
            FileMode::Executable
        } else {
            FileMode::Regular
        };
        self.files.contains_key(path).then_some(mode)
    }
}
