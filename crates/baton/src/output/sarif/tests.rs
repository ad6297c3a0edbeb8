//! What happens where GitHub would take no more.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use baton_check::{CheckConfig, Report, Suppressed, SuppressedBy, select};
use baton_repo::{Date, Memory, Options, Repo};
use baton_rules::RULES;
use baton_source::{Diagnostic, FileId, Label, Location, Severity, Span};
use serde_json::Value;

use super::limits::{LOCATIONS, TAGS};
use super::write;
use crate::output::Shown;

fn finding(severity: Severity, number: u32, message: &str) -> Diagnostic {
    Diagnostic {
        rule: "outdated-tls",
        severity,
        at: Location {
            file: FileId(0),
            span: Some(Span {
                start: number,
                end: number + 1,
            }),
        },
        message: message.to_owned(),
        labels: Vec::new(),
        help: Some("Mend it.".to_owned()),
        fix: None,
    }
}

/// The log as text and as a value, and what is said beside it.
fn logged(report: &Report) -> (Vec<u8>, Value, Option<String>) {
    let text = "a line of the file\n".repeat(2000);
    let source = Memory::new([("infra/main.tf", text)]);
    let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
    let today = Date {
        year: 2026,
        month: 1,
        day: 1,
    };
    let config = CheckConfig::new(select(&[], &[]).unwrap(), today);
    let shown = Shown {
        repo: &repo,
        report,
        config: &config,
        fail_on: Severity::Error,
        fixed: &[],
    };
    let mut out = Vec::new();
    write(&mut out, &shown).unwrap();
    let value: Value = serde_json::from_slice(&out).unwrap();
    let notifications = value.pointer("/runs/0/invocations/0/toolExecutionNotifications");
    let said = notifications.unwrap().as_array().unwrap().first();
    let said = said.map(|said| {
        said.pointer("/message/text")
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    });
    (out, value, said)
}

fn results(log: &Value) -> &Vec<Value> {
    log.pointer("/runs/0/results").unwrap().as_array().unwrap()
}

#[test]
fn more_results_than_github_takes_are_left_out_aloud() {
    let warnings = (0..26_000).map(|at| finding(Severity::Warning, at, "it is old"));
    let mut report = Report {
        findings: warnings.collect(),
        ..Report::default()
    };
    report
        .findings
        .push(finding(Severity::Error, 30_000, "it is very old"));
    report.suppressed.push(Suppressed {
        finding: finding(Severity::Error, 31_000, "it is excused"),
        by: SuppressedBy::Baseline(None),
        reason: "recorded".to_owned(),
    });
    let (text, log, said) = logged(&report);
    assert_eq!(results(&log).len(), 25_000);
    assert_eq!(
        results(&log)[0]["level"],
        "error",
        "the most severe are kept"
    );
    let wanted = "1002 of 26002 findings are not in this SARIF log: GitHub refuses one with more \
                  than 25000 or with more than 10 MB; the most severe are kept";
    assert_eq!(said.as_deref(), Some(wanted));
    if let Some(packed) = gzipped(&text) {
        assert!(packed < 10_000_000, "{packed} bytes");
    }
}

#[test]
fn more_results_than_github_keeps_are_named() {
    let infos = (0..5_001).map(|at| finding(Severity::Info, at, "it is old"));
    let mut report = Report {
        findings: infos.collect(),
        ..Report::default()
    };
    let (_, log, said) = logged(&report);
    assert_eq!(results(&log).len(), 5_001);
    let wanted =
        "GitHub keeps 5000 of the 5001 findings in this SARIF log; the most severe come first";
    assert_eq!(said.as_deref(), Some(wanted));
    report.findings.truncate(5_000);
    assert_eq!(logged(&report).2, None);
}

#[test]
fn results_that_are_too_large_are_left_out_aloud() {
    let words = "word ".repeat(200_000);
    let all = (0..50).map(|at| finding(Severity::Error, at, &words));
    let report = Report {
        findings: all.collect(),
        ..Report::default()
    };
    let (_, log, said) = logged(&report);
    assert_eq!(results(&log).len(), 39);
    assert!(
        said.unwrap()
            .starts_with("11 of 50 findings are not in this SARIF log")
    );
}

#[test]
fn a_result_names_no_more_places_than_are_kept() {
    let mut one = finding(Severity::Error, 0, "it stands everywhere");
    let label = |at| Label {
        at: finding(Severity::Error, at, "").at,
        message: "here".to_owned(),
    };
    one.labels = (0..150).map(label).collect();
    let report = Report {
        findings: vec![one],
        ..Report::default()
    };
    let (_, log, _) = logged(&report);
    let result = &results(&log)[0];
    assert_eq!(
        result["relatedLocations"].as_array().unwrap().len(),
        LOCATIONS
    );
    let message = result.pointer("/message/text").unwrap().as_str().unwrap();
    assert_eq!(
        message,
        "it stands everywhere. Mend it. (50 places more are not listed)"
    );
}

#[test]
fn no_rule_has_more_tags_than_are_kept() {
    for rule in RULES {
        assert!(rule.meta.checks.len() < TAGS, "{}", rule.meta.slug);
    }
}

/// How much `gzip` makes of it, where there is one.
fn gzipped(text: &[u8]) -> Option<usize> {
    let mut command = Command::new("gzip");
    command
        .arg("-c")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().ok()?;
    let mut pipe = child.stdin.take()?;
    let text = text.to_vec();
    let writer = std::thread::spawn(move || pipe.write_all(&text));
    let output = child.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    Some(output.stdout.len())
}
