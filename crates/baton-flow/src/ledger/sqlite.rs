//! A ledger in one `SQLite` database: write-ahead log, synced at every commit.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::{Entry, Ledger, chain};
use crate::FlowError;
use crate::event::Event;

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(30);

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS entries (
        project  TEXT NOT NULL,
        number   INTEGER NOT NULL,
        body     TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash     TEXT NOT NULL,
        PRIMARY KEY (project, number)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS projections (
        project TEXT PRIMARY KEY,
        digest  TEXT NOT NULL
    ) STRICT;";

/// A ledger in an `SQLite` database.
#[derive(Debug)]
pub struct SqliteLedger {
    path: PathBuf,
    connection: Connection,
}

impl SqliteLedger {
    /// Opens a database, and makes it when it is not there.
    pub fn open(path: &Path) -> Result<SqliteLedger, FlowError> {
        let failed = |source| FlowError::Ledger {
            path: path.to_owned(),
            action: "opened",
            source,
        };
        let connection = Connection::open(path).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .map_err(failed)?;
        connection
            .pragma_update(None, "synchronous", "FULL")
            .map_err(failed)?;
        connection.execute_batch(TABLES).map_err(failed)?;
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

    fn tampered(&self, project: &str, entry: i64, reason: &str) -> FlowError {
        FlowError::Tampered {
            path: self.path.clone(),
            project: project.to_owned(),
            entry,
            reason: reason.to_owned(),
        }
    }
}

impl Ledger for SqliteLedger {
    fn entries(&self, project: &str) -> Result<Vec<Entry>, FlowError> {
        let query = "SELECT number, body, previous, hash FROM entries
                     WHERE project = ?1 ORDER BY number";
        let unread = |source| self.unread(source);
        let mut statement = self.connection.prepare(query).map_err(unread)?;
        let rows = statement
            .query_map([project], |row| {
                let number: i64 = row.get(0)?;
                let body: String = row.get(1)?;
                Ok((number, body, row.get::<_, String>(2)?, row.get(3)?))
            })
            .map_err(unread)?;
        let mut entries: Vec<Entry> = Vec::new();
        for row in rows {
            let (number, body, previous, hash): (i64, String, String, String) =
                row.map_err(unread)?;
            let last = entries.last();
            if number != last.map_or(1, |entry| entry.number + 1) {
                return Err(self.tampered(project, number, "does not follow the one before"));
            }
            if previous != last.map_or("", |entry| entry.hash.as_str())
                || hash != chain(&previous, project, number, &body)
            {
                return Err(self.tampered(project, number, "breaks the chain of hashes"));
            }
            let event = serde_json::from_str(&body).map_err(|error| {
                self.tampered(project, number, &format!("cannot be read: {error}"))
            })?;
            entries.push(Entry {
                number,
                event,
                previous,
                hash,
            });
        }
        Ok(entries)
    }

    fn append(
        &mut self,
        project: &str,
        after: i64,
        event: &Event,
    ) -> Result<Option<Entry>, FlowError> {
        let path = self.path.clone();
        let failed = |source| FlowError::Ledger {
            path: path.clone(),
            action: "written",
            source,
        };
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        let last: Option<(i64, String)> = transaction
            .query_row(
                "SELECT number, hash FROM entries WHERE project = ?1
                 ORDER BY number DESC LIMIT 1",
                [project],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(failed)?;
        let (number, previous) = last.unwrap_or_default();
        if number != after {
            return Ok(None);
        }
        let number = number + 1;
        let body = serde_json::to_string(event)
            .map_err(|error| failed(rusqlite::Error::ToSqlConversionFailure(Box::new(error))))?;
        let hash = chain(&previous, project, number, &body);
        transaction
            .execute(
                "INSERT INTO entries (project, number, body, previous, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![project, number, body, previous, hash],
            )
            .map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(Some(Entry {
            number,
            event: event.clone(),
            previous,
            hash,
        }))
    }

    fn projected(&self, project: &str) -> Result<Option<String>, FlowError> {
        self.connection
            .query_row(
                "SELECT digest FROM projections WHERE project = ?1",
                [project],
                |row| row.get(0),
            )
            .optional()
            .map_err(|source| self.unread(source))
    }

    fn set_projected(&mut self, project: &str, digest: &str) -> Result<(), FlowError> {
        self.connection
            .execute(
                "INSERT INTO projections (project, digest) VALUES (?1, ?2)
                 ON CONFLICT (project) DO UPDATE SET digest = excluded.digest",
                params![project, digest],
            )
            .map(|_| ())
            .map_err(|source| FlowError::Ledger {
                path: self.path.clone(),
                action: "written",
                source,
            })
    }

    fn projects(&self) -> Result<Vec<String>, FlowError> {
        let unread = |source| self.unread(source);
        let mut statement = self
            .connection
            .prepare("SELECT DISTINCT project FROM entries ORDER BY project")
            .map_err(unread)?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(unread)?;
        rows.collect::<Result<_, _>>().map_err(unread)
    }
}
