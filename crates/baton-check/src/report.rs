//! The outcome of a run.

use baton_source::{Diagnostic, Location, RepoPath};

use crate::Routed;

/// Everything a run has to say, in an order that depends only on its input.
#[derive(Debug, Default)]
pub struct Report {
    /// What rules found, sorted by path, span and slug.
    pub findings: Vec<Diagnostic>,
    /// What rules found and a comment answers for.
    pub suppressed: Vec<Suppressed>,
    /// What could not be judged because a tool or the network was missing.
    pub skipped: Vec<Skipped>,
    /// Checks that found nothing to look at.
    pub not_evaluated: Vec<Note>,
    /// Where baton itself could not do its job.
    pub failures: Vec<Failure>,
    /// Figures by check, in the order of the table of checks.
    pub per_check: Vec<CheckCount>,
    /// What ran on what.
    pub routed: Routed,
}

/// A finding that a comment answers for.
#[derive(Debug)]
pub struct Suppressed {
    /// The finding.
    pub finding: Diagnostic,
    /// The comment.
    pub by: Location,
    /// The reason it gives.
    pub reason: String,
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
#[derive(Debug, PartialEq, Eq)]
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
