//! Bicep: what the compiler and its linter say.

use std::collections::BTreeSet;
use std::time::Duration;

use baton_rules::RULES;
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
    }
    calls
}

fn read(answer: &Answer<'_>) -> Reading {
    let lines = || answer.stdout.lines().chain(answer.stderr.lines());
    let told: BTreeSet<Told<'_>> = lines().filter_map(diagnostic).collect();
    if told.is_empty() && answer.exit != 0 {
        return answer.failed();
    }
    let unrestored = told.iter().filter(|told| told.code == NOT_RESTORED).count();
    let is_known = |told: &&Told<'_>| {
        let follows = unrestored > 0 && told.code == CONSEQUENCE;
        told.code != NOT_RESTORED && !follows && !is_ours(told.code)
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

/// Whether a rule of ours says the same, with the same levels.
fn is_ours(code: &str) -> bool {
    let mut rules = RULES.iter().filter(|rule| rule.meta.family == "bicep");
    rules.any(|rule| rule.meta.aliases.contains(&code))
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
