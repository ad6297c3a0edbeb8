//! Where files come from.

mod git;
mod memory;
mod overlay;
mod worktree;

pub use git::{GitIndex, GitTree};
pub use memory::Memory;
pub use overlay::Overlay;
pub use worktree::Worktree;

use std::fmt::Write as _;

use baton_source::RepoPath;

use crate::RepoError;

/// What a path is, as far as rules care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileMode {
    /// An ordinary file.
    Regular,
    /// A file with the executable bit.
    Executable,
    /// A symbolic link.
    Symlink,
}

/// One listed file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// Its path; bytes of a name that is not UTF-8 are written `\xNN`.
    pub path: RepoPath,
    /// Whether the name on disk is the path as written here.
    pub exact_name: bool,
}

/// A set of files, wherever they are kept.
pub trait FileSource: Send + Sync {
    /// Every file, in any order.
    fn list(&self) -> Result<Vec<Listed>, RepoError>;

    /// The bytes of a file; at most `limit` bytes and one more are read.
    fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError>;

    /// What a path is; `None` when there is no such file.
    fn mode(&self, path: &RepoPath) -> Option<FileMode>;
}

impl Listed {
    /// A file whose name is its path.
    pub fn exact(path: RepoPath) -> Listed {
        Listed {
            path,
            exact_name: true,
        }
    }
}

/// The listing of a name on disk: bytes that are not UTF-8 are written `\xNN`.
pub fn escape(bytes: &[u8]) -> Listed {
    if let Ok(path) = str::from_utf8(bytes) {
        return Listed::exact(RepoPath::new(path));
    }
    let mut path = String::new();
    for chunk in bytes.utf8_chunks() {
        path.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(path, "\\x{byte:02X}");
        }
    }
    Listed {
        path: RepoPath::new(&path),
        exact_name: false,
    }
}

/// The reverse of [`escape`].
pub(crate) fn unescape(path: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once("\\x") {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = byte {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or("");
        } else {
            bytes.extend_from_slice(b"\\x");
            rest = after;
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::{escape, unescape};

    #[test]
    fn names_that_are_not_utf8_survive() {
        let name = b"a/caf\xe9.md";
        let listed = escape(name);
        assert_eq!(listed.path.as_str(), "a/caf\\xE9.md");
        assert!(!listed.exact_name);
        assert_eq!(unescape(listed.path.as_str()), name);
    }
}
