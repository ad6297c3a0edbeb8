//! What is said beside the report, on standard error: what was not judged, and what failed.

use baton_check::Report;
use baton_source::RepoPath;

use super::Shown;
use super::summary::plural;
use crate::terminal::{Terminal, harmless};

/// Who reads the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A program, which finds everything but failures in the report.
    Program,
    /// Somebody who asked for the whole repository or for certain checks.
    Person,
    /// Somebody who asked for some files; most checks have nothing to do with those.
    PersonWithPaths,
}

/// What is said beside the report.
pub(crate) fn notices(shown: &Shown<'_>, reader: Reader, terminal: Terminal) -> Vec<String> {
    let mut lines = Vec::new();
    if reader == Reader::Person {
        lines.extend(not_evaluated(shown, terminal));
    }
    if reader != Reader::Program {
        for skipped in &shown.report.skipped {
            let word = terminal.bold("skipped:");
            lines.push(format!(
                "{word} {}: {}",
                skipped.check,
                harmless(&skipped.reason)
            ));
        }
        lines.extend(undecided(shown.report, terminal));
        lines.extend(fixed(shown.fixed, terminal));
    }
    if reader != Reader::Program {
        lines.extend(stale(shown, terminal));
    }
    lines.extend(failures(shown.report, terminal));
    lines
}

/// How many values only a deployment decides.
fn undecided(report: &Report, terminal: Terminal) -> Option<String> {
    let count = report.undecided;
    (count > 0).then(|| {
        format!(
            "{} {} of infrastructure code; `unknown = \"info\"` in `[options.iac]` shows where",
            terminal.bold("not decided by the text:"),
            plural(count, "value")
        )
    })
}

/// How much of the baseline answers for nothing any more.
fn stale(shown: &Shown<'_>, terminal: Terminal) -> Option<String> {
    let baseline = shown.config.baseline.as_ref()?;
    let entries = match shown.report.stale.len() {
        0 => return None,
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    Some(format!(
        "{} {entries} of `{}` answer for less than they say; run `baton baseline prune`",
        terminal.bold("stale:"),
        harmless(&baseline.name)
    ))
}

/// Where baton could not do its job.
pub(crate) fn failures(report: &Report, terminal: Terminal) -> Vec<String> {
    let mut lines = Vec::new();
    for failure in &report.failures {
        let mut parts = Vec::new();
        parts.extend(
            failure
                .path
                .as_ref()
                .map(|path| harmless(path.as_str()).into_owned()),
        );
        parts.extend(failure.rule.map(|rule| format!("[{rule}]")));
        parts.push(harmless(&failure.message).into_owned());
        lines.push(format!(
            "{} {}",
            terminal.strong_error("failed:"),
            parts.join(": ")
        ));
    }
    lines
}

/// How many checks a line names.
const MOST_NAMED: usize = 4;

/// Checks that had nothing to look at, those with the same reason in one line.
fn not_evaluated(shown: &Shown<'_>, terminal: Terminal) -> Vec<String> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for note in &shown.report.not_evaluated {
        match reasons
            .iter_mut()
            .find(|(reason, _)| *reason == note.reason)
        {
            Some((_, checks)) => checks.push(note.check),
            None => reasons.push((&note.reason, vec![note.check])),
        }
    }
    let all = shown.report.per_check.len() == shown.report.not_evaluated.len();
    let word = terminal.bold("not evaluated:");
    let line = |(reason, checks): (&str, Vec<&str>)| {
        if all && checks.len() == shown.report.per_check.len() {
            let word = terminal.bold("nothing evaluated:");
            format!(
                "{word} no check found a file to judge; `baton config show` tells what they look for"
            )
        } else if checks.len() > MOST_NAMED {
            let named = checks.iter().take(MOST_NAMED).copied().collect::<Vec<_>>();
            let rest = checks.len() - MOST_NAMED;
            let named = named.join(", ");
            format!("{word} {named} and {rest} more ({reason}); `--statistics` shows every check")
        } else {
            format!("{word} {} ({reason})", checks.join(", "))
        }
    };
    reasons.into_iter().map(line).collect()
}

/// What fixing did, by file.
fn fixed(fixed: &[(&'static str, RepoPath)], terminal: Terminal) -> Vec<String> {
    let mut by_file: Vec<(&RepoPath, &str, usize)> = Vec::new();
    let mut sorted: Vec<_> = fixed.iter().map(|(rule, path)| (path, *rule)).collect();
    sorted.sort_unstable();
    for (path, rule) in sorted {
        match by_file.last_mut() {
            Some((last, same, count)) if *last == path && *same == rule => *count += 1,
            _ => by_file.push((path, rule, 1)),
        }
    }
    let word = terminal.bold("fixed:");
    let line = |(path, rule, count): &(&RepoPath, &str, usize)| {
        format!(
            "{word} {}: {rule}, {}",
            harmless(path.as_str()),
            plural(*count, "place")
        )
    };
    by_file.iter().map(line).collect()
}
