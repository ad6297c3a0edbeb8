//! The logs of the hooks: one JSON object a line, put aside once when they are full.
//!
//! A log that cannot be written never fails a hook; that it could not is said.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use baton_guard::{Log, Record, environment};
use baton_repo::Date;

use super::{root, variable};
use crate::exit::say;

/// The most of a log that is read back.
const READ: u64 = 16 * 1024 * 1024;

/// Writes each line to its log.
pub(super) fn write(records: &[Record]) {
    if records.is_empty() {
        return;
    }
    let (root, now) = (root(), now());
    let limit = environment::log_bytes(&variable);
    for record in records {
        let path = place(&root, record.log);
        if let Err(error) = append(&path, &record.line(&now), limit) {
            let path = path.display();
            say(&format!("warning: cannot write the log `{path}`: {error}"));
        }
    }
}

/// What the log of governance holds; nothing when there is none.
pub(super) fn audit() -> String {
    let path = place(&root(), Log::Governance);
    match path.metadata() {
        Ok(data) if data.is_file() && data.len() <= READ => {
            let bytes = fs::read(&path).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        }
        _ => String::new(),
    }
}

fn place(root: &Path, log: Log) -> PathBuf {
    let (folder, name) = log.place();
    let moved = log.variable();
    let moved = moved.and_then(|name| environment::set(&variable, name));
    root.join(moved.unwrap_or_else(|| folder.to_owned()))
        .join(name)
}

/// Appends a line in one piece, so that two processes at once write two lines.
fn append(path: &Path, line: &str, limit: u64) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match path.metadata() {
        // A pipe that nobody reads would hold the hook up for ever.
        Ok(data) if !data.is_file() => {
            return Err(io::Error::other("it is no regular file"));
        }
        Ok(data) if data.len() >= limit => {
            let mut aside = path.as_os_str().to_owned();
            aside.push(".1");
            match fs::rename(path, aside) {
                // Another hook was quicker.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                other => other?,
            }
        }
        _ => {}
    }
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(format!("{line}\n").as_bytes())
}

/// The time in UTC, to the second.
fn now() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = seconds.unwrap_or_default().as_secs();
    let (date, rest) = (Date::from_unix_seconds(seconds), seconds % 86_400);
    let (hours, minutes) = (rest / 3_600, rest / 60 % 60);
    format!("{date}T{hours:02}:{minutes:02}:{:02}Z", rest % 60)
}
