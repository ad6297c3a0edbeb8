//! Recorded work: files that are put in place, and what came of them.
//!
//! A recording is a folder with `outcome.toml` and, below `files/`, what is copied to the root
//! of the repository. In paths and texts `{project}` stands for the project's name. Where there
//! are several tries, the folders are called `<node>/1`, `<node>/2` …; the last one repeats.

use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::outcome::{Evidence, Kind, judge};
use super::preset::{Output, Preset, Words};
use super::process::Ended;
use super::stream::{End, Told};
use super::watch::{self, Snapshot};
use super::{AgentAdapter, AgentError, AgentOutput, Answer, Caller, Task};

/// Longer files are copied as they are.
const LONGEST_TEXT: u64 = 4 * 1024 * 1024;

/// Puts recorded work in place.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The folder of recordings, one below it for each node.
    pub folder: PathBuf,
}

/// What is recorded beside the files; without it the work was done in one turn.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Recording {
    turns: u64,
    tokens: Option<u64>,
    cost: Option<f64>,
    session: Option<String>,
    /// Files that are taken away.
    remove: Vec<String>,
    /// Why it failed.
    error: Option<String>,
    /// How it failed.
    kind: Option<Kind>,
}

impl Default for Recording {
    fn default() -> Recording {
        Recording {
            turns: 1,
            tokens: None,
            cost: None,
            session: None,
            remove: Vec::new(),
            error: None,
            kind: None,
        }
    }
}

impl AgentAdapter for Replay {
    fn run(&self, task: &Task, caller: &mut Caller<'_>) -> Result<Answer, AgentError> {
        let folder = self.recorded(task)?;
        let recording = read(&folder, task)?;
        let before = Snapshot::take(&task.folder)?;
        for path in &recording.remove {
            let path = task.folder.join(inside(&fill(path, task), task)?);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(AgentError::file(path, "written")(error));
                }
                _ => {}
            }
        }
        copy(&folder.join("files"), Path::new(""), task)?;
        let later = Snapshot::after(&task.folder, &before)?;
        let changes = watch::changes(task, &before, &later)?;
        let told = told(&recording);
        let preset = Preset {
            output: Output::JsonLines,
            ..Preset::default()
        };
        let stopped = caller.stop.is_stopped();
        let evidence = Evidence {
            task,
            preset: &preset,
            words: &Words::new(),
            told: &told,
            how: if stopped {
                &Ended::Stopped
            } else {
                &Ended::Exit(0)
            },
            tail: "",
            changes: &changes,
            validate: caller.validate,
        };
        let judged = judge(&evidence);
        Ok(Answer::Ended(Box::new(AgentOutput {
            turns: Some(recording.turns),
            tokens: recording.tokens,
            cost: recording.cost,
            session_id: recording.session,
            ..AgentOutput::judged(judged)
        })))
    }
}

impl Replay {
    /// The recording of a task: of its try, else the last one before.
    fn recorded(&self, task: &Task) -> Result<PathBuf, AgentError> {
        let node = self.folder.join(task.called());
        let tries = (1..=task.attempt.max(1)).rev();
        let mut tries = tries.map(|number| node.join(number.to_string()));
        let found = tries.find(|folder| folder.is_dir());
        let found = found.or_else(|| node.is_dir().then(|| node.clone()));
        found.ok_or_else(|| AgentError::Recording {
            node: task.called(),
            reason: format!("{} is no folder", node.display()),
        })
    }
}

fn read(folder: &Path, task: &Task) -> Result<Recording, AgentError> {
    let path = folder.join("outcome.toml");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Recording::default());
        }
        Err(error) => return Err(AgentError::file(path, "read")(error)),
    };
    toml::from_str(&text).map_err(|error| AgentError::Recording {
        node: task.called(),
        reason: format!("{}: {}", path.display(), error.message()),
    })
}

fn told(recording: &Recording) -> Told {
    let has_failed = recording.error.is_some() || recording.kind.is_some();
    Told {
        turns: recording.turns,
        input: recording.tokens,
        cost: recording.cost,
        session: recording.session.clone(),
        end: Some(if has_failed { End::Failed } else { End::Done }),
        complaint: recording.error.clone(),
        kind: recording.kind,
        ..Told::default()
    }
}

fn fill(text: &str, task: &Task) -> String {
    text.replace("{project}", &task.project)
}

/// A path that stays below the root.
fn inside(path: &str, task: &Task) -> Result<PathBuf, AgentError> {
    let path = PathBuf::from(path);
    let plain = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if path.components().all(plain) {
        return Ok(path);
    }
    Err(AgentError::Recording {
        node: task.called(),
        reason: format!("`{}` leads out of the repository", path.display()),
    })
}

/// Copies what lies below a folder, names and texts filled.
fn copy(from: &Path, below: &Path, task: &Task) -> Result<(), AgentError> {
    let entries = match fs::read_dir(from.join(below)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(AgentError::file(from.join(below), "read")(error)),
    };
    for entry in entries {
        let entry = entry.map_err(AgentError::file(from.join(below), "read"))?;
        let path = below.join(entry.file_name());
        let source = from.join(&path);
        let data = entry
            .metadata()
            .map_err(AgentError::file(&source, "read"))?;
        if data.is_dir() {
            copy(from, &path, task)?;
            continue;
        }
        let target = inside(&fill(&path.to_string_lossy(), task), task)?;
        let target = task.folder.join(target);
        put(&source, &target, task, data.len())?;
    }
    Ok(())
}

fn put(source: &Path, target: &Path, task: &Task, length: u64) -> Result<(), AgentError> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(AgentError::file(folder, "written"))?;
    }
    let bytes = fs::read(source).map_err(AgentError::file(source, "read"))?;
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if length <= LONGEST_TEXT => fill(&text, task).into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    fs::write(target, bytes).map_err(AgentError::file(target, "written"))
}

#[cfg(test)]
mod tests;
