//! `baton guard test FILE`.

use std::path::Path;

use anyhow::Result;
use baton_guard::corpus::{self, Case};
use baton_guard::{Decision, Policy, Shell, judge_command};

use super::super::{print, text_of};
use crate::exit::{Verdict, say};

/// Compares what is decided of commands with what a file expects.
pub(super) fn test(file: &Path) -> Result<Verdict> {
    let text = text_of(file)?;
    let name = file.display();
    let (cases, faults) = corpus::read(&text);
    for (line, fault) in &faults {
        say(&format!("{name}:{line}: {fault}"));
    }
    let policy = Policy::default();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| mismatch(case, &policy))
        .collect();
    let count = cases.len();
    print(|out| {
        for line in &wrong {
            writeln!(out, "{name}:{line}")?;
        }
        let differ = wrong.len();
        writeln!(out, "{count} commands judged, {differ} not as expected")
    })?;
    Ok(match (faults.is_empty(), wrong.is_empty()) {
        (false, _) => Verdict::Incomplete,
        (true, false) => Verdict::Findings,
        (true, true) => Verdict::Clean,
    })
}

/// What differs, with the line's number.
fn mismatch(case: &Case, policy: &Policy) -> Option<String> {
    let shell = case.shell.unwrap_or(Shell::Posix);
    let verdict = judge_command(&case.command, shell, policy);
    if verdict.decision == case.expected {
        return None;
    }
    let rules: Vec<&str> = verdict
        .threats
        .iter()
        .map(|threat| threat.rule.as_str())
        .collect();
    let because = match rules.as_slice() {
        [] => "no rule speaks of it".to_owned(),
        rules => rules.join(", "),
    };
    let (line, command) = (case.line, case.command.escape_debug());
    let (expected, decided) = (word(case.expected), word(verdict.decision));
    Some(format!(
        "{line}: {decided} instead of {expected} ({because}): {command}"
    ))
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Allow => "allow",
        Decision::Ask => "ask",
        Decision::Deny => "deny",
    }
}
