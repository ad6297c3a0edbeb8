//! Locks of a project: one that writers hold for a moment, and one that the process holds which
//! leads the project. Both end with the process, however it ends.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::FlowError;

/// The lead of a project; dropping it gives it up.
#[derive(Debug)]
pub struct RunLock {
    file: File,
    note: PathBuf,
}

/// Who leads a project, as others are told.
#[derive(Debug, Serialize, Deserialize)]
struct Holder {
    pid: u32,
    host: String,
    since: String,
}

impl Drop for RunLock {
    fn drop(&mut self) {
        // Both are tidiness: the lock ends with the file, and the next holder writes its own note.
        let _ = fs::remove_file(&self.note);
        let _ = self.file.unlock();
    }
}

/// Takes the lead of a project, or says who has it.
pub(crate) fn take(folder: &Path, project: &str, at: &str) -> Result<RunLock, FlowError> {
    let path = folder.join(format!("{project}.run.lock"));
    // Beside the lock, because some systems let nobody read a locked file.
    let note = folder.join(format!("{project}.run.json"));
    let file = opened(&path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(FlowError::Locked {
                project: project.to_owned(),
                holder: holder(&note),
            });
        }
        Err(TryLockError::Error(source)) => return Err(failed(&path, "locked")(source)),
    }
    let holder = Holder {
        pid: std::process::id(),
        host: host(),
        since: at.to_owned(),
    };
    let text = serde_json::to_string(&holder).unwrap_or_default();
    fs::write(&note, text).map_err(failed(&note, "written"))?;
    Ok(RunLock { file, note })
}

/// Waits until no other process writes to a project, and keeps all away until it is dropped.
pub(crate) fn hold(folder: &Path, project: &str) -> Result<File, FlowError> {
    let path = folder.join(format!("{project}.lock"));
    let file = opened(&path)?;
    file.lock().map_err(failed(&path, "locked"))?;
    Ok(file)
}

fn opened(path: &Path) -> Result<File, FlowError> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    options.open(path).map_err(failed(path, "locked"))
}

fn failed(path: &Path, action: &'static str) -> impl FnOnce(std::io::Error) -> FlowError {
    let path = path.to_owned();
    move |source| FlowError::File {
        path,
        action,
        source,
    }
}

fn holder(note: &Path) -> String {
    let text = fs::read_to_string(note).unwrap_or_default();
    match serde_json::from_str::<Holder>(&text) {
        Ok(Holder { pid, host, since }) => format!("process {pid} on {host}, since {since}"),
        Err(_) => "it has not said which".to_owned(),
    }
}

/// The name of this machine, as far as the system tells without asking anybody.
fn host() -> String {
    let named = ["HOSTNAME", "COMPUTERNAME"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok());
    let written = ["/proc/sys/kernel/hostname", "/etc/hostname"]
        .into_iter()
        .filter_map(|path| fs::read_to_string(path).ok());
    let mut names = named.chain(written).map(|name| name.trim().to_owned());
    names
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "this machine".to_owned())
}

#[cfg(test)]
mod tests {
    use super::take;

    #[test]
    fn one_leads_at_a_time_and_others_learn_who() {
        let folder = tempfile::tempdir().unwrap();
        let first = take(folder.path(), "shop", "2026-01-02T03:04:05Z").unwrap();
        let refused = take(folder.path(), "shop", "later").unwrap_err();
        let said = refused.to_string();
        let pid = std::process::id();
        assert!(said.contains(&format!("process {pid} on ")), "{said}");
        assert!(said.contains("since 2026-01-02T03:04:05Z"), "{said}");
        take(folder.path(), "attic", "later").unwrap();
        drop(first);
        take(folder.path(), "shop", "later").unwrap();
    }
}
