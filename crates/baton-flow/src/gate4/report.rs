//! What the gate reports: items, verdicts, findings, and a digest of what was judged.

use baton_repo::File;
use baton_source::Location;
use serde::Serialize;

use super::table::{Row, table};
use super::{Evaluation, Found, MissingTools, Outcome, Request};
use crate::event::Verdict;

/// Version of the report's format.
pub const SCHEMA_VERSION: &str = "gate4-report-v1";

/// What the gate says of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Version of the format.
    pub schema_version: &'static str,
    /// The project.
    pub project: String,
    /// The gate.
    pub gate: String,
    /// Its track.
    pub track: Option<String>,
    /// What came of it.
    pub verdict: Verdict,
    /// Digest of the files that were judged: their paths and what they hold.
    pub digest: String,
    /// How many files that were.
    pub files: usize,
    /// Whether tools may be missing.
    pub missing_tools_allowed: bool,
    /// What was looked at, in order.
    pub items: Vec<Item>,
    /// What keeps the gate shut, one sentence each, with its place.
    pub findings: Vec<String>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its number, from 1.
    pub number: usize,
    /// A short name for programs.
    pub key: String,
    /// What is in order when it passes.
    pub title: String,
    /// What came of it.
    pub verdict: ItemVerdict,
    /// What was looked at.
    pub evaluated: Vec<String>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What stands beside: what was not judged, what somebody set aside.
    pub notes: Vec<String>,
}

/// What came of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemVerdict {
    /// It is in order.
    Pass,
    /// It is not.
    Fail,
    /// It could not be looked at.
    Inconclusive,
    /// There is nothing it could be about.
    NotApplicable,
    /// An item before it failed.
    NotRun,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule.
    pub rule: String,
    /// How much it matters: `error`, `warning`, `info`.
    pub severity: String,
    /// Whether it keeps the gate shut.
    pub blocks: bool,
    /// The file, from the root of the repository; empty for what is about none.
    pub path: String,
    /// Its line, from 1; `None` for the file as a whole.
    pub line: Option<u32>,
    /// Its column, from 1.
    pub column: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl ItemVerdict {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemVerdict::Pass => "pass",
            ItemVerdict::Fail => "fail",
            ItemVerdict::Inconclusive => "inconclusive",
            ItemVerdict::NotApplicable => "not applicable",
            ItemVerdict::NotRun => "not run",
        }
    }
}

impl Finding {
    /// The place and what is wrong there, on one line.
    pub fn sentence(&self) -> String {
        let Finding { path, message, .. } = self;
        match (path.is_empty(), self.line, self.column) {
            (true, ..) => message.clone(),
            (false, Some(line), Some(column)) => format!("{path}:{line}:{column}: {message}"),
            (false, Some(line), None) => format!("{path}:{line}: {message}"),
            (false, None, _) => format!("{path}: {message}"),
        }
    }
}

/// Makes a report of what the items came to.
pub(super) fn put_together(
    request: &Request<'_>,
    rows: &[Row],
    outcomes: Vec<Outcome>,
) -> Evaluation {
    let mut checked = baton_check::Report::default();
    let mut items = Vec::new();
    for (index, (row, outcome)) in rows.iter().zip(outcomes).enumerate() {
        items.push(item(request, index + 1, (row, &outcome)));
        merge(&mut checked, outcome);
    }
    let blocking = items
        .iter()
        .flat_map(|item| item.findings.iter().filter(|finding| finding.blocks));
    let mut findings: Vec<String> = Vec::new();
    for sentence in blocking.map(Finding::sentence) {
        // Two items may say the same of a file that cannot be read.
        if !findings.contains(&sentence) {
            findings.push(sentence);
        }
    }
    let (digest, files) = digest(request);
    let report = Report {
        schema_version: SCHEMA_VERSION,
        project: request.subject.project.to_owned(),
        gate: table().gate.clone(),
        track: request.subject.track.map(str::to_owned),
        verdict: verdict(&items),
        digest,
        files,
        missing_tools_allowed: request.missing_tools == MissingTools::Allowed,
        items,
        findings,
    };
    Evaluation { report, checked }
}

/// One failure fails the gate, else one open question leaves it open. Nothing looked at is one.
fn verdict(items: &[Item]) -> Verdict {
    let is = |wanted: Verdict| items.iter().any(|item| item.verdict.as_gate() == wanted);
    if is(Verdict::Fail) {
        return Verdict::Fail;
    }
    if items.is_empty() || is(Verdict::Inconclusive) {
        return Verdict::Inconclusive;
    }
    Verdict::Pass
}

fn item(request: &Request<'_>, number: usize, (row, outcome): (&Row, &Outcome)) -> Item {
    let found = outcome.found.iter();
    let mut findings: Vec<Finding> = found.map(|found| finding(request, found)).collect();
    // What blocks comes first; otherwise as the checker sorts.
    findings.sort_by_key(|finding| !finding.blocks);
    Item {
        number,
        key: row.key.clone(),
        title: row.title.clone(),
        verdict: outcome.settled(),
        evaluated: outcome.evaluated.clone(),
        findings,
        notes: outcome.notes.clone(),
    }
}

fn finding(request: &Request<'_>, found: &Found) -> Finding {
    let diagnostic = &found.diagnostic;
    let (path, place) = if found.placed {
        place(request, diagnostic.at)
    } else {
        (String::new(), None)
    };
    Finding {
        rule: diagnostic.rule.to_owned(),
        severity: diagnostic.severity.as_str().to_owned(),
        blocks: found.blocks,
        path,
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
    }
}

/// The path of a place, and line and column if it is not the file as a whole.
pub(super) fn place(request: &Request<'_>, at: Location) -> (String, Option<(u32, u32)>) {
    let Some(file) = request.subject.repo.by_id(at.file) else {
        return (String::new(), None);
    };
    let locate = |span: baton_source::Span| {
        let place = file.lines().locate(file.text(), span.start);
        (place.line, place.column)
    };
    (file.path.to_string(), at.span.map(locate))
}

fn merge(whole: &mut baton_check::Report, outcome: Outcome) {
    let found = outcome.found.into_iter().map(|found| found.diagnostic);
    for diagnostic in found {
        if !whole.findings.contains(&diagnostic) {
            whole.findings.push(diagnostic);
        }
    }
    let part = outcome.checked;
    whole.suppressed.extend(part.suppressed);
    whole.skipped.extend(part.skipped);
    whole.failures.extend(part.failures);
    whole.tools.extend(part.tools);
    whole.per_check.extend(part.per_check);
    whole.undecided = whole.undecided.max(part.undecided);
}

/// One digest over paths and contents of what was judged, and how many files that is. What the
/// runner writes itself does not count: a digest that changes by being recorded is of no use.
fn digest(request: &Request<'_>) -> (String, usize) {
    let own = request.subject.files(&table().own);
    let is_own = |file: &&File| own.iter().any(|other| other.id == file.id);
    let mut files = request.subject.files(&table().scope);
    files.retain(|file| !is_own(file));
    let mut text = String::new();
    for file in &files {
        let digest = file.sha256().unwrap_or_default();
        text.push_str(file.path.as_str());
        text.push('\0');
        text.push_str(&digest);
        text.push('\n');
    }
    (baton_repo::sha256(text.as_bytes()), files.len())
}
