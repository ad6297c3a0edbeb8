//! The text of a file, or why there is none.

use baton_source::RepoPath;

use super::Problem;
use crate::{FileSource, RepoError, digest};

/// What was read of a file.
pub(super) struct Content {
    /// Its text; empty when there is a problem.
    pub(super) text: String,
    /// Why there is no text.
    pub(super) problem: Option<Box<Problem>>,
    /// The SHA-256 of bytes that are no text: they are not kept.
    pub(super) digest: Option<Box<str>>,
}

/// Reads a file up to a limit.
pub(super) fn read(source: &dyn FileSource, path: &RepoPath, limit: usize) -> Content {
    let without_text = |problem| Content {
        text: String::new(),
        problem: Some(Box::new(problem)),
        digest: None,
    };
    let bytes = match source.read(path, limit) {
        Ok(bytes) => bytes,
        Err(error) => return without_text(problem_of(error, source, path)),
    };
    if bytes.len() > limit {
        return without_text(Problem::TooLarge { limit });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Content {
            text,
            problem: None,
            digest: None,
        },
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let mut content = without_text(Problem::NotUtf8 { offset });
            content.digest = Some(digest::sha256(error.as_bytes()).into());
            content
        }
    }
}

fn problem_of(error: RepoError, source: &dyn FileSource, path: &RepoPath) -> Problem {
    if matches!(error, RepoError::OutsideRoot { .. }) {
        return Problem::BadLink {
            why: "leads out of the repository",
        };
    }
    if source.mode(path) == Some(crate::FileMode::Symlink) {
        return Problem::BadLink {
            why: "leads to nothing that can be read",
        };
    }
    Problem::Unreadable(error)
}
