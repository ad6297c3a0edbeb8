//! The corpora of `fixtures/guard`: what must not pass does not, and daily work goes on.

use baton_guard::{Decision, Policy, Shell, corpus, judge_command};

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
