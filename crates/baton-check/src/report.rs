//! The outcome of a run.

use std::time::Duration;

use baton_source::{Diagnostic, Location, RepoPath};

use crate::Coverage;
use crate::external::ToolRun;

/// Everything a run has to say, in an order that depends only on its input.
#[derive(Debug, Default)]
pub struct Report {
    /// What rules found, sorted by path, span and slug.
    pub findings: Vec<Diagnostic>,
    /// What rules found and a comment or the baseline answers for.
    pub suppressed: Vec<Suppressed>,
    /// What could not be judged because a tool or the network was missing.
    pub skipped: Vec<Skipped>,
    /// Checks that found nothing to look at.
    pub not_evaluated: Vec<Note>,
    /// Entries of the baseline that answer for fewer findings than they say.
    pub stale: Vec<Stale>,
    /// Where baton itself could not do its job.
    pub failures: Vec<Failure>,
    /// Figures by check, in the order of the table of checks.
    pub per_check: Vec<CheckCount>,
    /// Values of infrastructure code that the text does not decide, and no finding tells.
    pub undecided: usize,
    /// What ran on what.
    pub coverage: Coverage,
    /// Tools of others that ran, in the order of their table.
    pub tools: Vec<ToolRun>,
    /// How long our own rules took while tools of others could run; else zero.
    pub elapsed: Duration,
}

/// A finding that something answers for.
#[derive(Debug)]
pub struct Suppressed {
    /// The finding.
    pub finding: Diagnostic,
    /// What answers for it.
    pub by: SuppressedBy,
    /// The reason it gives.
    pub reason: String,
}

/// What answers for a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuppressedBy {
    /// A comment.
    Comment(Location),
    /// An entry of the baseline, which need not lie in the repository.
    Baseline(Option<Location>),
}

/// An entry of the baseline that answers for fewer findings than it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    /// Its number in the baseline, from 0.
    pub entry: usize,
    /// How many findings it answered for.
    pub found: usize,
}

impl SuppressedBy {
    /// What it is, in one word.
    pub fn kind(self) -> &'static str {
        match self {
            SuppressedBy::Comment(_) => "comment",
            SuppressedBy::Baseline(_) => "baseline",
        }
    }

    /// Where it stands.
    pub fn place(self) -> Option<Location> {
        match self {
            SuppressedBy::Comment(at) => Some(at),
            SuppressedBy::Baseline(at) => at,
        }
    }
}

/// Something that could not be judged.
#[derive(Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The check.
    pub check: String,
    /// What was missing.
    pub reason: String,
}

/// A check that found nothing to look at.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    /// The check.
    pub check: &'static str,
    /// Why, as a sentence without a full stop.
    pub reason: String,
}

/// A file that could not be read, or a rule that panicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file.
    pub path: Option<RepoPath>,
    /// The rule.
    pub rule: Option<&'static str>,
    /// What happened, as a sentence without a full stop.
    pub message: String,
}

/// Figures of one check.
#[derive(Debug, PartialEq, Eq)]
pub struct CheckCount {
    /// The check.
    pub check: &'static str,
    /// Files it judged.
    pub checked: usize,
    /// Its errors.
    pub errors: usize,
    /// Its warnings.
    pub warnings: usize,
    /// Its infos.
    pub infos: usize,
}
