//! Recorded work: files that are put in place, and what came of them.
//!
//! A recording is a folder with `outcome.toml` and, below `files/`, what is copied to the root
//! of the repository; `takes` names more that is copied, from another repository. In paths and
//! texts of recordings `{project}` stands for the project's name. Where there are several tries,
//! the folders are called `<node>/1`, `<node>/2` …; the last one repeats.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::outcome::{Evidence, Kind, expected, judge};
use super::preset::{Output, Preset, Words};
use super::process::Ended;
use super::stream::{End, Told};
use super::watch::{self, Snapshot};
use super::{AgentAdapter, AgentError, AgentOutput, Answer, Caller, Task};

/// Puts recorded work in place.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    /// Folders of recordings, one below them for each node; the first that has one counts.
    pub folders: Vec<PathBuf>,
    /// The repository that `takes` means.
    pub originals: Option<PathBuf>,
    /// More names that may stand in braces, and what they stand for.
    pub values: BTreeMap<String, String>,
    /// A folder in which it remembers how often each node was played; a node that is done again
    /// after it was complete begins at attempt 1, and yet should not play its first try again.
    pub played: Option<PathBuf>,
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
    /// Patterns of files that are copied as they stand in another repository.
    takes: Vec<String>,
    /// What is different in them.
    replace: Vec<Replace>,
    /// Why it failed.
    error: Option<String>,
    /// How it failed.
    kind: Option<Kind>,
}

/// A change to a file that was taken.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Replace {
    /// The file.
    file: String,
    /// A text that stands in it.
    text: String,
    /// What stands there instead.
    with: String,
}

impl Default for Recording {
    fn default() -> Recording {
        Recording {
            turns: 1,
            tokens: None,
            cost: None,
            session: None,
            remove: Vec::new(),
            takes: Vec::new(),
            replace: Vec::new(),
            error: None,
            kind: None,
        }
    }
}

impl AgentAdapter for Replay {
    fn run(&self, task: &Task, caller: &mut Caller<'_>) -> Result<Answer, AgentError> {
        let folder = self.recorded(task, self.next(task)?)?;
        let recording = read(&folder, task)?;
        let before = Snapshot::take(&task.folder)?;
        for path in &recording.remove {
            let path = task.folder.join(inside(&self.fill(path, task), task)?);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(AgentError::file(path, "written")(error));
                }
                _ => {}
            }
        }
        self.take(&recording, task)?;
        self.copy(&folder.join("files"), Path::new(""), task)?;
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
    fn recorded(&self, task: &Task, number: u32) -> Result<PathBuf, AgentError> {
        let mut nodes = self.folders.iter().map(|folder| folder.join(task.called()));
        let Some(node) = nodes.find(|node| node.is_dir()) else {
            let folders = self
                .folders
                .iter()
                .map(|folder| folder.display().to_string());
            let folders: Vec<String> = folders.collect();
            return Err(bad(
                task,
                format!("no folder of that name in {}", folders.join(", ")),
            ));
        };
        let mut tries = (1..=number)
            .rev()
            .map(|number| node.join(number.to_string()));
        Ok(tries.find(|folder| folder.is_dir()).unwrap_or(node))
    }

    /// Which try is played now, from 1; it is remembered.
    fn next(&self, task: &Task) -> Result<u32, AgentError> {
        let Some(folder) = &self.played else {
            return Ok(task.attempt.max(1));
        };
        let path = folder.join(format!("{}.{}.played", task.project, task.called()));
        let before = fs::read_to_string(&path).unwrap_or_default();
        let before: u32 = before.trim().parse().unwrap_or(0);
        let number = before.saturating_add(1);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, number.to_string()))
            .map_err(AgentError::file(&path, "written"))?;
        Ok(number)
    }

    fn fill(&self, text: &str, task: &Task) -> String {
        let mut out = text.replace("{project}", &task.project);
        for (name, value) in &self.values {
            out = out.replace(&format!("{{{name}}}"), value);
        }
        out
    }

    /// Copies what lies below a folder, names and texts filled.
    fn copy(&self, from: &Path, below: &Path, task: &Task) -> Result<(), AgentError> {
        let entries = match fs::read_dir(from.join(below)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(AgentError::file(from.join(below), "read")(error)),
        };
        for entry in entries {
            let entry = entry.map_err(AgentError::file(from.join(below), "read"))?;
            let path = below.join(entry.file_name());
            let source = from.join(&path);
            let data = entry.metadata();
            let data = data.map_err(AgentError::file(&source, "read"))?;
            if data.is_dir() {
                self.copy(from, &path, task)?;
                continue;
            }
            let bytes = fs::read(&source).map_err(AgentError::file(&source, "read"))?;
            let bytes = match String::from_utf8(bytes) {
                Ok(text) => self.fill(&text, task).into_bytes(),
                Err(error) => error.into_bytes(),
            };
            put(&self.fill(&path.to_string_lossy(), task), &bytes, task)?;
        }
        Ok(())
    }

    /// Copies what a recording takes from another repository.
    fn take(&self, recording: &Recording, task: &Task) -> Result<(), AgentError> {
        let Some(originals) = &self.originals else {
            return match recording.takes.first() {
                None => Ok(()),
                Some(_) => Err(bad(
                    task,
                    "it takes files, and nobody said where from".to_owned(),
                )),
            };
        };
        let mut made = 0;
        for pattern in &recording.takes {
            let found = expected::find(originals, &self.fill(pattern, task));
            for path in found.map_err(|why| bad(task, why))? {
                let source = originals.join(&path);
                let bytes = fs::read(&source).map_err(AgentError::file(&source, "read"))?;
                let own = |change: &&Replace| self.fill(&change.file, task) == path;
                let own: Vec<&Replace> = recording.replace.iter().filter(own).collect();
                made += own.len();
                put(&path, &self.changed(bytes, &own, task)?, task)?;
            }
        }
        if made < recording.replace.len() {
            return Err(bad(
                task,
                "it changes a file that it does not take".to_owned(),
            ));
        }
        Ok(())
    }

    fn changed(
        &self,
        bytes: Vec<u8>,
        changes: &[&Replace],
        task: &Task,
    ) -> Result<Vec<u8>, AgentError> {
        if changes.is_empty() {
            return Ok(bytes);
        }
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        for change in changes {
            if !text.contains(&change.text) {
                let reason = format!("`{}` does not say `{}`", change.file, change.text.trim());
                return Err(bad(task, reason));
            }
            text = text.replace(&change.text, &self.fill(&change.with, task));
        }
        Ok(text.into_bytes())
    }
}

fn put(path: &str, bytes: &[u8], task: &Task) -> Result<(), AgentError> {
    let target = task.folder.join(inside(path, task)?);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(AgentError::file(folder, "written"))?;
    }
    fs::write(&target, bytes).map_err(AgentError::file(&target, "written"))
}

fn bad(task: &Task, reason: String) -> AgentError {
    AgentError::Recording {
        node: task.called(),
        reason,
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

#[cfg(test)]
mod tests;
