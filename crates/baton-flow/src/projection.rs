//! The state file, written from the state and read back.

use std::fs::{self, File};
use std::io::Write as _;
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
    let failed = |action, path: &Path| {
        let path = path.to_owned();
        move |source| FlowError::File {
            path,
            action,
            source,
        }
    };
    let beside = beside(path, ".tmp");
    let mut file = File::create(&beside).map_err(failed("written", &beside))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed("written", &beside))?;
    if let Ok(old) = fs::read(path)
        && object(&old).is_some()
    {
        let copy = self::beside(path, ".bak");
        fs::write(&copy, old).map_err(failed("written", &copy))?;
    }
    fs::rename(&beside, path).map_err(failed("written", path))?;
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
    /// Digest of the file's bytes; empty when the copy had to stand in for it.
    pub digest: String,
}

/// What a state file or else its copy says. `None`: neither is there.
pub fn read(path: &Path) -> Result<Option<Held>, FlowError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(source) => {
            return Err(FlowError::File {
                path: path.to_owned(),
                action: "read",
                source,
            });
        }
    };
    if let Some(bytes) = &bytes
        && let Some(document) = object(bytes)
    {
        let digest = baton_repo::sha256(bytes);
        return Ok(Some(Held { document, digest }));
    }
    let copy = fs::read(beside(path, ".bak")).ok();
    match (copy.as_deref().and_then(object), bytes) {
        (Some(document), _) => Ok(Some(Held {
            document,
            digest: String::new(),
        })),
        (None, None) => Ok(None),
        (None, Some(_)) => Err(FlowError::StateUnreadable {
            path: path.to_owned(),
            reason: "no JSON object in either".to_owned(),
        }),
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
