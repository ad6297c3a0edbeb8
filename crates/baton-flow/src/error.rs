//! What can go wrong with the world while a project is led through its workflow.

use std::path::PathBuf;

/// Something the runner could not do.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// A project's name leads elsewhere or is no name.
    #[error("`{name}` is no name of a project: lower case letters, digits and hyphens, at most 30")]
    ProjectName {
        /// What was given.
        name: String,
    },
    /// There is no record of a project.
    #[error("there is no project `{project}`: neither a ledger nor {path} tells of it")]
    NoProject {
        /// Its name.
        project: String,
        /// Where its state file would be.
        path: String,
    },
    /// Neither the state file nor its copy can be read.
    #[error("{path} and its copy cannot be read: {reason}")]
    StateUnreadable {
        /// The state file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A state file of a version we do not know.
    #[error("{path} has version {version}, which this version of baton does not know")]
    StateVersion {
        /// The state file.
        path: PathBuf,
        /// Its version.
        version: String,
    },
    /// The ledger could not be read or written.
    #[error("the ledger {path} cannot be {action}")]
    Ledger {
        /// The database.
        path: PathBuf,
        /// `opened`, `read`, `written`.
        action: &'static str,
        /// Why.
        #[source]
        source: rusqlite::Error,
    },
    /// An entry of the ledger is not what was written.
    #[error("the ledger {path} was changed: entry {entry} of `{project}` {reason}")]
    Tampered {
        /// The database.
        path: PathBuf,
        /// The project.
        project: String,
        /// Number of the entry.
        entry: i64,
        /// What is wrong.
        reason: String,
    },
    /// Somebody else leads this project now.
    #[error("`{project}` is being led by another process ({holder})")]
    Locked {
        /// The project.
        project: String,
        /// Who holds the lock.
        holder: String,
    },
    /// Other processes appended events again and again before this one could.
    #[error("`{project}` is changed by others all the time; try again")]
    Overtaken {
        /// The project.
        project: String,
    },
    /// A bundle cannot be made or taken over.
    #[error("the bundle cannot be {action}: {reason}")]
    Bundle {
        /// `signed`, `taken over`.
        action: &'static str,
        /// Why, and what to do.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("{path} cannot be {action}")]
    File {
        /// The file.
        path: PathBuf,
        /// `read`, `written`, `locked`, `removed`.
        action: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// There is no usable graph.
    #[error("{path} is no usable workflow graph: {reason}")]
    Graph {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// There is no folder for state.
    #[error("no folder for state: set BATON_STATE_DIR, XDG_STATE_HOME or HOME")]
    NoStateFolder,
}
