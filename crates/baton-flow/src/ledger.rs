//! The ledger: events in the order in which they happened, each chained to the one before.
//!
//! It lies in the user's state folder, out of reach of what agents edit in a repository. Beside
//! the entries it keeps what can be had from them again: the state, so that a process need not
//! replay a long history, and digests of the state file.

#[cfg(test)]
mod memory;
mod sqlite;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

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
    /// The event's JSON, byte for byte as it was chained.
    pub body: String,
    /// The chain's hash of the entry before; empty for the first.
    pub previous: String,
    /// SHA-256 over `previous`, project, number and the event's JSON.
    pub hash: String,
}

/// An entry as it is stored, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number within the project, from 1.
    pub number: i64,
    /// The event's JSON.
    pub body: String,
    /// The hash of the entry before.
    pub previous: String,
    /// Its hash.
    pub hash: String,
}

/// The end of what somebody has read of a project; the default is the beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tip {
    /// Number of the last entry; 0 before the first.
    pub number: i64,
    /// Its hash; empty before the first.
    pub hash: String,
}

/// What is kept beside the entries; whatever of it is lost can be had again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// The state after the last entry, as JSON.
    pub state: String,
    /// Digest of the state file as it is known to have been written.
    pub confirmed: String,
    /// Digest of the state file that was to be written after the last entry.
    pub intended: String,
}

/// An event that is to be appended.
#[derive(Debug, Clone, Copy)]
pub struct Addition<'a> {
    /// Number of the last entry its author knew.
    pub after: i64,
    /// The event.
    pub event: &'a Event,
    /// What is kept beside it from then on.
    pub kept: Option<&'a Kept>,
}

/// Keeps events. One conformance suite holds for every implementation.
pub trait Ledger {
    /// Where it lies, for messages.
    fn place(&self) -> PathBuf;

    /// The entries of a project after a tip, verified. That the tip is there still is verified
    /// too, what lies before it is not.
    fn entries_after(&self, project: &str, tip: &Tip) -> Result<Vec<Entry>, FlowError>;

    /// Appends an event and what is kept beside it, both or neither; it is on disk when this
    /// returns. If others came since, nothing is written and the answer is `None`.
    fn add(&mut self, project: &str, new: Addition<'_>) -> Result<Option<Entry>, FlowError>;

    /// Appends entries that were written elsewhere, all or none; the chain is the caller's to
    /// verify. `false`: they do not follow the last entry here.
    fn adopt(&mut self, project: &str, entries: &[Entry]) -> Result<bool, FlowError>;

    /// What is kept beside the entries, and the entry it belongs to; `None` when nothing is or
    /// when it is not what was written.
    fn kept(&self, project: &str) -> Result<Option<(Tip, Kept)>, FlowError>;

    /// The projects that have entries, sorted.
    fn projects(&self) -> Result<Vec<String>, FlowError>;

    /// All entries of a project, verified; what was known of the last one bears witness that
    /// none were taken from the end.
    fn entries(&self, project: &str) -> Result<Vec<Entry>, FlowError> {
        let entries = self.entries_after(project, &Tip::default())?;
        let Some((tip, _)) = self.kept(project)? else {
            return Ok(entries);
        };
        let witness = entries.iter().find(|entry| entry.number == tip.number);
        if tip.number > 0 && witness.is_none_or(|entry| entry.hash != tip.hash) {
            let reason = "is not the one that was written";
            return Err(tampered(&self.place(), project, tip.number, reason));
        }
        Ok(entries)
    }

    /// Appends an event and keeps nothing beside it; `after` is the number of the last entry its
    /// author knew.
    fn append(
        &mut self,
        project: &str,
        after: i64,
        event: &Event,
    ) -> Result<Option<Entry>, FlowError> {
        let new = Addition {
            after,
            event,
            kept: None,
        };
        self.add(project, new)
    }
}

/// The hash that chains an entry to the one before.
pub fn chain(previous: &str, project: &str, number: i64, body: &str) -> String {
    baton_repo::sha256(format!("{previous}\0{project}\0{number}\0{body}").as_bytes())
}

/// Rows that follow a tip, as entries; `place` is named when they are not what was written.
pub fn verified(
    place: &Path,
    project: &str,
    tip: &Tip,
    rows: impl IntoIterator<Item = Row>,
) -> Result<Vec<Entry>, FlowError> {
    let mut tip = tip.clone();
    let mut entries = Vec::new();
    for row in rows {
        let entry = follow(&tip, project, row)
            .map_err(|(number, reason)| tampered(place, project, number, &reason))?;
        tip = Tip::of(&entry);
        entries.push(entry);
    }
    Ok(entries)
}

/// A row as the entry after a tip; else its number and what is wrong with it.
fn follow(tip: &Tip, project: &str, row: Row) -> Result<Entry, (i64, String)> {
    let Row {
        number,
        body,
        previous,
        hash,
    } = row;
    let wrong = |reason: &str| (number, reason.to_owned());
    if number != tip.number + 1 {
        return Err(wrong("does not follow the one before"));
    }
    if previous != tip.hash || hash != chain(&previous, project, number, &body) {
        return Err(wrong("breaks the chain of hashes"));
    }
    let event =
        serde_json::from_str(&body).map_err(|error| wrong(&format!("cannot be read: {error}")))?;
    Ok(Entry {
        number,
        event,
        body,
        previous,
        hash,
    })
}

fn tampered(place: &Path, project: &str, entry: i64, reason: &str) -> FlowError {
    FlowError::Tampered {
        path: place.to_owned(),
        project: project.to_owned(),
        entry,
        reason: reason.to_owned(),
    }
}

impl Tip {
    /// The tip at which an entry is the last.
    pub fn of(entry: &Entry) -> Tip {
        Tip {
            number: entry.number,
            hash: entry.hash.clone(),
        }
    }
}

impl Kept {
    /// What shows that this was kept for a tip by this version of baton.
    pub(crate) fn seal(&self, tip: &Tip) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let text = format!("{version}\0{}\0{}\0{}", tip.number, tip.hash, self.state);
        baton_repo::sha256(text.as_bytes())
    }
}
