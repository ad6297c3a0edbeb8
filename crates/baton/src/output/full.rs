//! Findings with the lines they are about, for people.

use std::collections::BTreeMap;
use std::io::{self, Write};

use baton_check::conceals;
use baton_source::{Applicability, Diagnostic, FileId, Label, Severity, Span};

use super::excerpt::{Excerpt, near, render};
use super::{Shown, summary_line};
use crate::terminal::{Terminal, harmless};

pub(super) fn write(out: &mut dyn Write, shown: &Shown<'_>, terminal: Terminal) -> io::Result<()> {
    let hidden = hidden(shown);
    for finding in &shown.report.findings {
        out.write_all(finding_text((shown, &hidden), finding, terminal).as_bytes())?;
        writeln!(out)?;
    }
    writeln!(out, "{}", summary_line(shown, terminal))
}

/// What must not be read in each file: the places at which rules found secrets.
type Hidden = BTreeMap<FileId, Vec<Span>>;

fn hidden(shown: &Shown<'_>) -> Hidden {
    let suppressed = shown.report.suppressed.iter().map(|one| &one.finding);
    let all = shown.report.findings.iter().chain(suppressed);
    let mut hidden = Hidden::new();
    for finding in all.filter(|finding| conceals(finding.rule)) {
        let spans = hidden.entry(finding.at.file).or_default();
        spans.extend(finding.at.span);
    }
    hidden
}

fn hidden_in(hidden: &Hidden, file: FileId) -> &[Span] {
    hidden.get(&file).map_or(&[], Vec::as_slice)
}

fn finding_text(
    (shown, hidden): (&Shown<'_>, &Hidden),
    finding: &Diagnostic,
    terminal: Terminal,
) -> String {
    let Some(file) = shown.repo.by_id(finding.at.file) else {
        return String::new();
    };
    let beside = |label: &&Label| {
        let spans = finding.at.span.zip(label.at.span);
        let is_near = spans.is_some_and(|(one, other)| near(file.lines(), one, other));
        label.at.file == finding.at.file && is_near
    };
    let (here, elsewhere): (Vec<&Label>, Vec<&Label>) = finding.labels.iter().partition(beside);
    let labelled = here
        .iter()
        .filter_map(|label| Some((label.at.span?, label.message.clone())));
    let mut text = render(
        terminal,
        &Excerpt {
            severity: finding.severity,
            title: format!("{}[{}]:", finding.severity, finding.rule),
            message: &finding.message,
            path: file.path.as_str(),
            text: file.text(),
            lines: file.lines(),
            span: finding.at.span,
            labels: labelled.collect(),
            hidden: hidden_in(hidden, finding.at.file),
            help: finding.help.clone(),
        },
    );
    if let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty()) {
        let how = match fix.applicability {
            Applicability::Safe => "safe: `--fix`",
            Applicability::Unsafe => "unsafe: `--fix --unsafe-fixes`",
            Applicability::Display => "by hand",
        };
        let word = terminal.name("   fix:");
        let how = terminal.dim(&format!("({how})"));
        let title = harmless(&fix.title);
        text.push_str(&[word.as_str(), " ", &title, " ", &how, "\n"].concat());
    }
    for label in elsewhere {
        text.push_str(&note((shown, hidden), label, terminal));
    }
    text
}

/// A label that is too far away for the finding's own excerpt.
fn note((shown, hidden): (&Shown<'_>, &Hidden), label: &Label, terminal: Terminal) -> String {
    let Some(file) = shown.repo.by_id(label.at.file) else {
        return String::new();
    };
    let text = render(
        terminal,
        &Excerpt {
            severity: Severity::Info,
            title: "note:".to_owned(),
            message: &label.message,
            path: file.path.as_str(),
            text: file.text(),
            lines: file.lines(),
            span: label.at.span,
            labels: Vec::new(),
            hidden: hidden_in(hidden, label.at.file),
            help: None,
        },
    );
    format!("  {text}")
}
