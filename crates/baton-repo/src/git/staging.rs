//! Writing to the index: fixed texts take the place of staged ones.

use baton_source::RepoPath;

use super::Git;
use super::program::first_line;
use crate::source::unescape;
use crate::{FileMode, RepoError};

impl Git {
    /// Puts a text into the index in place of a file's.
    ///
    /// This is left to the program alone: it keeps every kind of index there is.
    pub fn stage(&self, path: &RepoPath, mode: FileMode, text: &[u8]) -> Result<(), RepoError> {
        let name = [self.prefix(), unescape(path.as_str())].concat();
        let mode = match mode {
            FileMode::Regular => "100644",
            FileMode::Executable => "100755",
            FileMode::Symlink => "120000",
        };
        let program = self.program();
        let staged = program
            .tell(&["hash-object", "-w", "--no-filters", "--stdin"], text)
            .and_then(|id| {
                let id = first_line(&id).unwrap_or_default();
                let entry = [format!("{mode} {id}\t").as_bytes(), &name, b"\0"].concat();
                program.tell(&["update-index", "-z", "--index-info"], &entry)
            });
        staged
            .map(drop)
            .map_err(|error| error.about(&format!("stage `{path}`")))
    }
}
