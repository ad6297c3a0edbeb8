//! The figures of a run, in one sentence.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use baton_source::{Applicability, Severity};

use super::Shown;
use crate::terminal::Terminal;

/// The figures of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) infos: usize,
    /// Files with findings.
    pub(crate) files: usize,
    /// Findings that `--fix` makes go away.
    pub(crate) fixable: usize,
    /// Findings that need `--unsafe-fixes` for it.
    pub(crate) fixable_unsafe: usize,
    pub(crate) suppressed: usize,
    /// Values that only a deployment decides.
    pub(crate) undecided: usize,
}

/// Counts the findings of a run.
pub(crate) fn summary(shown: &Shown<'_>) -> Summary {
    let findings = &shown.report.findings;
    let of = |severity| count(findings, |finding| finding.severity == severity);
    let fixable = |applicability| {
        count(findings, |finding| {
            let fix = finding.fix.as_ref();
            fix.is_some_and(|fix| fix.applicability == applicability && !fix.edits.is_empty())
        })
    };
    let files: BTreeSet<_> = findings.iter().map(|finding| finding.at.file).collect();
    Summary {
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        infos: of(Severity::Info),
        files: files.len(),
        fixable: fixable(Applicability::Safe),
        fixable_unsafe: fixable(Applicability::Unsafe),
        suppressed: shown.report.suppressed.len(),
        undecided: shown.report.undecided,
    }
}

/// The figures as a sentence for people.
pub(crate) fn line(shown: &Shown<'_>, terminal: Terminal) -> String {
    let summary = summary(shown);
    let mut text = if shown.report.findings.is_empty() {
        nothing_found(shown)
    } else {
        let parts = [
            (summary.errors, Severity::Error, "error"),
            (summary.warnings, Severity::Warning, "warning"),
            (summary.infos, Severity::Info, "info"),
        ];
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(count, severity, word)| terminal.severity(severity, &plural(count, word)))
            .collect();
        format!(
            "Found {} in {}",
            list(&parts),
            plural(summary.files, "file")
        )
    };
    if summary.suppressed > 0 {
        let _ = write!(text, " ({} suppressed)", summary.suppressed);
    }
    text.push_str(&mendable(summary));
    text.push('.');
    text
}

/// How much of it can be mended without a person.
fn mendable(summary: Summary) -> String {
    match (summary.fixable, summary.fixable_unsafe) {
        (0, 0) => String::new(),
        (0, uncertain) => format!("; `--fix --unsafe-fixes` mends {uncertain}"),
        (safe, 0) => format!("; `--fix` mends {safe}"),
        (safe, uncertain) => {
            format!("; `--fix` mends {safe}, with `--unsafe-fixes` {uncertain} more")
        }
    }
}

fn nothing_found(shown: &Shown<'_>) -> String {
    let counts = &shown.report.per_check;
    let judging = count(counts, |count| count.checked > 0);
    if !shown.report.failures.is_empty() {
        "Nothing found, but some of it could not be judged".to_owned()
    } else if judging == 0 && !shown.report.not_evaluated.is_empty() {
        "Nothing evaluated, so nothing found".to_owned()
    } else if judging == 0 {
        "Nothing found".to_owned()
    } else {
        format!("Nothing found by {}", plural(judging, "check"))
    }
}

/// `1 file`, `2 files`.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(parts: &[String]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

fn count<T>(of: &[T], matching: impl Fn(&T) -> bool) -> usize {
    of.iter().filter(|one| matching(one)).count()
}
