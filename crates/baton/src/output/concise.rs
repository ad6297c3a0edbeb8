//! One line per finding: `path:line:column: severity[slug] message`.

use std::io::{self, Write};

use baton_source::Diagnostic;

use super::Shown;
use crate::terminal::{Terminal, harmless};

pub(super) fn write(out: &mut dyn Write, shown: &Shown<'_>, terminal: Terminal) -> io::Result<()> {
    for finding in &shown.report.findings {
        writeln!(out, "{}", line(shown, finding, terminal))?;
    }
    Ok(())
}

/// A finding in one line.
pub(super) fn line(shown: &Shown<'_>, finding: &Diagnostic, terminal: Terminal) -> String {
    let place = shown.place(finding.at).colons();
    let word = format!("{}[{}]", finding.severity, finding.rule);
    let message = finding.message.replace('\n', " ");
    format!(
        "{}: {} {}",
        terminal.bold(&harmless(&place)),
        terminal.severity(finding.severity, &word),
        harmless(&message),
    )
}
