//! The ledger: events in the order in which they happened, each chained to the one before.
//!
//! It lies in the user's state folder, out of reach of what agents edit in a repository.

mod sqlite;

pub use sqlite::SqliteLedger;

use crate::FlowError;
use crate::event::Event;

/// An event as it lies in a ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number within the project, from 1.
    pub number: i64,
    /// What happened.
    pub event: Event,
    /// The chain's hash of the entry before; empty for the first.
    pub previous: String,
    /// SHA-256 over `previous`, project, number and the event's JSON.
    pub hash: String,
}

/// Keeps events. One conformance suite holds for every implementation.
pub trait Ledger {
    /// All entries of a project, verified.
    fn entries(&self, project: &str) -> Result<Vec<Entry>, FlowError>;

    /// Appends an event; it is on disk when this returns. `after` is the number of the last entry
    /// its author knew: if others came since, nothing is written and the answer is `None`.
    fn append(
        &mut self,
        project: &str,
        after: i64,
        event: &Event,
    ) -> Result<Option<Entry>, FlowError>;

    /// Digest of the state file as it was last written for a project.
    fn projected(&self, project: &str) -> Result<Option<String>, FlowError>;

    /// Notes the digest of the state file that was just written.
    fn set_projected(&mut self, project: &str, digest: &str) -> Result<(), FlowError>;

    /// The projects that have entries, sorted.
    fn projects(&self) -> Result<Vec<String>, FlowError>;
}

/// The hash that chains an entry to the one before.
pub fn chain(previous: &str, project: &str, number: i64, body: &str) -> String {
    baton_repo::sha256(format!("{previous}\0{project}\0{number}\0{body}").as_bytes())
}
