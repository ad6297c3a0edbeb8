//! The corpora of `fixtures/guard`: what must not pass does not, and daily work goes on.

use baton_guard::{Decision, Policy, Shell, ToolCall, ToolClass, corpus, judge, judge_command};
use serde_json::Value;

/// What is wrong with a corpus: line, what was decided, by which rules, and the command.
fn wrong(text: &str, accepts: impl Fn(Decision, Decision) -> bool) -> Vec<String> {
    let (cases, faults) = corpus::read(text);
    assert!(faults.is_empty(), "{faults:?}");
    let policy = Policy::default();
    let mut all = Vec::new();
    for case in cases {
        let shell = case.shell.unwrap_or(Shell::Posix);
        let verdict = judge_command(&case.command, shell, &policy);
        if !accepts(case.expected, verdict.decision) {
            let rules: Vec<&str> = verdict
                .threats
                .iter()
                .map(|threat| threat.rule.as_str())
                .collect();
            let command = case.command.replace('\n', "␤");
            all.push(format!(
                "{}: {:?} instead of {:?} {rules:?}: {command}",
                case.line, verdict.decision, case.expected
            ));
        }
    }
    all
}

#[test]
fn nothing_forbidden_is_allowed() {
    let text = include_str!("../../../fixtures/guard/forbidden.tsv");
    assert!(corpus::read(text).0.len() >= 600);
    let found = wrong(text, |expected, decided| expected == decided);
    assert!(
        found.is_empty(),
        "{} lines:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn daily_work_goes_on() {
    let text = include_str!("../../../fixtures/guard/ordinary.tsv");
    let count = corpus::read(text).0.len();
    assert!(count >= 1_500, "{count} lines");
    let found = wrong(text, |expected, decided| expected == decided);
    assert!(
        found.len() * 100 <= count,
        "{} lines:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn calls_of_tools_are_judged_by_what_they_change() {
    let text = include_str!("../../../fixtures/guard/calls.jsonl");
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let class = match line["class"].as_str() {
            Some("shell") => ToolClass::Shell,
            Some("edit") => ToolClass::Edit,
            Some("read-only") => ToolClass::ReadOnly,
            _ => ToolClass::Unknown,
        };
        let call = ToolCall {
            name: line["name"].as_str().unwrap().to_owned(),
            class,
            arguments: line["arguments"].clone(),
            cwd: None,
        };
        let verdict = judge(&call, &Policy::default());
        let expected = serde_json::to_value(verdict.decision).unwrap();
        assert_eq!(expected, line["expected"], "{line} {:?}", verdict.threats);
    }
}
