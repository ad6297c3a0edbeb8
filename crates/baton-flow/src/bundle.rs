//! A project's ledger on its way to another machine: its entries with their chain, signed.
//!
//! Who has the key may bring approvals; that is how a CI runner learns of them.

mod hmac;

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::FlowError;
use crate::canonical::canonical;
use crate::event::{RunEvent, What};
use crate::ledger::{Entry, Row, Tip, verified};
use crate::state::Approval;

/// The form of a bundle.
const SCHEMA: &str = "baton/ledger-bundle/v1";

/// The way of signing.
const ALGORITHM: &str = "HMAC-SHA-256";

/// A key has at least as many bytes.
const LEAST_KEY: usize = 16;

/// What signs bundles.
#[derive(Clone)]
pub struct Key(Vec<u8>);

/// A bundle that was verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// The project.
    pub project: String,
    /// All its entries.
    pub entries: Vec<Entry>,
}

/// A bundle as it is written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    schema: String,
    project: String,
    entries: Vec<WireEntry>,
    signature: Signature,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireEntry {
    number: i64,
    body: String,
    previous: String,
    hash: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    algorithm: String,
    value: String,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A key from the bytes of a variable or a file; line ends after it do not belong to it.
    pub fn new(bytes: &[u8]) -> Result<Key, FlowError> {
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let length = bytes.iter().rposition(|byte| !is_end(byte));
        let key: Vec<u8> = bytes
            .iter()
            .take(length.map_or(0, |last| last + 1))
            .copied()
            .collect();
        if key.len() < LEAST_KEY {
            return Err(FlowError::Bundle {
                action: "signed or verified",
                reason: format!(
                    "its key has {} bytes, and {LEAST_KEY} are the least; 32 random ones are good",
                    key.len()
                ),
            });
        }
        Ok(Key(key))
    }
}

/// The text of a bundle of a project's entries.
pub fn export(project: &str, entries: &[Entry], key: &Key) -> String {
    let entries = entries.iter().map(|entry| WireEntry {
        number: entry.number,
        body: entry.body.clone(),
        previous: entry.previous.clone(),
        hash: entry.hash.clone(),
    });
    let mut wire = Wire {
        schema: SCHEMA.to_owned(),
        project: project.to_owned(),
        entries: entries.collect(),
        signature: Signature {
            algorithm: ALGORITHM.to_owned(),
            value: String::new(),
        },
    };
    wire.signature.value = wire.signed_with(key);
    // Strings and numbers under names: this cannot fail.
    serde_json::to_string_pretty(&wire).unwrap_or_default() + "\n"
}

/// What a bundle holds, if it is what somebody with the key signed, from the first entry to the
/// last.
pub fn verify(text: &str, key: &Key) -> Result<Bundle, FlowError> {
    let wire: Wire =
        serde_json::from_str(text).map_err(|error| refused(&format!("it is none: {error}")))?;
    if wire.schema != SCHEMA || wire.signature.algorithm != ALGORITHM {
        let (schema, algorithm) = (&wire.schema, &wire.signature.algorithm);
        return Err(refused(&format!(
            "this version of baton knows `{SCHEMA}` with {ALGORITHM}, not `{schema}` with \
             {algorithm}"
        )));
    }
    if !hmac::is_same(&wire.signature.value, &wire.signed_with(key)) {
        return Err(refused(
            "its signature does not fit: it was changed, or signed with another key",
        ));
    }
    let rows = wire.entries.into_iter().map(|entry| Row {
        number: entry.number,
        body: entry.body,
        previous: entry.previous,
        hash: entry.hash,
    });
    let place = Path::new("in the bundle");
    let entries = verified(place, &wire.project, &Tip::default(), rows)?;
    Ok(Bundle {
        project: wire.project,
        entries,
    })
}

/// The entries that a ledger lacks, if it is the beginning of the bundle's or the other way
/// round; else the two have parted.
pub fn missing<'b>(bundle: &'b Bundle, here: &[Entry]) -> Result<&'b [Entry], FlowError> {
    let mut pairs = here.iter().zip(&bundle.entries);
    if let Some((entry, _)) = pairs.find(|(here, there)| here.hash != there.hash) {
        return Err(refused(&format!(
            "`{}` has gone another way here since entry {}, and nothing is overwritten; \
             `--approvals` takes over what was approved and nothing else",
            bundle.project, entry.number
        )));
    }
    Ok(bundle.entries.get(here.len()..).unwrap_or_default())
}

/// The approvals in a bundle, by gate, in their order.
pub fn approvals(bundle: &Bundle) -> Vec<(String, Approval)> {
    let approvals = bundle.entries.iter().filter_map(|entry| {
        let What::Run(RunEvent::GateApproved {
            gate, digest, how, ..
        }) = &entry.event.what
        else {
            return None;
        };
        let approval = Approval {
            by: entry.event.by.clone(),
            at: entry.event.at.clone(),
            how: how.clone(),
            digest: digest.clone(),
        };
        Some((gate.clone(), approval))
    });
    approvals.collect()
}

fn refused(reason: &str) -> FlowError {
    FlowError::Bundle {
        action: "taken over",
        reason: reason.to_owned(),
    }
}

impl Wire {
    /// The signature over everything but itself.
    fn signed_with(&self, key: &Key) -> String {
        let said = json!({
            "algorithm": self.signature.algorithm,
            "entries": self.entries,
            "project": self.project,
            "schema": self.schema,
        });
        hmac::hmac(&key.0, canonical(&said).as_bytes())
    }
}

#[cfg(test)]
mod tests;
