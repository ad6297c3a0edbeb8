//! A Markdown table for step summaries and comments.

use std::io::{self, Write};

use baton_source::Diagnostic;

use super::{Shown, summary_line};
use crate::terminal::{Terminal, harmless};

/// Rows of the table.
const ROWS: usize = 1_000;

/// Bytes of the table; GitHub refuses summaries of more than one MiB.
const BYTES: usize = 900_000;

pub(super) fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let report = shown.report;
    writeln!(out, "### Baton\n\n{}", summary_line(shown, Terminal::PLAIN))?;
    if !report.findings.is_empty() {
        writeln!(out, "\n| Severity | Rule | Place | Message |")?;
        writeln!(out, "|---|---|---|---|")?;
    }
    let (mut rows, mut bytes) = (0, 0);
    for finding in report.findings.iter().take(ROWS) {
        let row = row(shown, finding);
        bytes += row.len();
        if bytes > BYTES {
            break;
        }
        rows += 1;
        writeln!(out, "{row}")?;
    }
    let left_out = report.findings.len() - rows;
    if left_out > 0 {
        writeln!(out, "\n{left_out} more are left out.")?;
    }
    let mut items = Vec::new();
    for note in &report.not_evaluated {
        items.push(format!(
            "Not evaluated: `{}`: {}",
            note.check,
            cell(&note.reason)
        ));
    }
    for skipped in &report.skipped {
        items.push(format!(
            "Skipped: {}: {}",
            code(&skipped.check),
            cell(&skipped.reason)
        ));
    }
    for failure in &report.failures {
        let path = failure
            .path
            .as_ref()
            .map(|path| format!("{}: ", code(path.as_str())));
        let path = path.unwrap_or_default();
        items.push(format!("**Failed**: {path}{}", cell(&failure.message)));
    }
    if !items.is_empty() {
        writeln!(out)?;
    }
    items.iter().try_for_each(|item| writeln!(out, "- {item}"))
}

fn row(shown: &Shown<'_>, finding: &Diagnostic) -> String {
    let help = finding
        .help
        .as_ref()
        .map(|help| format!("<br>{}", cell(help)));
    format!(
        "| {} | `{}` | {} | {}{} |",
        finding.severity,
        finding.rule,
        code(&shown.place(finding.at).colons()),
        cell(&finding.message),
        help.unwrap_or_default()
    )
}

/// Text in a cell: code spans stay, everything else that Markdown or HTML would take is escaped.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    let mut in_code = false;
    for character in harmless(&text.replace(['\n', '\r'], " ")).chars() {
        match character {
            '`' => {
                in_code = !in_code;
                cell.push('`');
            }
            '|' => cell.push_str("\\|"),
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' if !in_code => {
                cell.push('\\');
                cell.push(character);
            }
            _ => cell.push(character),
        }
    }
    cell
}

/// Text as code in a cell.
fn code(text: &str) -> String {
    let text = harmless(text).replace('|', "\\|");
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}
