//! Agents that are programs: started, listened to, judged.

mod ear;
mod version;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::outcome::{Evidence, judge};
use super::preset::{Output, Preset, Presets, PromptBy, Values, Words};
use super::process::{self, Start};
use super::stream::Told;
use super::transcript::{Redactor, Transcript};
use super::watch::{self, Changes, Snapshot};
use super::{AgentAdapter, AgentError, AgentOutput, Answer, Caller, Task};
use crate::event::AgentOutcome;
use ear::{Ear, Heard};

/// Parts of names of variables whose values nobody should read.
const SECRET: [&str; 5] = ["TOKEN", "KEY", "SECRET", "PASSWORD", "CREDENTIAL"];

/// Starts programs as a preset says.
#[derive(Debug, Clone)]
pub struct CommandAdapter {
    /// How the program is called and understood.
    pub preset: Preset,
    /// Words that tell a kind of failure, for all programs.
    pub words: Words,
    /// Variables that every program may see.
    pub environment: Vec<String>,
    /// The folder of transcripts; outside of the repository.
    pub transcripts: PathBuf,
    /// So many bytes of a transcript are kept.
    pub transcript_limit: u64,
}

impl CommandAdapter {
    /// Starts programs as a preset of a table says.
    pub fn new(presets: &Presets, name: &str, transcripts: &Path) -> Result<Self, AgentError> {
        Ok(CommandAdapter {
            preset: presets.named(name)?.clone(),
            words: presets.words.clone(),
            environment: presets.environment.clone(),
            transcripts: transcripts.to_owned(),
            transcript_limit: 64 * 1024 * 1024,
        })
    }

    /// Where the program is; only absolute folders of `PATH` are searched, or else a repository
    /// could bring its own.
    pub fn program(&self) -> Result<PathBuf, AgentError> {
        let name = &self.preset.program;
        let found = if Path::new(name).is_absolute() {
            Some(PathBuf::from(name)).filter(|path| path.is_file())
        } else {
            find(name, &std::env::var_os("PATH").unwrap_or_default())
        };
        found.ok_or_else(|| AgentError::NotInstalled {
            program: name.clone(),
            install: self.preset.install.clone(),
        })
    }

    /// What the installed program says its version is; `None` when it does not.
    pub fn version(&self) -> Option<String> {
        if self.preset.version.is_empty() {
            return None;
        }
        let environment = self.variables(&Task::default());
        version::version(&self.program().ok()?, &self.preset.version, &environment)
    }

    /// The file that holds a task's prompt.
    pub fn prompt_file(&self, task: &Task) -> PathBuf {
        self.file(task, "prompt.md")
    }

    fn file(&self, task: &Task, ending: &str) -> PathBuf {
        let name = format!("{}.{ending}", task.file_stem());
        self.transcripts.join(&task.project).join(name)
    }

    /// The arguments for a task.
    pub fn arguments(&self, task: &Task) -> Result<Vec<String>, AgentError> {
        let prompt_file = self.prompt_file(task);
        self.preset.argv(&Values {
            prompt_file: &prompt_file,
            models: &self.preset.models,
            task,
        })
    }

    fn model_note(&self, task: &Task) -> Option<String> {
        let label = task.model.as_deref()?;
        let runs = self.preset.models.name(label).is_some();
        let title = &self.preset.title;
        (!runs).then(|| format!("{title} cannot run `{label}`; it used its own default"))
    }

    fn variables(&self, task: &Task) -> Vec<(OsString, OsString)> {
        let passed = std::env::vars_os().filter(|(name, _)| {
            let name = name.to_str().unwrap_or_default();
            let lists = self.environment.iter().chain(&self.preset.environment);
            lists.into_iter().any(|pattern| is_passed(pattern, name))
        });
        let mut out: Vec<(OsString, OsString)> = passed.collect();
        let run = format!("{}/{}", task.project, task.called());
        let root = process::root_of(&task.folder);
        for (name, value) in [
            ("NO_COLOR", "1"),
            ("TERM", "dumb"),
            (super::AGENT_VARIABLE, task.agent.name.as_str()),
            (super::RUN_VARIABLE, run.as_str()),
            (process::ROOT_VARIABLE, root.as_str()),
        ] {
            out.push((name.into(), value.into()));
        }
        out
    }
}

impl AgentAdapter for CommandAdapter {
    fn run(&self, task: &Task, caller: &mut Caller<'_>) -> Result<Answer, AgentError> {
        let program = self.program()?;
        let arguments = self.arguments(task)?;
        let environment = self.variables(task);
        let redactor = Redactor::new(secrets(&environment));
        let path = self.file(task, "jsonl");
        let transcript = Transcript::create(&path, redactor.clone(), self.transcript_limit)?;
        let prompt_file = self.prompt_file(task);
        fs::write(&prompt_file, redactor.clean(&task.prompt).as_bytes())
            .map_err(AgentError::file(&prompt_file, "written"))?;
        let before = Snapshot::take(&task.folder)?;
        let mark = mark(&path);
        let stdin = (self.preset.prompt == PromptBy::Stdin).then_some(task.prompt.as_str());
        let start = Start {
            program: &program,
            arguments: &arguments,
            folder: &task.folder,
            environment: &environment,
            stdin,
            mark: &mark,
        };
        let mut ear = Ear::new((&self.preset, &task.limits), transcript, redactor);
        ear.transcript.note(&format!(
            "{} {}",
            program.display(),
            without_prompt(task, &arguments)
        ));
        ear.progress = Some(&mut *caller.progress);
        let began = Instant::now();
        let finished = process::run(&start, &task.limits, caller.stop, &mut ear)?;
        let elapsed = began.elapsed();
        let later = Snapshot::after(&task.folder, &before)?;
        let changes = watch::changes(task, &before, &later)?;
        let heard = ear.heard();
        let mut notes = notes(&changes, finished.left_behind);
        notes.extend(heard.notes.iter().cloned());
        notes.extend(self.model_note(task));
        let evidence = Evidence {
            task,
            preset: &self.preset,
            words: &self.words,
            told: &heard.told,
            how: &finished.how,
            tail: &heard.tail,
            changes: &changes,
            validate: caller.validate,
        };
        let judged = judge(&evidence);
        let output = self.output((path, heard, elapsed), judged, notes);
        Ok(Answer::Ended(Box::new(output)))
    }
}

impl CommandAdapter {
    fn output(
        &self,
        (transcript, heard, elapsed): (PathBuf, Heard, Duration),
        judged: Result<Vec<String>, super::outcome::Failure>,
        notes: Vec<String>,
    ) -> AgentOutput {
        let told = heard.told;
        let tells_turns = self.preset.output == Output::JsonLines;
        let mut output = AgentOutput::judged(judged);
        if let AgentOutcome::Complete { telemetry, .. } = &mut output.outcome {
            *telemetry = measured(&told, elapsed);
        }
        AgentOutput {
            transcript: Some(transcript),
            turns: tells_turns.then_some(told.turns),
            tokens: told.tokens(),
            cost: told.cost,
            session_id: told.session,
            notes,
            ..output
        }
    }
}

/// The arguments as they may be shown.
fn without_prompt(task: &Task, arguments: &[String]) -> String {
    let shown = arguments.iter().map(|word| match word.as_str() {
        word if !task.prompt.is_empty() => word.replace(&task.prompt, "{prompt}"),
        word => word.to_owned(),
    });
    super::dry_run::quoted(shown)
}

/// Measurements, by the names of the session's record.
fn measured(told: &Told, elapsed: Duration) -> Map<String, Value> {
    let elapsed = u64::try_from(elapsed.as_millis()).ok();
    let values = [
        ("elapsed_ms", elapsed),
        ("input_tokens", told.input),
        ("output_tokens", told.output),
    ];
    let known = values
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)));
    known
        .map(|(key, value)| (key.to_owned(), value.into()))
        .collect()
}

fn notes(changes: &Changes, left_behind: usize) -> Vec<String> {
    let mut out = Vec::new();
    if left_behind > 0 {
        out.push(format!(
            "it left {left_behind} processes behind; they were ended"
        ));
    }
    for path in &changes.record {
        out.push(format!(
            "`{path}` changed meanwhile; the ledger is what counts"
        ));
    }
    for path in &changes.shared {
        out.push(format!(
            "`{path}` changed meanwhile; others may write there"
        ));
    }
    out
}

/// A mark that no other process carries.
fn mark(path: &Path) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let text = format!("{} {count} {}", std::process::id(), path.display());
    let digest = baton_repo::sha256(text.as_bytes());
    digest.chars().take(24).collect()
}

fn secrets(variables: &[(OsString, OsString)]) -> impl Iterator<Item = String> + '_ {
    let is_secret = |name: &str| SECRET.iter().any(|part| name.contains(part));
    variables.iter().filter_map(move |(name, value)| {
        let name = name.to_str()?.to_ascii_uppercase();
        is_secret(&name).then(|| value.to_str().map(str::to_owned))?
    })
}

/// Whether a variable is one that a pattern of names lets through.
fn is_passed(pattern: &str, name: &str) -> bool {
    let name = if cfg!(windows) {
        name.to_ascii_uppercase()
    } else {
        name.to_owned()
    };
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    }
}

fn find(name: &str, path: &std::ffi::OsStr) -> Option<PathBuf> {
    if name.is_empty() || name.contains(['/', '\\']) {
        return None;
    }
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd"]
    } else {
        &[""]
    };
    let folders = std::env::split_paths(path).filter(|folder| folder.is_absolute());
    let mut files = folders.flat_map(|folder| {
        let file = move |ending: &&str| folder.join(format!("{name}{ending}"));
        endings.iter().map(file).collect::<Vec<_>>()
    });
    files.find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
