//! JUnit XML: a suite per check, a case per finding.
//!
//! Findings below `--fail-on` are cases that passed and have something to say.

use std::io::{self, Write};

use baton_check::CheckCount;
use baton_source::{Diagnostic, RepoPath};

use super::{Shown, meta};

/// A suite: its name, the findings, and the check's figures.
struct Suite<'a> {
    name: &'a str,
    findings: Vec<&'a Diagnostic>,
    count: Option<&'a CheckCount>,
}

pub(super) fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let suites = suites(shown);
    let failing = |suite: &Suite<'_>| {
        suite
            .findings
            .iter()
            .filter(|finding| shown.fails(finding))
            .count()
    };
    let broken = shown.report.failures.len();
    let tests: usize = suites.iter().map(cases).sum::<usize>() + broken;
    let failures: usize = suites.iter().map(failing).sum();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="baton" tests="{tests}" failures="{failures}" errors="{broken}">"#
    )?;
    for suite in &suites {
        let skipped = usize::from(reason(shown, suite).is_some());
        writeln!(
            out,
            r#"  <testsuite name="{}" tests="{}" failures="{}" errors="0" skipped="{skipped}">"#,
            escape(suite.name),
            cases(suite),
            failing(suite)
        )?;
        for finding in &suite.findings {
            case(out, shown, suite, finding)?;
        }
        if suite.findings.is_empty() {
            empty_case(out, shown, suite)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    if broken > 0 {
        failures_suite(out, shown)?;
    }
    writeln!(out, "</testsuites>")
}

/// A suite per check that ran or was skipped, then one per family of findings that belong to no such check.
fn suites<'a>(shown: &Shown<'a>) -> Vec<Suite<'a>> {
    let mut suites: Vec<Suite<'a>> = Vec::new();
    for count in &shown.report.per_check {
        suites.push(Suite {
            name: count.check,
            findings: Vec::new(),
            count: Some(count),
        });
    }
    for skipped in &shown.report.skipped {
        if suites.iter().all(|suite| suite.name != skipped.check) {
            suites.push(Suite {
                name: &skipped.check,
                findings: Vec::new(),
                count: None,
            });
        }
    }
    for finding in &shown.report.findings {
        let meta = meta(finding.rule);
        let checks = meta.map_or(&[][..], |meta| meta.checks);
        let family = meta.map_or("", |meta| meta.family);
        let at = suites
            .iter()
            .position(|suite| checks.contains(&suite.name) || suite.name == family);
        match at.and_then(|at| suites.get_mut(at)) {
            Some(suite) => suite.findings.push(finding),
            None => suites.push(Suite {
                name: family,
                findings: vec![finding],
                count: None,
            }),
        }
    }
    suites
}

fn cases(suite: &Suite<'_>) -> usize {
    suite.findings.len().max(1)
}

/// Why a suite has nothing to show.
fn reason<'a>(shown: &Shown<'a>, suite: &Suite<'_>) -> Option<&'a str> {
    let skipped = shown.report.skipped.iter();
    let skipped = skipped
        .filter(|one| one.check == suite.name)
        .map(|one| one.reason.as_str());
    let idle = shown.report.not_evaluated.iter();
    let idle = idle
        .filter(|note| note.check == suite.name)
        .map(|note| note.reason.as_str());
    skipped
        .chain(idle)
        .next()
        .filter(|_| suite.findings.is_empty())
}

fn case(
    out: &mut dyn Write,
    shown: &Shown<'_>,
    suite: &Suite<'_>,
    finding: &Diagnostic,
) -> io::Result<()> {
    let place = shown.place(finding.at);
    write!(
        out,
        r#"    <testcase classname="{}" name="{}" file="{}""#,
        escape(suite.name),
        escape(&format!("{} {}", finding.rule, place.colons())),
        escape(place.path)
    )?;
    if let Some((start, _)) = place.range {
        write!(out, r#" line="{}""#, start.line)?;
    }
    let help = finding
        .help
        .as_ref()
        .map(|help| format!("\n{help}"))
        .unwrap_or_default();
    let body = format!("{}: {}{help}", place.colons(), finding.message);
    if shown.fails(finding) {
        writeln!(
            out,
            r#"><failure type="{}" message="{}">{}</failure></testcase>"#,
            finding.severity,
            escape(&finding.message),
            escape(&body)
        )
    } else {
        let body = format!("{}: {body}", finding.severity);
        writeln!(
            out,
            "><system-out>{}</system-out></testcase>",
            escape(&body)
        )
    }
}

fn empty_case(out: &mut dyn Write, shown: &Shown<'_>, suite: &Suite<'_>) -> io::Result<()> {
    let name = escape(suite.name);
    let files = suite.count.map_or(0, |count| count.checked);
    match reason(shown, suite) {
        Some(reason) => writeln!(
            out,
            r#"    <testcase classname="{name}" name="{name}"><skipped message="{}"/></testcase>"#,
            escape(reason)
        ),
        None => writeln!(
            out,
            r#"    <testcase classname="{name}" name="{name}: files judged: {files}"/>"#
        ),
    }
}

fn failures_suite(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let failures = &shown.report.failures;
    let count = failures.len();
    writeln!(
        out,
        r#"  <testsuite name="baton" tests="{count}" failures="0" errors="{count}" skipped="0">"#
    )?;
    for failure in failures {
        let what = failure.path.as_ref().map(RepoPath::as_str).or(failure.rule);
        writeln!(
            out,
            r#"    <testcase classname="baton" name="{}"><error message="{}"/></testcase>"#,
            escape(what.unwrap_or("run")),
            escape(&failure.message)
        )?;
    }
    writeln!(out, "  </testsuite>")
}

/// Text for XML 1.0, which has no way to write most control characters.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' => escaped.push_str("&#9;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}
