//! The state file, written from the state and read back.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::FlowError;
use crate::state::RunState;

/// Name of the state file within a project's folder.
pub const STATE_FILE: &str = "00-session-state.json";

/// The text of the state file for a state.
pub fn render(state: &RunState) -> Result<String, serde_json::Error> {
    let mut document = state.document.clone();
    if !state.gates.is_empty() {
        document.insert("gates".to_owned(), serde_json::to_value(&state.gates)?);
    }
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// Writes a file so that a reader finds the old text or the new one, and `.bak` the old one.
///
/// `.bak` is replaced only by text that is a JSON object.
pub fn write(path: &Path, text: &str) -> Result<(), FlowError> {
    let old = fs::read(path).ok();
    if old.as_deref() == Some(text.as_bytes()) {
        return Ok(());
    }
    if let Some(old) = old.filter(|old| object(old).is_some()) {
        // Renamed as well, so that being cut off here leaves the copy before.
        let (next, copy) = (beside(path, ".bak.tmp"), beside(path, ".bak"));
        fs::write(&next, old).map_err(failed(&next, "written"))?;
        fs::rename(&next, &copy).map_err(failed(&copy, "written"))?;
    }
    replace(path, text.as_bytes())
}

/// Writes a file beside another, has it on disk, and puts it in the other's place.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), FlowError> {
    let next = beside(path, ".tmp");
    let mut file = File::create(&next).map_err(failed(&next, "written"))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(failed(&next, "written"))?;
    drop(file);
    fs::rename(&next, path).map_err(failed(path, "written"))?;
    // A folder cannot be synced on every system; the rename is atomic all the same.
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// What a state file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The document.
    pub document: Map<String, Value>,
    /// Digest of the bytes it was read from.
    pub digest: String,
    /// Whether the copy had to stand in for the file.
    pub is_copy: bool,
}

/// Where a state file came from that had been lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restored {
    /// The ledger.
    FromLedger,
    /// Its copy.
    FromCopy,
}

/// What a state file or else its copy says. `None`: neither is there.
pub fn read(path: &Path) -> Result<Option<Held>, FlowError> {
    let bytes = bytes_of(path)?;
    if let Some(bytes) = &bytes
        && let Some(document) = object(bytes)
    {
        return Ok(Some(Held {
            document,
            digest: baton_repo::sha256(bytes),
            is_copy: false,
        }));
    }
    let copy = bytes_of(&beside(path, ".bak"))?;
    let is_there = bytes.is_some() || copy.is_some();
    match copy.and_then(|copy| Some((object(&copy)?, copy))) {
        Some((document, copy)) => Ok(Some(Held {
            document,
            digest: baton_repo::sha256(&copy),
            is_copy: true,
        })),
        None if is_there => Err(FlowError::StateUnreadable {
            path: path.to_owned(),
            reason: "no JSON object in either".to_owned(),
        }),
        None => Ok(None),
    }
}

/// Whether a state file can be read and no unfinished one lies beside it.
pub(crate) fn is_whole(path: &Path) -> bool {
    let unfinished = [".tmp", ".bak.tmp"].map(|suffix| beside(path, suffix).exists());
    let text = || fs::read(path).is_ok_and(|bytes| object(&bytes).is_some());
    unfinished == [false, false] && text()
}

/// Removes files that nobody finished.
pub(crate) fn sweep(path: &Path) -> Result<(), FlowError> {
    for suffix in [".tmp", ".bak.tmp"] {
        let unfinished = beside(path, suffix);
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(failed(&unfinished, "removed")(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes a state file again from its copy, which stays as it is.
pub(crate) fn restore(path: &Path) -> Result<Option<Restored>, FlowError> {
    let copy = bytes_of(&beside(path, ".bak"))?.filter(|copy| object(copy).is_some());
    let Some(copy) = copy else {
        return Ok(None);
    };
    replace(path, &copy)?;
    Ok(Some(Restored::FromCopy))
}

fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, FlowError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, "read")(error)),
    }
}

fn failed(path: &Path, action: &'static str) -> impl FnOnce(std::io::Error) -> FlowError {
    let path = path.to_owned();
    move |source| FlowError::File {
        path,
        action,
        source,
    }
}

fn object(bytes: &[u8]) -> Option<Map<String, Value>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    serde_json::from_slice(bytes).ok()
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
