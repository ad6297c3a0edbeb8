//! A ledger in one `SQLite` database: write-ahead log, synced at every commit.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{
    Connection, ErrorCode, OptionalExtension as _, Transaction, TransactionBehavior, params,
};

use super::{Addition, Entry, Kept, Ledger, Row, Tip, chain, tampered, verified};
use crate::FlowError;

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long it waits between two tries where `SQLite` does not wait by itself.
const PAUSE: Duration = Duration::from_millis(5);

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS entries (
        project  TEXT NOT NULL,
        number   INTEGER NOT NULL,
        body     TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash     TEXT NOT NULL,
        PRIMARY KEY (project, number)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS kept (
        project   TEXT PRIMARY KEY,
        number    INTEGER NOT NULL,
        hash      TEXT NOT NULL,
        seal      TEXT NOT NULL,
        state     TEXT NOT NULL,
        confirmed TEXT NOT NULL,
        intended  TEXT NOT NULL
    ) STRICT;";

pub(super) const INSERT: &str = "INSERT INTO entries (project, number, body, previous, hash)
                      VALUES (?1, ?2, ?3, ?4, ?5)";

const KEEP: &str = "INSERT OR REPLACE INTO kept
                    (project, number, hash, seal, state, confirmed, intended)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/// A ledger in an `SQLite` database.
#[derive(Debug)]
pub struct SqliteLedger {
    path: PathBuf,
    connection: Connection,
}

impl SqliteLedger {
    /// Opens a database, and makes it when it is not there.
    pub fn open(path: &Path) -> Result<SqliteLedger, FlowError> {
        let opened = || {
            let connection = Connection::open(path)?;
            connection.busy_timeout(PATIENCE)?;
            // The journal's mode is changed without waiting for others, so that is done here.
            patiently(|| connection.pragma_update(None, "journal_mode", "WAL"))?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            patiently(|| connection.execute_batch(TABLES))?;
            Ok(connection)
        };
        let connection = opened().map_err(|source| FlowError::Ledger {
            path: path.to_owned(),
            action: "opened",
            source,
        })?;
        Ok(SqliteLedger {
            path: path.to_owned(),
            connection,
        })
    }

    fn unread(&self, source: rusqlite::Error) -> FlowError {
        FlowError::Ledger {
            path: self.path.clone(),
            action: "read",
            source,
        }
    }

    fn unwritten(&self, source: rusqlite::Error) -> FlowError {
        FlowError::Ledger {
            path: self.path.clone(),
            action: "written",
            source,
        }
    }

    /// Stored rows after a number, in their order.
    pub(super) fn rows(&self, project: &str, after: i64) -> rusqlite::Result<Vec<Row>> {
        let query = "SELECT number, body, previous, hash FROM entries
                     WHERE project = ?1 AND number > ?2 ORDER BY number";
        let mut statement = self.connection.prepare(query)?;
        let rows = statement.query_map(params![project, after], |row| {
            Ok(Row {
                number: row.get(0)?,
                body: row.get(1)?,
                previous: row.get(2)?,
                hash: row.get(3)?,
            })
        })?;
        rows.collect()
    }

    fn hash_of(&self, project: &str, number: i64) -> rusqlite::Result<Option<String>> {
        let query = "SELECT hash FROM entries WHERE project = ?1 AND number = ?2";
        let found = self
            .connection
            .query_row(query, params![project, number], |row| row.get(0));
        found.optional()
    }

    fn add_now(&mut self, project: &str, new: Addition<'_>) -> rusqlite::Result<Option<Entry>> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let last = last(&transaction, project)?;
        if last.number != new.after {
            return Ok(None);
        }
        let number = last.number + 1;
        let body = serde_json::to_string(new.event)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        let hash = chain(&last.hash, project, number, &body);
        transaction.execute(INSERT, params![project, number, body, last.hash, hash])?;
        let entry = Entry {
            number,
            event: new.event.clone(),
            body,
            previous: last.hash,
            hash,
        };
        if let Some(kept) = new.kept {
            let seal = kept.seal(&Tip::of(&entry));
            transaction.execute(
                KEEP,
                params![
                    project,
                    number,
                    entry.hash,
                    seal,
                    kept.state,
                    kept.confirmed,
                    kept.intended
                ],
            )?;
        }
        transaction.commit()?;
        Ok(Some(entry))
    }

    fn adopt_now(&mut self, project: &str, entries: &[Entry]) -> rusqlite::Result<bool> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let last = last(&transaction, project)?;
        let follows =
            |first: &Entry| first.number == last.number + 1 && first.previous == last.hash;
        if !entries.first().is_none_or(follows) {
            return Ok(false);
        }
        for entry in entries {
            let Entry {
                number,
                body,
                previous,
                hash,
                ..
            } = entry;
            transaction.execute(INSERT, params![project, number, body, previous, hash])?;
        }
        transaction.commit()?;
        Ok(true)
    }
}

/// Tries again for a while what another process stands in the way of.
fn patiently(mut action: impl FnMut() -> rusqlite::Result<()>) -> rusqlite::Result<()> {
    let start = Instant::now();
    loop {
        match action() {
            Err(error) if is_busy(&error) && start.elapsed() < PATIENCE => thread::sleep(PAUSE),
            outcome => return outcome,
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

/// The last entry of a project, unverified.
fn last(transaction: &Transaction<'_>, project: &str) -> rusqlite::Result<Tip> {
    let query = "SELECT number, hash FROM entries WHERE project = ?1
                 ORDER BY number DESC LIMIT 1";
    let found = transaction.query_row(query, [project], |row| {
        Ok(Tip {
            number: row.get(0)?,
            hash: row.get(1)?,
        })
    });
    found.optional().map(Option::unwrap_or_default)
}

impl Ledger for SqliteLedger {
    fn place(&self) -> PathBuf {
        self.path.clone()
    }

    fn entries_after(&self, project: &str, tip: &Tip) -> Result<Vec<Entry>, FlowError> {
        if tip.number > 0 {
            let hash = self
                .hash_of(project, tip.number)
                .map_err(|source| self.unread(source))?;
            if hash.as_ref() != Some(&tip.hash) {
                let reason = "is not the one that was written";
                return Err(tampered(&self.path, project, tip.number, reason));
            }
        }
        let rows = self
            .rows(project, tip.number)
            .map_err(|source| self.unread(source))?;
        verified(&self.path, project, tip, rows)
    }

    fn add(&mut self, project: &str, new: Addition<'_>) -> Result<Option<Entry>, FlowError> {
        let added = self.add_now(project, new);
        added.map_err(|source| self.unwritten(source))
    }

    fn adopt(&mut self, project: &str, entries: &[Entry]) -> Result<bool, FlowError> {
        let adopted = self.adopt_now(project, entries);
        adopted.map_err(|source| self.unwritten(source))
    }

    fn kept(&self, project: &str) -> Result<Option<(Tip, Kept)>, FlowError> {
        let query = "SELECT number, hash, seal, state, confirmed, intended FROM kept
                     WHERE project = ?1";
        let found = self.connection.query_row(query, [project], |row| {
            let tip = Tip {
                number: row.get(0)?,
                hash: row.get(1)?,
            };
            let kept = Kept {
                state: row.get(3)?,
                confirmed: row.get(4)?,
                intended: row.get(5)?,
            };
            Ok((tip, kept, row.get::<_, String>(2)?))
        });
        let found = found.optional().map_err(|source| self.unread(source))?;
        Ok(found.map(|(tip, kept, seal)| {
            let is_whole = kept.seal(&tip) == seal;
            let state = if is_whole { kept.state } else { String::new() };
            (tip, Kept { state, ..kept })
        }))
    }

    fn projects(&self) -> Result<Vec<String>, FlowError> {
        let listed = || {
            let query = "SELECT DISTINCT project FROM entries ORDER BY project";
            let mut statement = self.connection.prepare(query)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect::<Result<Vec<_>, _>>()
        };
        listed().map_err(|source| self.unread(source))
    }
}
