//! Every format, on one report that holds everything a report may hold.

use std::sync::Arc;

use baton_check::{
    CheckConfig, CheckCount, Failure, Note, Report, Selection, Skipped, Suppressed, SuppressedBy,
    select,
};
use baton_repo::{Date, Memory, Options, Repo};
use baton_rules::Settings;
use baton_source::{Applicability, Diagnostic, Edit, FileId, Fix, Label, Location, Severity, Span};
use serde_json::Value;

use super::{Reader, Shown, notices, statistics, write};
use crate::cli::Format;
use crate::terminal::Terminal;

const FIRST: &str = "---\nname: Planner\ntools: [read]\n---\n";
const SECOND: &str = "# Päge | one\n\nText\n";

fn finding(severity: Severity, file: u32, span: Option<(usize, usize)>) -> Diagnostic {
    Diagnostic {
        rule: "missing-agent-key",
        severity,
        at: place(file, span),
        message: "the front matter lacks `a|b`".to_owned(),
        labels: Vec::new(),
        help: None,
        fix: None,
    }
}

fn place(file: u32, span: Option<(usize, usize)>) -> Location {
    let span = span.map(|(start, end)| Span::new(start, end));
    Location {
        file: FileId(file),
        span,
    }
}

fn everything() -> Report {
    let mut first = finding(Severity::Error, 0, Some((0, 3)));
    first.help = Some("Add 100 %, now.".to_owned());
    first.labels.push(Label {
        at: place(0, Some((4, 17))),
        message: "here is the name".to_owned(),
    });
    first.labels.push(Label {
        at: place(1, Some((2, 7))),
        message: "as `Päge` has it".to_owned(),
    });
    first.fix = Some(Fix {
        title: "Add it".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![Edit {
            file: FileId(0),
            span: Span::at(31),
            text: "a: <b>\n".to_owned(),
        }],
    });
    let mut second = finding(Severity::Warning, 1, Some((3, 8)));
    second.rule = "missing-front-matter";
    Report {
        findings: vec![first, second, finding(Severity::Info, 1, None)],
        suppressed: vec![Suppressed {
            finding: finding(Severity::Error, 1, Some((0, 1))),
            by: SuppressedBy::Comment(place(1, Some((2, 7)))),
            reason: "it is old".to_owned(),
        }],
        skipped: vec![Skipped {
            check: "validate:bicep".to_owned(),
            reason: "`bicep` is not installed".to_owned(),
        }],
        not_evaluated: vec![Note {
            check: "validate:session-state",
            reason: "no file in scope is of a kind it judges".to_owned(),
        }],
        stale: Vec::new(),
        failures: vec![Failure {
            path: Some("a, b:c.md".into()),
            rule: Some("missing-agent-key"),
            message: "the rule panicked: 50%\nand more".to_owned(),
        }],
        per_check: vec![
            CheckCount {
                check: "validate:agents",
                checked: 2,
                errors: 1,
                warnings: 1,
                infos: 1,
            },
            CheckCount {
                check: "validate:session-state",
                checked: 0,
                errors: 0,
                warnings: 0,
                infos: 0,
            },
        ],
        ..Report::default()
    }
}

fn config() -> CheckConfig {
    let selection: Selection = select(&["validate:agents".to_owned()], &[]).unwrap();
    CheckConfig {
        selection,
        levels: std::collections::BTreeMap::new(),
        overrides: Vec::new(),
        settings: Settings::default(),
        baseline: None,
        standing: None,
        today: Date {
            year: 2026,
            month: 1,
            day: 1,
        },
    }
}

fn with_shown<T>(report: &Report, look: impl FnOnce(&Shown<'_>) -> T) -> T {
    let source = Memory::new([("a/one.md", FIRST), ("a/two.md", SECOND)]);
    let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
    let fixed = [("missing-agent-key", "a/one.md".into())];
    look(&Shown {
        repo: &repo,
        report,
        config: &config(),
        fail_on: Severity::Warning,
        fixed: &fixed,
    })
}

fn rendered(report: &Report, format: Format) -> String {
    let mut out = Vec::new();
    let terminal = Terminal {
        unicode: true,
        ..Terminal::PLAIN
    };
    with_shown(report, |shown| write(&mut out, format, shown, terminal)).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn full() {
    insta::assert_snapshot!(rendered(&everything(), Format::Full), @r#"
    error[missing-agent-key]: the front matter lacks `a|b`
       ╭─[a/one.md:1:1]
     1 │ ---
       · ───
     2 │ name: Planner
       · ──────┬──────
       ·       ╰── here is the name
       ╰────
      help: Add 100 %, now.
       fix: Add it (safe: `--fix`)
      note: as `Päge` has it
       ╭─[a/two.md:1:3]
     1 │ # Päge | one
       ·   ────
       ╰────

    warning[missing-front-matter]: the front matter lacks `a|b`
       ╭─[a/two.md:1:4]
     1 │ # Päge | one
       ·    ────
       ╰────

    info[missing-agent-key]: the front matter lacks `a|b`
       ──[a/two.md]

    Found 1 error, 1 warning and 1 info in 2 files (1 suppressed); `--fix` mends 1.
    "#);
}

#[test]
fn concise() {
    insta::assert_snapshot!(rendered(&everything(), Format::Concise), @r#"
    a/one.md:1:1: error[missing-agent-key] the front matter lacks `a|b`
    a/two.md:1:4: warning[missing-front-matter] the front matter lacks `a|b`
    a/two.md: info[missing-agent-key] the front matter lacks `a|b`
    "#);
}

#[test]
fn what_is_said_beside_the_report() {
    let said = |reader| {
        let report = everything();
        with_shown(&report, |shown| {
            notices(shown, reader, Terminal::PLAIN).join("\n")
        })
    };
    insta::assert_snapshot!(said(Reader::Person), @r#"
    not evaluated: validate:session-state (no file in scope is of a kind it judges)
    skipped: validate:bicep: `bicep` is not installed
    fixed: a/one.md: missing-agent-key, 1 place
    failed: a, b:c.md: [missing-agent-key]: the rule panicked: 50%␊and more
    "#);
    insta::assert_snapshot!(said(Reader::Program), @"failed: a, b:c.md: [missing-agent-key]: the rule panicked: 50%␊and more");
}

#[test]
fn figures() {
    let mut out = Vec::new();
    let report = everything();
    with_shown(&report, |shown| {
        statistics(&mut out, shown, Terminal::PLAIN)
    })
    .unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
         1  error    missing-agent-key      Agent files say who they are, what they may use and who may call them
         1  info     missing-agent-key      Agent files say who they are, what they may use and who may call them
         1  warning  missing-front-matter   Agent files begin with front matter

    check                   checked  errors  warnings  infos
    validate:agents               2       1         1      1
    validate:session-state        0       0         0      0

    Found 1 error, 1 warning and 1 info in 2 files (1 suppressed); `--fix` mends 1.
    "#);
}

#[test]
fn markdown() {
    insta::assert_snapshot!(rendered(&everything(), Format::Markdown), @r#"
    ### Baton

    Found 1 error, 1 warning and 1 info in 2 files (1 suppressed); `--fix` mends 1.

    | Severity | Rule | Place | Message |
    |---|---|---|---|
    | error | `missing-agent-key` | `a/one.md:1:1` | the front matter lacks `a\|b`<br>Add 100 %, now. |
    | warning | `missing-front-matter` | `a/two.md:1:4` | the front matter lacks `a\|b` |
    | info | `missing-agent-key` | `a/two.md` | the front matter lacks `a\|b` |

    - Not evaluated: `validate:session-state`: no file in scope is of a kind it judges
    - Skipped: `validate:bicep`: `bicep` is not installed
    - **Failed**: `a, b:c.md`: the rule panicked: 50% and more
    "#);
}

#[test]
fn github() {
    insta::assert_snapshot!(rendered(&everything(), Format::Github), @r#"
    ::error file=a%2C b%3Ac.md,title=baton could not do its job::the rule panicked: 50%25%0Aand more
    ::error file=a/one.md,line=1,endLine=1,col=1,endColumn=4,title=missing-agent-key::the front matter lacks `a|b`%0AAdd 100 %25, now.
    ::warning file=a/two.md,line=1,endLine=1,col=4,endColumn=8,title=missing-front-matter::the front matter lacks `a|b`
    ::notice file=a/two.md,title=missing-agent-key::the front matter lacks `a|b`
    "#);
}

#[test]
fn github_counts_what_it_leaves_out() {
    let mut report = Report::default();
    report
        .findings
        .extend((0..12).map(|_| finding(Severity::Warning, 0, Some((0, 3)))));
    report.findings.push(finding(Severity::Error, 0, None));
    let text = rendered(&report, Format::Github);
    assert!(text.starts_with("::error "), "the most severe comes first");
    assert_eq!(text.matches("\n::warning ").count(), 10);
    assert!(text.ends_with(
        "baton: 2 warnings above without an annotation: GitHub shows 10 of each kind per step\n"
    ));
}

#[test]
fn junit() {
    insta::assert_snapshot!(rendered(&everything(), Format::Junit), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="baton" tests="6" failures="2" errors="1">
      <testsuite name="validate:agents" tests="3" failures="2" errors="0" skipped="0">
        <testcase classname="validate:agents" name="missing-agent-key a/one.md:1:1" file="a/one.md" line="1"><failure type="error" message="the front matter lacks `a|b`">a/one.md:1:1: the front matter lacks `a|b`&#10;Add 100 %, now.</failure></testcase>
        <testcase classname="validate:agents" name="missing-front-matter a/two.md:1:4" file="a/two.md" line="1"><failure type="warning" message="the front matter lacks `a|b`">a/two.md:1:4: the front matter lacks `a|b`</failure></testcase>
        <testcase classname="validate:agents" name="missing-agent-key a/two.md" file="a/two.md"><system-out>info: a/two.md: the front matter lacks `a|b`</system-out></testcase>
      </testsuite>
      <testsuite name="validate:session-state" tests="1" failures="0" errors="0" skipped="1">
        <testcase classname="validate:session-state" name="validate:session-state"><skipped message="no file in scope is of a kind it judges"/></testcase>
      </testsuite>
      <testsuite name="validate:bicep" tests="1" failures="0" errors="0" skipped="1">
        <testcase classname="validate:bicep" name="validate:bicep"><skipped message="`bicep` is not installed"/></testcase>
      </testsuite>
      <testsuite name="baton" tests="1" failures="0" errors="1" skipped="0">
        <testcase classname="baton" name="a, b:c.md"><error message="the rule panicked: 50%&#10;and more"/></testcase>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn json_follows_its_schema() {
    let schema = include_str!("../../../../schemas/report.v1.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for report in [everything(), Report::default()] {
        let value: Value = serde_json::from_str(&rendered(&report, Format::Json)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let value: Value = serde_json::from_str(&rendered(&everything(), Format::Json)).unwrap();
    let second = value.pointer("/findings/1").unwrap();
    // Byte 3 of the second file is the third character: columns count characters.
    assert_eq!(second["column"], 4);
    assert_eq!(second["end_column"], 8);
    assert_eq!(second["checks"], serde_json::json!(["validate:agents"]));
    assert_eq!(value.pointer("/findings/2/line"), Some(&Value::Null));
    assert_eq!(
        value.pointer("/suppressed/0/reason"),
        Some(&"it is old".into())
    );
    assert_eq!(value.pointer("/summary/fixable"), Some(&1.into()));
}

#[test]
fn json_lines_end_with_a_summary() {
    let text = rendered(&everything(), Format::Jsonl);
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let types: Vec<&str> = lines
        .iter()
        .map(|line| line["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["finding", "finding", "finding", "summary"]);
    assert_eq!(lines[3]["summary"]["warnings"], 1);
}

#[test]
fn a_summary_is_never_too_long() {
    let mut long = finding(Severity::Error, 0, None);
    long.message = "word ".repeat(2_000);
    let report = Report {
        findings: vec![long; 200],
        ..Report::default()
    };
    let summary = rendered(&report, Format::Markdown);
    assert!(summary.len() < 1024 * 1024);
    assert!(
        summary.contains("\n111 more are left out.\n"),
        "{}",
        summary.len()
    );
}

#[test]
fn sarif() {
    let value: Value = serde_json::from_str(&rendered(&everything(), Format::Sarif)).unwrap();
    let run = value.pointer("/runs/0").unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    let rules = run.pointer("/tool/driver/rules").unwrap();
    let index = usize::try_from(results[0]["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(rules[index]["id"], "missing-agent-key");
    assert_eq!(rules[index]["defaultConfiguration"]["level"], "error");
    let help = rules[index]["help"]["markdown"].as_str().unwrap();
    assert!(help.starts_with("## Why"), "the front matter is cut");
    assert_eq!(results[2]["level"], "note");
    assert!(
        results[2]
            .pointer("/locations/0/physicalLocation/region")
            .is_none()
    );
    assert_eq!(
        results[3].pointer("/suppressions/0/justification"),
        Some(&"it is old".into())
    );
    let notifications = run
        .pointer("/invocations/0/toolExecutionNotifications")
        .unwrap();
    assert_eq!(notifications.as_array().unwrap().len(), 3);
    let uri = notifications.pointer("/0/locations/0/physicalLocation/artifactLocation/uri");
    assert_eq!(uri, Some(&"a%2C%20b%3Ac.md".into()));
}

#[test]
fn fingerprints_do_not_depend_on_lines() {
    let prints = |first: &str| {
        let source = Memory::new([("a.md", first)]);
        let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
        let at = first.find("needle").unwrap();
        let mut one = finding(Severity::Error, 0, Some((at, at + 6)));
        one.message = format!("it repeats byte {at}");
        let report = Report {
            findings: vec![one.clone(), one],
            ..Report::default()
        };
        let shown = Shown {
            repo: &repo,
            report: &report,
            config: &config(),
            fail_on: Severity::Error,
            fixed: &[],
        };
        let mut out = Vec::new();
        write(&mut out, Format::Sarif, &shown, Terminal::PLAIN).unwrap();
        let value: Value = serde_json::from_slice(&out).unwrap();
        let results = value
            .pointer("/runs/0/results")
            .unwrap()
            .as_array()
            .unwrap()
            .clone();
        results
            .iter()
            .map(|result| result["partialFingerprints"]["batonFinding/v1"].to_string())
            .collect::<Vec<_>>()
    };
    let before = prints("the needle\n");
    assert_eq!(before, prints("more\n\n  the needle\n"));
    assert_ne!(before, prints("a needle\n"));
    assert_ne!(before[0], before[1]);
}
