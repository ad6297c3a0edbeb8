//! What can go wrong between a repository and us.

use std::path::PathBuf;

/// A failure of the world, not of the repository's content.
#[derive(Debug, thiserror::Error)]
pub enum RepoError {
    /// The folder could not be listed.
    #[error("cannot list `{}`", path.display())]
    List {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file could not be read.
    #[error("cannot read `{path}`")]
    Read {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("cannot write `{path}`")]
    Write {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A symbolic link leads out of the repository.
    #[error("`{path}` is a link that leads out of the repository")]
    OutsideRoot {
        /// The link.
        path: String,
    },
    /// The source has no such file.
    #[error("there is no file `{path}`")]
    NotFound {
        /// The file asked for.
        path: String,
    },
    /// Git could not do what was asked.
    #[error("git cannot {doing}")]
    Git {
        /// What was being done.
        doing: String,
        /// Why.
        source: git2::Error,
    },
    /// The `git` program could not do what was asked, after libgit2 could not either.
    #[error("git cannot {doing}: {message}")]
    GitProgram {
        /// What was being done.
        doing: String,
        /// What the program said.
        message: String,
    },
    /// The configuration asks for a layout there is not.
    #[error("there is no layout of pack `{pack}` and generation `{generation}`")]
    UnknownLayout {
        /// The pack asked for.
        pack: String,
        /// The generation asked for.
        generation: String,
    },
    /// A glob in a layout is not valid.
    #[error("the layout entry for `{kind}` is not a valid glob: {message}")]
    Glob {
        /// The kind it belongs to.
        kind: String,
        /// Why.
        message: String,
    },
}
