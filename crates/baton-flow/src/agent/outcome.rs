//! Judging what an agent did: by what it told, what it left behind and how it ended, together.
//!
//! Command lines of agents exit with 0 after failures and with 1 after good work, so none of
//! these is believed alone.

pub(super) mod expected;

use serde::{Deserialize, Serialize};

use super::preset::{Output, Preset, Words};
use super::process::Ended;
use super::stream::{End, Told};
use super::watch::Changes;
use super::{Freshness, Task};
use crate::event::FailureCategory;

/// So many things of one kind are named in a sentence.
const NAMED: usize = 5;

/// Why an agent failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Its turns were used up.
    TurnLimit,
    /// Its context was full.
    ContextExhausted,
    /// Its tokens or its money were used up.
    BudgetExhausted,
    /// A hook of its host kept it from working.
    HookBlocked,
    /// It is not logged in.
    Auth,
    /// It was told to come back later.
    RateLimited,
    /// Its model refused.
    Refusal,
    /// Nothing came of it.
    EmptyResponse,
    /// It was silent for too long.
    Silence,
    /// It took too long.
    WholeTime,
    /// It printed without end.
    Flood,
    /// It printed what nobody can read, or not what its protocol wants.
    BadProtocol,
    /// A signal ended it.
    Crashed,
    /// It was called wrongly, or its configuration is wrong.
    Usage,
    /// What it was to write is not there.
    ArtifactMissing,
    /// What it wrote is not valid.
    ArtifactInvalid,
    /// It changed what it must not.
    ForbiddenChange,
    /// Code it wrote does not build.
    Build,
    /// A deployment failed.
    Deployment,
    /// Somebody stopped it.
    Stopped,
    /// It failed and nobody knows why.
    Unknown,
}

impl Kind {
    /// The category that breaker and reports know.
    pub fn category(self) -> FailureCategory {
        match self {
            Kind::TurnLimit | Kind::ContextExhausted | Kind::BudgetExhausted => {
                FailureCategory::BudgetExceeded
            }
            Kind::Auth => FailureCategory::AuthExpired,
            Kind::EmptyResponse => FailureCategory::EmptyResponse,
            Kind::Silence | Kind::WholeTime => FailureCategory::Timeout,
            Kind::ArtifactMissing | Kind::ArtifactInvalid => FailureCategory::ValidationError,
            Kind::ForbiddenChange => FailureCategory::ForbiddenChange,
            Kind::Build => FailureCategory::BuildError,
            Kind::Deployment => FailureCategory::DeploymentError,
            Kind::Stopped => FailureCategory::Interrupted,
            Kind::HookBlocked
            | Kind::RateLimited
            | Kind::Refusal
            | Kind::Flood
            | Kind::BadProtocol
            | Kind::Crashed
            | Kind::Usage
            | Kind::Unknown => FailureCategory::AgentError,
        }
    }
}

/// Everything that is known of an agent's work.
pub struct Evidence<'a> {
    /// What it was to do.
    pub task: &'a Task,
    /// How its program is understood.
    pub preset: &'a Preset,
    /// Words that tell a kind of failure, for all programs.
    pub words: &'a Words,
    /// What it told.
    pub told: &'a Told,
    /// How it ended.
    pub how: &'a Ended,
    /// The last text it printed for people.
    pub tail: &'a str,
    /// What changed meanwhile.
    pub changes: &'a Changes,
    /// What is wrong with files.
    pub validate: &'a dyn Fn(&[String]) -> Vec<String>,
}

/// A failure: its kind, and one sentence that begins with a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The kind.
    pub kind: Kind,
    /// What happened.
    pub error: String,
}

/// What an agent left behind, or why its work does not count.
pub fn judge(evidence: &Evidence<'_>) -> Result<Vec<String>, Failure> {
    if *evidence.how == Ended::Stopped {
        return Err(failure(Kind::Stopped, "was stopped".to_owned()));
    }
    let forbidden = &evidence.changes.forbidden;
    if !forbidden.is_empty() {
        let error = format!("changed what it must not: {}", names(forbidden));
        return Err(failure(Kind::ForbiddenChange, error));
    }
    ended(evidence)?;
    protocol(evidence)?;
    artifacts(evidence)
}

/// Whether it ended well by what it said and by what the system says.
fn ended(evidence: &Evidence<'_>) -> Result<(), Failure> {
    let limits = &evidence.task.limits;
    match evidence.how {
        Ended::Silence => {
            let error = format!("said nothing for {} s", limits.silence.as_secs_f32());
            return Err(failure(Kind::Silence, with_complaint(evidence, error)));
        }
        Ended::Time => {
            let error = format!("was not done after {} s", limits.whole.as_secs_f32());
            return Err(failure(Kind::WholeTime, with_complaint(evidence, error)));
        }
        Ended::Flood => {
            let error = format!("printed more than {} bytes", limits.output);
            return Err(failure(Kind::Flood, error));
        }
        Ended::Cut(why) => return Err(failure(Kind::BudgetExhausted, why.clone())),
        Ended::Exit(_) | Ended::Signal(_) | Ended::Stopped => {}
    }
    if evidence.told.end == Some(End::Failed) {
        let said = evidence.told.complaint.as_deref().unwrap_or("nothing more");
        let kind = evidence.told.kind.or_else(|| by_words(evidence));
        let kind = kind.unwrap_or(Kind::Unknown);
        return Err(failure(kind, format!("reported a failure: {said}")));
    }
    match evidence.how {
        Ended::Signal(signal) => {
            let error = format!("was ended by signal {signal}");
            Err(failure(Kind::Crashed, with_complaint(evidence, error)))
        }
        Ended::Exit(code) if *code != 0 => {
            let by_code = evidence.preset.exits.get(&code.to_string()).copied();
            let kind = by_code.or(evidence.told.kind);
            let kind = kind.or_else(|| by_words(evidence)).unwrap_or(Kind::Unknown);
            let error = with_complaint(evidence, format!("exited with {code}"));
            Err(failure(kind, error))
        }
        _ => Ok(()),
    }
}

/// Whether it kept to what its program promises to print.
fn protocol(evidence: &Evidence<'_>) -> Result<(), Failure> {
    let told = evidence.told;
    if evidence.preset.output == Output::JsonLines {
        if told.end.is_none() {
            let noise = match told.noise {
                0 => String::new(),
                lines => format!(" ({lines} lines of its output are no JSON)"),
            };
            let error = format!("ended without saying that it was done{noise}");
            let kind = told.kind.or_else(|| by_words(evidence));
            let kind = kind.unwrap_or(Kind::BadProtocol);
            return Err(failure(kind, with_complaint(evidence, error)));
        }
        if told.turns == 0 {
            let kind = told.kind.or_else(|| by_words(evidence));
            let kind = kind.unwrap_or(Kind::EmptyResponse);
            let error = "ended without one turn of its model".to_owned();
            return Err(failure(kind, with_complaint(evidence, error)));
        }
    }
    Ok(())
}

/// Whether what it was to leave behind is there and valid.
fn artifacts(evidence: &Evidence<'_>) -> Result<Vec<String>, Failure> {
    let task = evidence.task;
    let own = &evidence.changes.own;
    let mut files = Vec::new();
    let mut missing = Vec::new();
    for wanted in &task.expected {
        match expected::find(&task.folder, wanted) {
            Ok(found) => files.extend(found),
            Err(why) => missing.push(why),
        }
    }
    if !missing.is_empty() {
        let list = list(&missing);
        return Err(if own.is_empty() {
            let kind = by_words(evidence).unwrap_or(Kind::EmptyResponse);
            let error = format!("wrote nothing: {list}");
            failure(kind, with_complaint(evidence, error))
        } else {
            let error = format!(
                "did not do all it was asked: {list}; it wrote {}",
                names(own)
            );
            failure(Kind::ArtifactMissing, error)
        });
    }
    files.sort();
    files.dedup();
    if task.freshness == Freshness::Changed && !files.iter().any(|file| own.contains(file)) {
        let error = "changed nothing of what it was to work on again".to_owned();
        return Err(failure(
            Kind::EmptyResponse,
            with_complaint(evidence, error),
        ));
    }
    let problems = (evidence.validate)(&files);
    if !problems.is_empty() {
        let error = format!("wrote what is not valid: {}", list(&problems));
        return Err(failure(Kind::ArtifactInvalid, error));
    }
    if task.expected.is_empty() && own.is_empty() && is_mute(evidence) {
        let error = "said nothing and changed nothing".to_owned();
        return Err(failure(Kind::EmptyResponse, error));
    }
    files.extend(own.iter().cloned());
    files.sort();
    files.dedup();
    Ok(files)
}

fn is_mute(evidence: &Evidence<'_>) -> bool {
    evidence.preset.output == Output::Text && evidence.tail.trim().is_empty()
}

/// The kind that words of an agent tell. Only asked of agents that failed anyway: harmless
/// diagnostics hold the same words.
fn by_words(evidence: &Evidence<'_>) -> Option<Kind> {
    let said = evidence.told.complaint.as_deref().unwrap_or_default();
    let text = format!("{said}\n{}", evidence.tail).to_lowercase();
    let tables = [&evidence.preset.words, evidence.words];
    tables.iter().find_map(|words| {
        let tells = |(_, list): &(&Kind, &Vec<String>)| list.iter().any(|word| text.contains(word));
        words.iter().find(tells).map(|(kind, _)| *kind)
    })
}

fn with_complaint(evidence: &Evidence<'_>, error: String) -> String {
    let last = evidence.tail.lines().rev();
    let last = last.map(str::trim).find(|line| !line.is_empty());
    match evidence.told.complaint.as_deref().or(last) {
        Some(said) => format!("{error} and said: {said}"),
        None => error,
    }
}

fn failure(kind: Kind, error: String) -> Failure {
    Failure { kind, error }
}

fn names(paths: &[String]) -> String {
    let quoted: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
    join(&quoted, ", ")
}

fn list(sentences: &[String]) -> String {
    join(sentences, "; ")
}

fn join(words: &[String], between: &str) -> String {
    let shown: Vec<&str> = words.iter().take(NAMED).map(String::as_str).collect();
    let more = words.len().saturating_sub(NAMED);
    let rest = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more")
    };
    format!("{}{rest}", shown.join(between))
}

#[cfg(test)]
mod tests;
