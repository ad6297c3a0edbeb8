//! Those who do the work of a node: agents behind command lines, people, recordings.
//!
//! An adapter has a task done and tells what came of it. It decides nothing about the workflow,
//! and it believes no program's exit code alone (see `outcome`).

pub mod command;
pub mod dry_run;
pub mod manual;
pub mod outcome;
pub mod preset;
pub mod process;
pub mod record;
pub mod replay;
pub mod stream;
pub mod transcript;
pub mod watch;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

pub use command::CommandAdapter;
pub use dry_run::DryRun;
pub use manual::Manual;
pub use outcome::Kind;
pub use preset::Preset;
pub use replay::Replay;

use crate::event::AgentOutcome;

/// Set for everything an agent starts, to `project/node`: gates refuse decisions where it is set.
pub const RUN_VARIABLE: &str = "BATON_RUN";

/// Set for everything an agent starts, to the agent's name; gates refuse where it is set, too.
pub const AGENT_VARIABLE: &str = "BATON_AGENT";

/// Work for one agent.
#[derive(Debug, Clone, Default)]
pub struct Task {
    /// The project.
    pub project: String,
    /// The node.
    pub node: String,
    /// The part of a fan-out.
    pub substep: Option<String>,
    /// Key of the step in the session's record, such as `3_5`.
    pub step_key: String,
    /// Which try it is, from 1.
    pub attempt: u32,
    /// Who is to work.
    pub agent: AgentFile,
    /// The model it should use; `None` leaves that to the program.
    pub model: Option<String>,
    /// What it is told.
    pub prompt: String,
    /// Files it should read, from the root of the repository.
    pub inputs: Vec<String>,
    /// What it must leave behind, from the root: files, patterns, folders that end in `/`,
    /// files with a heading behind `#`.
    pub expected: Vec<String>,
    /// Whether what lies there already may count as its work.
    pub freshness: Freshness,
    /// The root of the repository; agents start there.
    pub folder: PathBuf,
    /// Patterns of what it may write.
    pub writable: Vec<String>,
    /// Patterns of what it must leave alone although `writable` matches: frozen inputs, what
    /// earlier steps made.
    pub protected: Vec<String>,
    /// Patterns of what others may be writing meanwhile; changes there are told, not held
    /// against the agent.
    pub shared: Vec<String>,
    /// How long and how much.
    pub limits: Limits,
}

/// An agent, by name and file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentFile {
    /// What it is called.
    pub name: String,
    /// Its file, from the root of the repository.
    pub path: Option<String>,
}

/// Whether what lay there before may count as an agent's work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Freshness {
    /// What is there and valid will do: a step that is resumed may find its work done.
    #[default]
    Valid,
    /// Something that is expected must have changed: rework that changes nothing is none.
    Changed,
}

/// How long and how much an agent may work.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// So long it may say nothing.
    pub silence: Duration,
    /// So long it may take.
    pub whole: Duration,
    /// So long it has to end after it was told to.
    pub grace: Duration,
    /// So many turns of the model.
    pub turns: Option<u64>,
    /// So many tokens, of input and output.
    pub tokens: Option<u64>,
    /// So much money, in US dollars.
    pub cost: Option<f64>,
    /// So many bytes it may print.
    pub output: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            silence: Duration::from_mins(10),
            whole: Duration::from_hours(1),
            grace: Duration::from_secs(10),
            turns: None,
            tokens: None,
            cost: None,
            output: 256 * 1024 * 1024,
        }
    }
}

/// What came of a task.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The agent came to an end.
    Ended(Box<AgentOutput>),
    /// A person does it; this text tells them how.
    Waiting(String),
    /// Nothing was started; this is what would have been.
    Shown(String),
}

/// What an agent did.
#[derive(Debug, Clone, PartialEq)]
pub struct AgentOutput {
    /// What came of it.
    pub outcome: AgentOutcome,
    /// Why it failed, more closely than the category of the outcome tells.
    pub kind: Option<Kind>,
    /// Everything it printed, secrets redacted; `None` when nothing was started.
    pub transcript: Option<PathBuf>,
    /// Turns of its model, where it tells them.
    pub turns: Option<u64>,
    /// Tokens of input and output, where it tells them.
    pub tokens: Option<u64>,
    /// Cost in US dollars, where it tells it.
    pub cost: Option<f64>,
    /// With this its session can be taken up again.
    pub session_id: Option<String>,
    /// What somebody should know although it decides nothing, one sentence each.
    pub notes: Vec<String>,
}

impl AgentOutput {
    /// What came of a task, by how it was judged; nothing else is known.
    pub fn judged(judged: Result<Vec<String>, outcome::Failure>) -> AgentOutput {
        let kind = judged.as_ref().err().map(|failure| failure.kind);
        let outcome = match judged {
            Ok(artifacts) => AgentOutcome::Complete {
                artifacts,
                telemetry: serde_json::Map::new(),
            },
            Err(failure) => AgentOutcome::Failed {
                category: failure.kind.category(),
                error: failure.error,
            },
        };
        AgentOutput {
            outcome,
            kind,
            transcript: None,
            turns: None,
            tokens: None,
            cost: None,
            session_id: None,
            notes: Vec::new(),
        }
    }
}

/// Something an agent did, for people who watch.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// It was started; its process has this number.
    Started(u32),
    /// It printed a line; secrets are redacted, long lines cut.
    Said(String),
    /// It has used so much.
    Used {
        /// Turns of its model.
        turns: u64,
        /// Tokens.
        tokens: u64,
    },
    /// It is being ended.
    Ending(String),
}

/// Says that everything under way should end; clones say the same.
#[derive(Debug, Clone, Default)]
pub struct StopToken(Arc<AtomicBool>);

impl StopToken {
    /// Ends what is under way.
    pub fn stop(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether somebody wants an end.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// What an adapter needs of those who call it.
pub struct Caller<'a> {
    /// When to stop.
    pub stop: &'a StopToken,
    /// What is wrong with files, one sentence each; the paths are from the root.
    pub validate: &'a dyn Fn(&[String]) -> Vec<String>,
    /// Where news go.
    pub progress: &'a mut dyn FnMut(Progress),
}

/// Has work done.
pub trait AgentAdapter: Send + Sync {
    /// Has a task done; the error is for what is no fault of the agent.
    fn run(&self, task: &Task, caller: &mut Caller<'_>) -> Result<Answer, AgentError>;
}

/// Why a task could not even be given to somebody.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// There is no such preset.
    #[error("there is no preset `{name}` for agents; there are: {known}")]
    UnknownPreset {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A table of presets says something nobody can follow.
    #[error("{place} is no table of agents: {reason}")]
    Table {
        /// Where it stands.
        place: String,
        /// Why.
        reason: String,
    },
    /// The program is not installed.
    #[error("`{program}` is not installed: no absolute folder of PATH holds it{}", hint(.install.as_deref()))]
    NotInstalled {
        /// The program.
        program: String,
        /// How to get it.
        install: Option<String>,
    },
    /// The prompt does not fit into an argument.
    #[error("the prompt of `{node}` is {bytes} bytes long, more than one argument may have")]
    PromptTooLong {
        /// The node.
        node: String,
        /// Its length.
        bytes: usize,
    },
    /// A pattern of the task cannot be read.
    #[error(transparent)]
    Pattern(#[from] baton_syntax::glob::GlobError),
    /// A recording is missing or cannot be read.
    #[error("there is no recording for `{node}`: {reason}")]
    Recording {
        /// The node.
        node: String,
        /// Why.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("{path} cannot be {action}")]
    File {
        /// The file.
        path: PathBuf,
        /// `read`, `written`, `listed`.
        action: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The process could not be started or waited for.
    #[error("`{program}` cannot be {action}")]
    Process {
        /// The program.
        program: String,
        /// `started`, `waited for`.
        action: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

fn hint(install: Option<&str>) -> String {
    let tell = |how| format!(" ({how})");
    install.map(tell).unwrap_or_default()
}

impl AgentError {
    pub(crate) fn file(
        path: impl Into<PathBuf>,
        action: &'static str,
    ) -> impl FnOnce(std::io::Error) -> AgentError {
        let path = path.into();
        move |source| AgentError::File {
            path,
            action,
            source,
        }
    }
}

impl Task {
    /// The node and the part, as one name.
    pub fn called(&self) -> String {
        match &self.substep {
            Some(part) => format!("{}.{part}", self.node),
            None => self.node.clone(),
        }
    }

    /// A name for files about this try that is a file name whatever the graph calls its nodes.
    pub fn file_stem(&self) -> String {
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '_'
            }
        };
        let name: String = self.called().chars().map(plain).collect();
        format!("{}-{}", name.trim_start_matches('.'), self.attempt)
    }
}
