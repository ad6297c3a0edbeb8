//! What a session begins with, from files alone, and the transcripts that hosts keep.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use baton_guard::environment;
use baton_guard::telemetry::Surroundings;

use super::super::git;
use super::{root, variable};

const STATE: &str = "00-session-state.json";
/// The most of a file that is read.
const MOST: u64 = 4 * 1024 * 1024;

/// Looks around.
pub(super) fn look() -> Surroundings {
    let root = root();
    let azure = environment::set(&variable, "AZURE_CONFIG_DIR").map(PathBuf::from);
    let home = environment::set(&variable, "HOME").or(environment::set(&variable, "USERPROFILE"));
    let azure = azure.or(home.map(|home| Path::new(&home).join(".azure")));
    let subscription = environment::set(&variable, "AZURE_SUBSCRIPTION_ID");
    Surroundings {
        state: newest_state(&root).and_then(|path| text(&path)),
        azure_profile: azure.and_then(|folder| text(&folder.join("azureProfile.json"))),
        subscription: subscription.or(environment::set(&variable, "ARM_SUBSCRIPTION_ID")),
        branch: branch(&root),
    }
}

/// The end of a transcript.
pub(super) fn transcript(path: &str) -> Option<String> {
    let mut file = regular(Path::new(path))?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(MOST)))
        .ok()?;
    read(file)
}

/// The state of the project that somebody worked on last.
fn newest_state(root: &Path) -> Option<PathBuf> {
    let folders = fs::read_dir(root.join("agent-output")).ok()?;
    let states = folders.filter_map(|folder| {
        let path = folder.ok()?.path().join(STATE);
        let written = path.metadata().ok()?.modified();
        Some((written.unwrap_or(SystemTime::UNIX_EPOCH), path))
    });
    states.max().map(|(_, path)| path)
}

fn branch(root: &Path) -> Option<String> {
    let named = git::output(root, &["symbolic-ref", "--quiet", "--short", "HEAD"]);
    named.or_else(|| {
        let is_repository = git::output(root, &["rev-parse", "--git-dir"]).is_some();
        is_repository.then(|| "detached".to_owned())
    })
}

fn text(path: &Path) -> Option<String> {
    read(regular(path)?)
}

fn regular(path: &Path) -> Option<File> {
    let is_file = path.metadata().ok()?.is_file();
    is_file.then(|| File::open(path).ok()).flatten()
}

fn read(file: File) -> Option<String> {
    let mut bytes = Vec::new();
    file.take(MOST).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
