//! Agents that are programs: started, listened to, judged.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Map;

use super::outcome::{Evidence, judge};
use super::preset::{Output, Preset, Presets, PromptBy, Values, Words};
use super::process::{self, Ended, Line, Listener, Source, Start};
use super::stream::{Reader, Told};
use super::transcript::{Redactor, Transcript};
use super::watch::{self, Changes, Snapshot};
use super::{AgentAdapter, AgentError, AgentOutput, Answer, Caller, Limits, Progress, Task};
use crate::event::AgentOutcome;

/// So many of the last lines for people are kept.
const TAIL: usize = 20;

/// No such line is kept longer, in characters.
const LONGEST: usize = 500;

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
            task,
        })
    }

    fn variables(&self, task: &Task) -> Vec<(OsString, OsString)> {
        let passed = std::env::vars_os().filter(|(name, _)| {
            let name = name.to_str().unwrap_or_default();
            let lists = self.environment.iter().chain(&self.preset.environment);
            lists.into_iter().any(|pattern| is_passed(pattern, name))
        });
        let mut out: Vec<(OsString, OsString)> = passed.collect();
        let run = format!("{}/{}", task.project, task.called());
        for (name, value) in [
            ("NO_COLOR", "1"),
            ("TERM", "dumb"),
            (super::RUN_VARIABLE, run.as_str()),
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
        let finished = process::run(&start, &task.limits, caller.stop, &mut ear)?;
        let later = Snapshot::after(&task.folder, &before)?;
        let changes = watch::changes(task, &before, &later)?;
        let heard = ear.heard();
        let mut notes = notes(&changes, finished.left_behind);
        notes.extend(heard.broken.clone());
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
        let output = self.output((path, heard), judged, notes);
        Ok(Answer::Ended(Box::new(output)))
    }
}

impl CommandAdapter {
    fn output(
        &self,
        (transcript, heard): (PathBuf, Heard),
        judged: Result<Vec<String>, super::outcome::Failure>,
        notes: Vec<String>,
    ) -> AgentOutput {
        let told = heard.told;
        let tells_turns = self.preset.output == Output::JsonLines;
        let kind = judged.as_ref().err().map(|failure| failure.kind);
        let outcome = match judged {
            Ok(artifacts) => AgentOutcome::Complete {
                artifacts,
                telemetry: Map::new(),
            },
            Err(failure) => AgentOutcome::Failed {
                category: failure.kind.category(),
                error: failure.error,
            },
        };
        AgentOutput {
            outcome,
            kind,
            transcript: Some(transcript),
            turns: tells_turns.then_some(told.turns),
            tokens: told.tokens,
            cost: told.cost,
            session_id: told.session,
            notes,
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

/// Hears a program: writes, counts, and has it ended when a budget is spent.
struct Ear<'e> {
    output: Output,
    reader: Reader<'e>,
    limits: &'e Limits,
    transcript: Transcript,
    redactor: Redactor,
    tail: VecDeque<String>,
    progress: Option<&'e mut dyn FnMut(Progress)>,
}

/// What was heard, without secrets.
struct Heard {
    told: Told,
    tail: String,
    broken: Option<String>,
}

impl<'e> Ear<'e> {
    fn new(
        (preset, limits): (&'e Preset, &'e Limits),
        transcript: Transcript,
        redactor: Redactor,
    ) -> Ear<'e> {
        Ear {
            output: preset.output,
            reader: Reader::new(&preset.events),
            limits,
            transcript,
            redactor,
            tail: VecDeque::new(),
            progress: None,
        }
    }

    fn heard(self) -> Heard {
        let redactor = &self.redactor;
        let mut told = self.reader.told().clone();
        told.complaint = told.complaint.map(|text| one_line(&redactor.clean(&text)));
        told.session = told.session.map(|text| redactor.clean(&text).into_owned());
        let tail: Vec<String> = self.tail.into_iter().collect();
        Heard {
            told,
            tail: tail.join("\n"),
            broken: self.transcript.finish(),
        }
    }

    fn tell(&mut self, progress: Progress) {
        if let Some(tell) = &mut self.progress {
            tell(progress);
        }
    }

    /// Keeps a line for people, and shows it.
    fn text(&mut self, text: &str) {
        let text: String = text
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST)
            .collect();
        if text.trim().is_empty() {
            return;
        }
        if self.tail.len() == TAIL {
            self.tail.pop_front();
        }
        self.tail.push_back(text.clone());
        self.tell(Progress::Said(text));
    }

    fn over_budget(&self) -> Option<String> {
        let told = self.reader.told();
        let (turns, tokens) = (told.turns, told.tokens.unwrap_or_default());
        if let Some(most) = self.limits.turns.filter(|most| turns > *most) {
            return Some(format!("took more than {most} turns"));
        }
        if let Some(most) = self.limits.tokens.filter(|most| tokens > *most) {
            return Some(format!("used {tokens} tokens, {most} are allowed"));
        }
        let cost = told.cost?;
        let most = self.limits.cost.filter(|most| cost > *most)?;
        Some(format!("cost {cost:.2} USD, {most:.2} are allowed"))
    }
}

impl Listener for Ear<'_> {
    fn started(&mut self, id: u32) {
        self.tell(Progress::Started(id));
    }

    fn line(&mut self, line: Line) -> ControlFlow<String> {
        let clean = self.transcript.line(&line);
        let is_data = line.from == Source::Out && self.output == Output::JsonLines;
        if !is_data {
            if let Some(text) = clean {
                self.text(&text);
            }
            return ControlFlow::Continue(());
        }
        let used = |told: &Told| (told.turns, told.tokens.unwrap_or_default());
        let (before, noise) = (used(self.reader.told()), self.reader.told().noise);
        let words = self.reader.line(&line.bytes);
        let (turns, tokens) = used(self.reader.told());
        let is_noise = self.reader.told().noise > noise;
        if (turns, tokens) != before {
            self.tell(Progress::Used { turns, tokens });
        }
        match (words, clean) {
            (Some(words), Some(_)) => {
                let words = self.redactor.clean(&words).into_owned();
                self.tell(Progress::Said(one_line(&words)));
            }
            (None, Some(text)) if is_noise => self.text(&text),
            _ => {}
        }
        match self.over_budget() {
            Some(why) => ControlFlow::Break(why),
            None => ControlFlow::Continue(()),
        }
    }

    fn ending(&mut self, why: &Ended) {
        let why = match why {
            Ended::Silence => "it has been silent for too long".to_owned(),
            Ended::Time => "its time is over".to_owned(),
            Ended::Flood => "it prints too much".to_owned(),
            Ended::Stopped => "somebody wants it to end".to_owned(),
            Ended::Cut(why) => format!("it {why}"),
            Ended::Exit(_) | Ended::Signal(_) => "it has ended".to_owned(),
        };
        self.transcript.note(&format!("ending it: {why}"));
        self.tell(Progress::Ending(why));
    }
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

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect()
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
