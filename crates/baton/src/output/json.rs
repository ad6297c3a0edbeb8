//! The JSON report: one document, or one object per line.

use std::io::{self, Write};

use super::summary::summary;
use super::{Shown, wire};

pub(super) fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let findings = shown.report.findings.iter();
    let report = wire::Report {
        version: wire::VERSION,
        tool: wire::tool(),
        summary: wire::figures(summary(shown), shown.fail_on),
        findings: findings
            .map(|finding| wire::finding(shown, finding))
            .collect(),
        rest: wire::rest(shown),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

/// One finding per line, and a summary in the last one.
pub(super) fn write_lines(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    for finding in &shown.report.findings {
        let line = wire::FindingLine {
            r#type: "finding",
            finding: wire::finding(shown, finding),
        };
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    let line = wire::LastLine {
        r#type: "summary",
        version: wire::VERSION,
        tool: wire::tool(),
        summary: wire::figures(summary(shown), shown.fail_on),
        rest: wire::rest(shown),
    };
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)
}
