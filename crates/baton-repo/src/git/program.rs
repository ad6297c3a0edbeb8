//! The `git` program: run, and its answers taken apart.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::named_by_environment;
use crate::RepoError;

/// How to run `git`.
pub(crate) struct Program {
    folder: Option<PathBuf>,
}

/// Why the program gave no answer.
pub(crate) enum ProgramError {
    /// It could not be run.
    Absent(std::io::Error),
    /// It said this.
    Failed(String),
}

impl From<std::io::Error> for ProgramError {
    fn from(error: std::io::Error) -> ProgramError {
        ProgramError::Absent(error)
    }
}

impl ProgramError {
    /// The error, with what was being done.
    pub(crate) fn about(self, doing: &str) -> RepoError {
        RepoError::GitProgram {
            doing: doing.to_owned(),
            message: match self {
                ProgramError::Absent(error) => format!("the program `git` cannot be run ({error})"),
                ProgramError::Failed(message) => message,
            },
        }
    }
}

impl Program {
    /// The program for the repository around `root`. In a hook the environment names it, partly
    /// relative to the working directory, so that is kept then.
    pub(crate) fn at(root: &Path) -> Program {
        Program {
            folder: (!named_by_environment()).then(|| root.to_owned()),
        }
    }

    /// A command, ready to take its arguments.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new("git");
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
            .arg("--no-pager")
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .stdin(Stdio::null());
        command
    }

    /// What it writes.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, ProgramError> {
        let output = self.command().args(arguments).output()?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(failed(&output.stderr))
    }

    /// What it writes when it is told this.
    pub(crate) fn tell(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, ProgramError> {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input)?;
        }
        let output = child.wait_with_output()?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(failed(&output.stderr))
    }

    /// One line of text; `None` when it fails or has nothing to say.
    pub(crate) fn line(&self, arguments: &[&str]) -> Result<Option<String>, ProgramError> {
        match self.run(arguments) {
            Ok(bytes) => Ok(first_line(&bytes)),
            Err(ProgramError::Failed(_)) => Ok(None),
            Err(absent) => Err(absent),
        }
    }

    /// The top of the work tree.
    pub(crate) fn top(&self) -> Result<PathBuf, ProgramError> {
        let top = self.run(&["rev-parse", "--show-toplevel"])?;
        Ok(PathBuf::from(first_line(&top).unwrap_or_default()))
    }

    /// The id of the tree that holds nothing.
    pub(crate) fn empty_tree(&self) -> Result<String, ProgramError> {
        let id = self.tell(&["hash-object", "-t", "tree", "--stdin"], b"")?;
        Ok(first_line(&id).unwrap_or_default())
    }
}

/// The parts of an answer that ends each one with a zero byte.
pub(crate) fn records(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split(|byte| *byte == 0)
        .filter(|record| !record.is_empty())
}

/// The first line of an answer, when there is one.
pub(crate) fn first_line(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().next()?.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

fn failed(said: &[u8]) -> ProgramError {
    let line = first_line(said).unwrap_or_else(|| "it gave no reason".to_owned());
    let line = line.strip_prefix("fatal: ").unwrap_or(&line);
    ProgramError::Failed(line.to_owned())
}
