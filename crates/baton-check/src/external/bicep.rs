//! Bicep: what the compiler and its linter say, and the format.

use std::collections::BTreeSet;
use std::time::Duration;

use baton_source::Diagnostic;

use super::call::{Answer, Call, Reading, severity};
use super::{Adapter, Relevant, Tag};

pub(super) const ADAPTER: Adapter = Adapter {
    check: "lint:bicep",
    programs: &["bicep"],
    version: &["--version"],
    tags: &[Tag::Ci, Tag::Local, Tag::NeedsTool],
    time_limit: Duration::from_mins(2),
    install: "install it (https://learn.microsoft.com/azure/azure-resource-manager/bicep/install) \
              and put `bicep` on the search path",
    settings: &["**/bicepconfig.json"],
    plan,
    read,
};

/// A module that was not restored, and what follows from not knowing it.
const NOT_RESTORED: &str = "BCP190";
const CONSEQUENCE: &str = "BCP062";

/// One call per file: the compiler takes no more, and a file that no other uses counts too.
fn plan(relevant: &Relevant<'_>) -> Vec<Call> {
    let mut calls = Vec::new();
    for file in &relevant.in_scope {
        calls.extend(Call::naming(&["lint", "--no-restore"], &[file]));
        calls.extend(Call::naming(&["format", "--stdout"], &[file]));
    }
    calls
}

fn read(answer: &Answer<'_>) -> Reading {
    if answer
        .call
        .arguments
        .first()
        .is_some_and(|word| word == "format")
    {
        formatted(answer)
    } else {
        linted(answer)
    }
}

fn linted(answer: &Answer<'_>) -> Reading {
    let lines = || answer.stdout.lines().chain(answer.stderr.lines());
    let told: BTreeSet<Told<'_>> = lines().filter_map(diagnostic).collect();
    if told.is_empty() && answer.exit != 0 {
        return answer.failed();
    }
    let unrestored = told.iter().filter(|told| told.code == NOT_RESTORED).count();
    let is_known = |told: &&Told<'_>| {
        told.code != NOT_RESTORED && (unrestored == 0 || told.code != CONSEQUENCE)
    };
    let findings = told
        .iter()
        .filter(is_known)
        .filter_map(|told| finding(answer, told));
    let skipped = (unrestored > 0).then(|| {
        let path = answer.call.paths.first().map_or("", |path| path.as_str());
        format!("`{path}` uses modules of a registry that are not on this machine; run `bicep restore {path}`")
    });
    Reading {
        findings: findings.collect(),
        skipped,
        ..Reading::default()
    }
}

/// A line of the compiler, in its parts.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Told<'a> {
    name: &'a str,
    line: usize,
    column: usize,
    level: &'a str,
    code: &'a str,
    message: &'a str,
}

/// Reads `FILE(LINE,COLUMN) : LEVEL CODE: MESSAGE [PAGE]`.
fn diagnostic(line: &str) -> Option<Told<'_>> {
    let (place, rest) = line.split_once(") : ")?;
    let (name, numbers) = place.rsplit_once('(')?;
    let (row, column) = numbers.split_once(',')?;
    let (level, rest) = rest.split_once(' ')?;
    let (code, message) = rest.split_once(": ")?;
    if !matches!(level, "Error" | "Warning" | "Info") {
        return None;
    }
    Some(Told {
        name: name.trim(),
        line: row.parse().ok()?,
        column: column.parse().ok()?,
        level,
        code,
        message,
    })
}

fn finding(answer: &Answer<'_>, told: &Told<'_>) -> Option<Diagnostic> {
    let (message, page) = match told.message.trim_end().rsplit_once(" [http") {
        Some((message, page)) => (message, page.strip_suffix(']')),
        None => (told.message, None),
    };
    let message = message.trim_end().trim_end_matches('.');
    let message = format!("{message} (`{}`)", told.code);
    let place = (told.name, Some((told.line, told.column)), None);
    let mut finding = answer.finding("bicep-diagnostic", place, &message)?;
    finding.severity = severity(told.level);
    finding.help = page.map(|page| format!("See http{page}."));
    Some(finding)
}

/// The formatted text on standard output; a file that does not compile is the linter's business.
fn formatted(answer: &Answer<'_>) -> Reading {
    let is_told = answer.stderr.lines().any(|line| diagnostic(line).is_some());
    if answer.exit != 0 && is_told {
        return Reading::default();
    }
    let file = answer
        .call
        .paths
        .first()
        .and_then(|path| answer.repo.file(path.as_str()));
    let Some(file) = file.filter(|_| answer.exit == 0) else {
        return answer.failed();
    };
    // A file with nothing in it has nothing to format.
    if answer.stdout.trim() == file.text().trim() && ends_alike(answer.stdout, file.text()) {
        return Reading::default();
    }
    let path = file.path.as_str();
    let message = "`bicep format` would change this file";
    let mut findings =
        Vec::from_iter(answer.finding("unformatted-bicep", (path, None, None), message));
    for finding in &mut findings {
        finding.help = Some(format!("Run `bicep format {path}`."));
    }
    Reading {
        findings,
        ..Reading::default()
    }
}

/// Programs that print may add a line ending of their own.
fn ends_alike(printed: &str, text: &str) -> bool {
    let end = |text: &str| text.trim_start().len() - text.trim().len();
    end(printed).abs_diff(end(text)) <= 2
}
