//! Figures by rule and by check instead of findings.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use baton_source::Severity;

use super::{Shown, meta, summary_line};
use crate::terminal::{Terminal, harmless};

pub(crate) fn write(out: &mut dyn Write, shown: &Shown<'_>, terminal: Terminal) -> io::Result<()> {
    by_rule(out, shown, terminal)?;
    by_check(out, shown, terminal)?;
    by_tool(out, shown, terminal)?;
    writeln!(out, "{}", summary_line(shown, terminal))
}

/// The most frequent rule first; `*` marks rules with fixes.
fn by_rule(out: &mut dyn Write, shown: &Shown<'_>, terminal: Terminal) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for finding in &shown.report.findings {
        *counts.entry((finding.rule, finding.severity)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let slug_width = counts
        .iter()
        .map(|((slug, _), _)| slug.len())
        .max()
        .unwrap_or(0);
    for ((slug, severity), count) in &counts {
        let meta = meta(slug);
        let mark = if meta.is_some_and(|meta| meta.fix.is_some()) {
            "*"
        } else {
            " "
        };
        let word = terminal.severity(*severity, &format!("{severity:<7}"));
        let summary = meta.map_or("", |meta| meta.summary);
        writeln!(
            out,
            "{count:>6}  {word}  {slug:<slug_width$} {mark} {}",
            terminal.dim(summary)
        )?;
    }
    if counts.is_empty() {
        Ok(())
    } else {
        writeln!(out)
    }
}

fn by_check(out: &mut dyn Write, shown: &Shown<'_>, terminal: Terminal) -> io::Result<()> {
    let counts = &shown.report.per_check;
    let width = counts
        .iter()
        .map(|count| count.check.len())
        .max()
        .unwrap_or(0);
    if counts.is_empty() {
        return Ok(());
    }
    let heading = format!(
        "{:<width$}  {:>7}  {:>6}  {:>8}  {:>5}",
        "check", "checked", "errors", "warnings", "infos"
    );
    writeln!(out, "{}", terminal.bold(&heading))?;
    for count in counts {
        writeln!(
            out,
            "{:<width$}  {:>7}  {:>6}  {:>8}  {:>5}",
            count.check, count.checked, count.errors, count.warnings, count.infos
        )?;
    }
    writeln!(out)
}

/// How long each tool of others took, and which it was.
fn by_tool(out: &mut dyn Write, shown: &Shown<'_>, terminal: Terminal) -> io::Result<()> {
    let tools = &shown.report.tools;
    if tools.is_empty() {
        return Ok(());
    }
    let width = tools.iter().map(|tool| tool.check.len()).max().unwrap_or(0);
    let heading = format!("{:<width$}  {:>9}  tool", "check", "time");
    writeln!(out, "{}", terminal.bold(&heading))?;
    let milliseconds = shown.report.elapsed.as_millis();
    writeln!(out, "{:<width$}  {milliseconds:>6} ms  baton", "own rules")?;
    for tool in tools {
        let milliseconds = tool.elapsed.as_millis();
        let version = tool
            .version
            .as_deref()
            .map_or(Cow::Borrowed("version unknown"), harmless);
        let outcome = if tool.done { "" } else { " (failed)" };
        let (check, program) = (tool.check, tool.program);
        writeln!(
            out,
            "{check:<width$}  {milliseconds:>6} ms  {program}: {version}{outcome}"
        )?;
    }
    writeln!(out)
}
