//! Paths inside a repository.

use std::fmt;
use std::sync::Arc;

/// A path relative to the repository root, with `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(Arc<str>);

/// The number of a file in one run, in path order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl RepoPath {
    /// A path from text that is already relative and `/`-separated.
    pub fn new(path: &str) -> RepoPath {
        RepoPath(Arc::from(path.trim_start_matches("./")))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the last `/`.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The part before the last `/`; empty at the root.
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// The path with `relative` applied to its folder; `None` when it leaves the root.
    pub fn join(&self, relative: &str) -> Option<RepoPath> {
        let mut parts: Vec<&str> = self
            .parent()
            .split('/')
            .filter(|part| !part.is_empty())
            .collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                _ => parts.push(part),
            }
        }
        Some(RepoPath::new(&parts.join("/")))
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for RepoPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for RepoPath {
    fn from(path: &str) -> RepoPath {
        RepoPath::new(path)
    }
}

#[cfg(test)]
mod tests {
    use super::RepoPath;

    fn join(base: &str, relative: &str) -> Option<String> {
        RepoPath::new(base)
            .join(relative)
            .map(|path| path.as_str().to_owned())
    }

    #[test]
    fn joins_relative_paths() {
        assert_eq!(join("a/b/c.md", "../d.md").as_deref(), Some("a/d.md"));
        assert_eq!(join("a.md", "./b/c.md").as_deref(), Some("b/c.md"));
        assert_eq!(join("a.md", "../b.md"), None);
    }

    #[test]
    fn splits_name_and_parent() {
        let path = RepoPath::new("a/b/c.md");
        assert_eq!((path.parent(), path.name()), ("a/b", "c.md"));
        assert_eq!(
            (RepoPath::new("c.md").parent(), RepoPath::new("c.md").name()),
            ("", "c.md")
        );
    }
}
