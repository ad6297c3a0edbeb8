//! Annotations of GitHub workflows.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step, so the most severe findings
//! come first; those without room are listed in the log and counted.

use std::io::{self, Write};

use baton_source::{Diagnostic, Severity};

use super::summary::{list, plural};
use super::{Shown, concise};
use crate::terminal::Terminal;

/// Annotations of one kind that GitHub shows of a step.
const LIMIT: usize = 10;

pub(super) fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let kinds = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Info, "notice"),
    ];
    let failures = &shown.report.failures;
    for failure in failures.iter().take(LIMIT) {
        let path = failure
            .path
            .as_ref()
            .map(|path| format!("file={},", property(path.as_str())));
        let title = property("baton could not do its job");
        writeln!(
            out,
            "::error {}title={title}::{}",
            path.unwrap_or_default(),
            text(&failure.message)
        )?;
    }
    let mut left_out: Vec<&Diagnostic> = Vec::new();
    let mut counts = Vec::new();
    for (severity, command) in kinds {
        let of_kind = shown.report.findings.iter();
        let of_kind: Vec<_> = of_kind
            .filter(|finding| finding.severity == severity)
            .collect();
        let taken = if severity == Severity::Error {
            failures.len()
        } else {
            0
        };
        let room = LIMIT.saturating_sub(taken).min(of_kind.len());
        let (annotated, others) = of_kind.split_at(room);
        for finding in annotated {
            annotation(out, shown, finding, command)?;
        }
        left_out.extend(others);
        if !others.is_empty() {
            counts.push(plural(others.len(), severity.as_str()));
        }
    }
    for finding in &left_out {
        writeln!(out, "{}", log_line(shown, finding))?;
    }
    if left_out.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "baton: {} above without an annotation: GitHub shows {LIMIT} of each kind per step",
        list(&counts)
    )
}

fn annotation(
    out: &mut dyn Write,
    shown: &Shown<'_>,
    finding: &Diagnostic,
    command: &str,
) -> io::Result<()> {
    let place = shown.place(finding.at);
    write!(out, "::{command} file={}", property(place.path))?;
    if let Some((start, end)) = place.range {
        write!(out, ",line={},endLine={}", start.line, end.line)?;
        // GitHub takes columns only within one line.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column, end.column)?;
        }
    }
    let help = finding
        .help
        .as_ref()
        .map(|help| format!("\n{help}"))
        .unwrap_or_default();
    let message = format!("{}{help}", finding.message);
    writeln!(out, ",title={}::{}", property(finding.rule), text(&message))
}

/// A finding for the log; it must not look like a command.
fn log_line(shown: &Shown<'_>, finding: &Diagnostic) -> String {
    let line = concise::line(shown, finding, Terminal::PLAIN);
    if line.starts_with("::") {
        format!("./{line}")
    } else {
        line
    }
}

fn text(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}
