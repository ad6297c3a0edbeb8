//! A git repository, asked through libgit2, or through the `git` program where libgit2 refuses.
//!
//! Split and sparse indexes, partial clones, reftable and SHA-256 are such places. What is asked
//! lives in `changes` and `history`; nothing is written but the index, in `staging`.

mod held;
mod history;
mod program;
mod staging;

use std::path::{Path, PathBuf};

use git2::{ErrorCode, Repository};

use crate::RepoError;
pub use held::Held;
pub use history::Head;
pub(crate) use program::{Program, ProgramError, records};

/// A git repository and the folder in it that paths are relative to.
pub struct Git {
    root: PathBuf,
    repository: Result<Repository, git2::Error>,
}

impl Git {
    /// The repository that holds `root`; refused only when there is none.
    pub fn open(root: &Path) -> Result<Git, RepoError> {
        let repository = open(root);
        if let Err(refused) = &repository
            && refused.code() == ErrorCode::NotFound
        {
            let doing = format!("find a repository at `{}`", root.display());
            return Err(RepoError::Git {
                doing,
                source: git2::Error::from_str(refused.message()),
            });
        }
        Ok(Git {
            root: root.to_owned(),
            repository,
        })
    }

    /// What git is configured to do; `None` when nothing is.
    pub fn setting(&self, name: &str) -> Result<Option<String>, RepoError> {
        let native = |repository: &Repository| match repository.config()?.snapshot()?.get_str(name)
        {
            Ok(value) => Ok(Some(value.to_owned())),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        self.ask("read the configuration", native, |git| {
            git.line(&["config", "--get", name])
        })
    }

    /// Asks libgit2 and, where that fails, the program.
    pub(crate) fn ask<T>(
        &self,
        doing: &str,
        native: impl FnOnce(&Repository) -> Result<T, git2::Error>,
        program: impl FnOnce(&Program) -> Result<T, ProgramError>,
    ) -> Result<T, RepoError> {
        let refused = match &self.repository {
            Ok(repository) => match native(repository) {
                Ok(answer) => return Ok(answer),
                Err(refused) => refused,
            },
            Err(refused) => git2::Error::from_str(refused.message()),
        };
        program(&self.program()).map_err(|error| match error {
            // Without the program, the first refusal is the one to tell.
            ProgramError::Absent(_) => RepoError::Git {
                doing: doing.to_owned(),
                source: refused,
            },
            failed @ ProgramError::Failed(_) => failed.about(doing),
        })
    }

    /// The program, standing where it finds the same repository.
    pub(crate) fn program(&self) -> Program {
        Program::at(&self.root)
    }

    /// The folder of the repository's data, when libgit2 takes the repository.
    pub(crate) fn native_folder(&self) -> Option<&Path> {
        self.repository.as_ref().ok().map(Repository::path)
    }

    /// What precedes our paths in git's, empty or with a `/` at the end.
    pub(crate) fn prefix(&self) -> Vec<u8> {
        match &self.repository {
            Ok(repository) => repository
                .workdir()
                .map_or_else(Vec::new, |workdir| relative_prefix(workdir, &self.root)),
            Err(_) => self
                .program()
                .top()
                .map_or_else(|_| Vec::new(), |top| relative_prefix(&top, &self.root)),
        }
    }
}

/// Whether the environment names the repository or its index, as it does in hooks.
pub(crate) fn named_by_environment() -> bool {
    ["GIT_DIR", "GIT_INDEX_FILE"]
        .iter()
        .any(|name| std::env::var_os(name).is_some())
}

/// Hooks name the repository in the environment; everyone else stands in it.
pub(crate) fn open(root: &Path) -> Result<Repository, git2::Error> {
    // zlib's sums tell a broken object; hashing each text anew, as git does not do either, costs
    // more than reading it.
    git2::opts::strict_hash_verification(false);
    if named_by_environment() {
        Repository::open_from_env()
    } else {
        Repository::discover(root)
    }
}

/// The way from the top of a work tree to a folder in it.
pub(crate) fn relative_prefix(workdir: &Path, root: &Path) -> Vec<u8> {
    let (workdir, root) = (workdir.canonicalize(), root.canonicalize());
    let (Ok(workdir), Ok(root)) = (workdir, root) else {
        return Vec::new();
    };
    match root.strip_prefix(&workdir) {
        Ok(inside) if inside.as_os_str().is_empty() => Vec::new(),
        Ok(inside) => format!("{}/", inside.to_string_lossy().replace('\\', "/")).into_bytes(),
        Err(_) => Vec::new(),
    }
}
