//! Documents that name another file and the digest it had.

use baton_source::RepoPath;
use baton_syntax::node::Node;

use crate::{File, Repo, Text};

/// A file that a document names, with the digest it had then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReference {
    /// Its path, from the folder of the document.
    pub path: Text,
    /// Its SHA-256 then.
    pub sha256: Option<Text>,
}

/// What has become of the file that a document names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Referenced {
    /// It is not there.
    Missing,
    /// It is there, and no digest is told or its bytes could not be read.
    There,
    /// It is what it was.
    Same,
    /// It has another digest now.
    Changed(String),
}

impl FileReference {
    /// Reads `{ "path": …, "sha256": … }`; `None` without a path.
    pub(crate) fn read(node: &Node) -> Option<FileReference> {
        Some(FileReference {
            path: Text::read(node.get("path")?)?,
            sha256: node.get("sha256").and_then(Text::read),
        })
    }

    /// The file that a document at a path means; `None` when it leads out of the repository.
    pub fn target(&self, from: &RepoPath) -> Option<RepoPath> {
        from.join(&self.path.value)
    }

    /// What has become of the file.
    pub fn state(&self, repo: &Repo, from: &File) -> Referenced {
        let target = self.target(&from.path);
        let Some(file) = target.and_then(|path| repo.file(path.as_str())) else {
            return Referenced::Missing;
        };
        let Some(declared) = &self.sha256 else {
            return Referenced::There;
        };
        match file.sha256() {
            None => Referenced::There,
            Some(now) if now.eq_ignore_ascii_case(&declared.value) => Referenced::Same,
            Some(now) => Referenced::Changed(now),
        }
    }
}
