//! The machine gate behind the code: eleven items, one verdict.
//!
//! The first item runs alone: without code there is nothing to judge. The others run side by
//! side and never depend on one another. What could not be looked at is never a pass.

pub(crate) mod challenger;
mod checks;
mod lock;
mod report;
mod review;
mod table;
#[cfg(test)]
mod tests;

use std::thread;

use baton_check::external::External;
use baton_check::{CheckConfig, UnknownSelector};
use baton_repo::{File, RepoError};
use baton_source::{Diagnostic, FileId, Location, Severity};

use crate::event::Verdict;
use crate::{RunState, Subject, precheck};
pub use report::{Finding, Item, ItemVerdict, Report, SCHEMA_VERSION};
use table::{Judge, Row, table};

/// What is judged, and how.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The project.
    pub subject: Subject<'a>,
    /// Where it stands.
    pub state: &'a RunState,
    /// How rules are configured; which of them run is for the gate to say.
    pub config: &'a CheckConfig,
    /// Checks, families and rules that the repository leaves out.
    pub ignored: &'a [String],
    /// How tools of others are run.
    pub external: &'a External<'a>,
    /// What a tool that is not there means.
    pub missing_tools: MissingTools,
}

/// What a tool that is not there means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingTools {
    /// Nobody knows whether the code builds: inconclusive.
    Inconclusive,
    /// What the rules of our own say is enough.
    Allowed,
}

/// What the gate found.
#[derive(Debug)]
pub struct Evaluation {
    /// The items and their verdicts.
    pub report: Report,
    /// The same findings as the checker reports them, for its formats.
    pub checked: baton_check::Report,
}

/// Something that kept the gate from judging.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// The repository could not be read.
    #[error(transparent)]
    Repo(#[from] RepoError),
    /// The table names a check that there is not.
    #[error("the table of the gate is wrong: {0}")]
    Table(#[from] UnknownSelector),
}

/// What one item came to.
#[derive(Debug, Default)]
struct Outcome {
    verdict: Option<ItemVerdict>,
    evaluated: Vec<String>,
    found: Vec<Found>,
    notes: Vec<String>,
    checked: baton_check::Report,
}

/// A finding, and whether it keeps the gate shut.
#[derive(Debug, Clone)]
struct Found {
    diagnostic: Diagnostic,
    blocks: bool,
    /// Whether it is about the place it stands at; what is about nothing that is there stands
    /// somewhere all the same, for formats that know no other way.
    placed: bool,
}

/// Why the gate stays shut.
struct Why {
    rule: &'static str,
    message: String,
    help: Option<String>,
}

/// The canonical identifier of the gate.
pub fn gate() -> &'static str {
    &table().gate
}

/// The canonical identifier of the gate at which the plan is approved.
pub fn approval_gate() -> &'static str {
    &table().approval
}

/// The checks and rules that any of the items asks.
pub fn selectors() -> Vec<String> {
    let mut names = Vec::new();
    for row in &table().items {
        names.extend(row.checks.iter().cloned());
        for on_track in row.track.values() {
            names.extend(on_track.tools.iter().chain(&on_track.checks).cloned());
        }
    }
    names
}

/// Where the report of a project is written, from the root of the repository.
pub fn report_path(subject: &Subject<'_>) -> String {
    let paths = subject.patterns(&table().report);
    paths.into_iter().next().unwrap_or_default()
}

/// Judges a project.
pub fn evaluate(request: &Request<'_>) -> Result<Evaluation, GateError> {
    let rows = &table().items;
    let mut outcomes: Vec<Outcome> = Vec::new();
    let (first, others) = match rows.split_first() {
        Some((first, others)) => (Some(first), others),
        None => (None, &rows[..]),
    };
    if let Some(first) = first {
        outcomes.push(judge(request, first)?);
    }
    let is_open = outcomes.iter().all(|outcome| !outcome.blocks());
    if is_open {
        outcomes.extend(side_by_side(request, others)?);
    } else {
        outcomes.extend(others.iter().map(|_| Outcome::not_run()));
    }
    Ok(report::put_together(request, rows, outcomes))
}

fn side_by_side(request: &Request<'_>, rows: &[Row]) -> Result<Vec<Outcome>, GateError> {
    thread::scope(|threads| {
        let started: Vec<_> = rows
            .iter()
            .map(|row| threads.spawn(move || judge(request, row)))
            .collect();
        let ended = started.into_iter().map(|thread| match thread.join() {
            Ok(outcome) => outcome,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        ended.collect()
    })
}

fn judge(request: &Request<'_>, row: &Row) -> Result<Outcome, GateError> {
    Ok(match row.judge {
        Judge::Precheck => is_there(request, row),
        Judge::Checks | Judge::Tools => checks::judge(request, row)?,
        Judge::PlanLock => lock::judge(request),
        Judge::Challenger => challenger::judge(&request.subject, request.state),
        Judge::Review => review::judge(request, row),
    })
}

/// The first item: what the step has to leave behind is there.
fn is_there(request: &Request<'_>, row: &Row) -> Outcome {
    let mut outcome = Outcome::default();
    let step = row.step.as_deref().unwrap_or_default();
    let Some(result) = precheck::precheck(&request.subject, step) else {
        let message = format!("there is no step `{step}`");
        outcome.block(
            &request.subject,
            None,
            Why::new("missing-step-output", message),
        );
        return outcome;
    };
    for missing in result.findings {
        let at = missing
            .path
            .as_deref()
            .and_then(|path| request.subject.repo.file(path));
        let at = at.map(File::whole);
        outcome.block(
            &request.subject,
            at,
            Why::new("missing-step-output", missing.message),
        );
    }
    outcome.evaluated.push(match result.artifact_count {
        0 => format!("no file of step {step} is there: nothing could be judged"),
        1 => format!("1 file of step {step}"),
        count => format!("{count} files of step {step}"),
    });
    outcome
}

impl Outcome {
    fn not_run() -> Outcome {
        Outcome {
            verdict: Some(ItemVerdict::NotRun),
            ..Outcome::default()
        }
    }

    fn not_applicable(why: impl Into<String>) -> Outcome {
        Outcome {
            verdict: Some(ItemVerdict::NotApplicable),
            notes: vec![why.into()],
            ..Outcome::default()
        }
    }

    fn blocks(&self) -> bool {
        self.found.iter().any(|found| found.blocks)
    }

    /// Adds a finding that keeps the gate shut, at its place if it has one.
    fn block(&mut self, subject: &Subject<'_>, at: Option<Location>, why: Why) {
        self.found.push(Found {
            diagnostic: Diagnostic {
                rule: why.rule,
                severity: Severity::Error,
                at: at.unwrap_or_else(|| anchor(subject)),
                message: why.message,
                labels: Vec::new(),
                help: why.help,
                fix: None,
            },
            blocks: true,
            placed: at.is_some(),
        });
    }

    /// The verdict that was given, else the one that follows from what was found.
    fn settled(&self) -> ItemVerdict {
        match self.verdict {
            _ if self.blocks() => ItemVerdict::Fail,
            Some(verdict) => verdict,
            None => ItemVerdict::Pass,
        }
    }
}

impl Why {
    fn new(rule: &'static str, message: impl Into<String>) -> Why {
        Why {
            rule,
            message: message.into(),
            help: None,
        }
    }

    fn help(self, help: impl Into<String>) -> Why {
        let help = Some(help.into());
        Why { help, ..self }
    }
}

impl ItemVerdict {
    /// What an item does to the gate as a whole.
    fn as_gate(self) -> Verdict {
        match self {
            ItemVerdict::Pass | ItemVerdict::NotApplicable => Verdict::Pass,
            ItemVerdict::Fail => Verdict::Fail,
            ItemVerdict::Inconclusive | ItemVerdict::NotRun => Verdict::Inconclusive,
        }
    }
}

/// Where a finding stands that is about nothing that is there: at the project's state, else at
/// any of its files, else at the workflow.
fn anchor(subject: &Subject<'_>) -> Location {
    let state = format!("{}/{}", subject.output(), crate::projection::STATE_FILE);
    let prefix = format!("{}/", subject.output());
    let files = subject.repo.files();
    let is_own = |file: &&File| file.path.as_str().starts_with(&prefix);
    let own = || files.iter().find(is_own);
    let workflow = || subject.repo.of_kind("workflow-graph").next();
    let file = subject.repo.file(&state).or_else(own).or_else(workflow);
    let nowhere = Location {
        file: FileId(u32::MAX),
        span: None,
    };
    file.map_or(nowhere, File::whole)
}
