//! A ledger in memory: the second implementation that the conformance suite holds for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Addition, Entry, Kept, Ledger, Row, Tip, chain, tampered, verified};
use crate::FlowError;

/// A ledger that ends with its process.
#[derive(Debug, Default)]
pub(crate) struct MemoryLedger {
    /// Rows by project, in the order in which they are stored.
    pub(crate) rows: BTreeMap<String, Vec<Row>>,
    kept: BTreeMap<String, (Tip, Kept, String)>,
}

impl MemoryLedger {
    fn last(&self, project: &str) -> Tip {
        let last = self.rows.get(project).and_then(|rows| rows.last());
        last.map_or_else(Tip::default, |row| Tip {
            number: row.number,
            hash: row.hash.clone(),
        })
    }

    fn push(&mut self, project: &str, entry: &Entry) {
        let rows = self.rows.entry(project.to_owned()).or_default();
        rows.push(Row {
            number: entry.number,
            body: entry.body.clone(),
            previous: entry.previous.clone(),
            hash: entry.hash.clone(),
        });
    }
}

impl Ledger for MemoryLedger {
    fn place(&self) -> PathBuf {
        PathBuf::from("memory")
    }

    fn entries_after(&self, project: &str, tip: &Tip) -> Result<Vec<Entry>, FlowError> {
        let rows = self
            .rows
            .get(project)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let witness = rows.iter().find(|row| row.number == tip.number);
        if tip.number > 0 && witness.is_none_or(|row| row.hash != tip.hash) {
            let reason = "is not the one that was written";
            return Err(tampered(&self.place(), project, tip.number, reason));
        }
        let news = rows.iter().filter(|row| row.number > tip.number).cloned();
        verified(Path::new("memory"), project, tip, news)
    }

    fn add(&mut self, project: &str, new: Addition<'_>) -> Result<Option<Entry>, FlowError> {
        let last = self.last(project);
        if last.number != new.after {
            return Ok(None);
        }
        let number = last.number + 1;
        let body = serde_json::to_string(new.event).unwrap();
        let entry = Entry {
            number,
            event: new.event.clone(),
            hash: chain(&last.hash, project, number, &body),
            body,
            previous: last.hash,
        };
        self.push(project, &entry);
        if let Some(kept) = new.kept {
            let tip = Tip::of(&entry);
            let seal = kept.seal(&tip);
            self.kept
                .insert(project.to_owned(), (tip, kept.clone(), seal));
        }
        Ok(Some(entry))
    }

    fn adopt(&mut self, project: &str, entries: &[Entry]) -> Result<bool, FlowError> {
        let last = self.last(project);
        let follows =
            |first: &Entry| first.number == last.number + 1 && first.previous == last.hash;
        if !entries.first().is_none_or(follows) {
            return Ok(false);
        }
        for entry in entries {
            self.push(project, entry);
        }
        Ok(true)
    }

    fn kept(&self, project: &str) -> Result<Option<(Tip, Kept)>, FlowError> {
        let found = self.kept.get(project).cloned();
        Ok(found.map(|(tip, kept, _)| (tip, kept)))
    }

    fn projects(&self) -> Result<Vec<String>, FlowError> {
        Ok(self.rows.keys().cloned().collect())
    }
}
