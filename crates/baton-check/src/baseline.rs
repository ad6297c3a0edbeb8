//! Findings that were there before: recorded once, set aside until they are gone.
//!
//! A baseline knows findings by their fingerprints and counts them, so that moving lines leaves
//! it alone and one more of the same kind is reported. Writing the file is the caller's business.

mod read;

use std::collections::BTreeMap;

use baton_repo::Repo;
use baton_rules::Check;
use baton_source::{Diagnostic, Location, RepoPath, Span};

use crate::fingerprint::{fingerprint, fingerprint_as};
use crate::report::{Stale, Suppressed, SuppressedBy};
use crate::run::Run;
use crate::suppression::{UNAPPROVED, UNAPPROVED_HELP, named};
use crate::{Report, Scope};

pub use read::read;

/// The version of the file's shape.
pub const VERSION: i64 = 1;

/// The rule about entries that answer for nothing.
const STALE: &str = "stale-baseline-entry";

/// Recorded findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// How the file is named to people.
    pub name: String,
    /// Where the file lies in the repository, if it does.
    pub path: Option<RepoPath>,
    /// The findings.
    pub entries: Vec<Entry>,
}

/// Findings of one rule in one file that look the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The file.
    pub path: String,
    /// The rule's name when they were recorded.
    pub rule: String,
    /// What they have in common.
    pub fingerprint: String,
    /// How many there were.
    pub count: usize,
    /// Where the baseline says so.
    pub span: Span,
}

/// The entries that stand for findings, sorted by path, rule and fingerprint.
pub fn record(repo: &Repo, findings: &[Diagnostic]) -> Vec<Entry> {
    let mut counts: BTreeMap<(String, &str, String), usize> = BTreeMap::new();
    for finding in findings {
        let path = repo.by_id(finding.at.file);
        let path = path.map(|file| file.path.to_string()).unwrap_or_default();
        let key = (path, finding.rule, fingerprint(repo, finding));
        *counts.entry(key).or_default() += 1;
    }
    let entry = |((path, rule, fingerprint), count): ((String, &str, String), usize)| Entry {
        path,
        rule: rule.to_owned(),
        fingerprint,
        count,
        span: Span::default(),
    };
    counts.into_iter().map(entry).collect()
}

/// The entries that are left when stale ones are taken out; nothing is added.
pub fn prune(baseline: &Baseline, stale: &[Stale]) -> Vec<Entry> {
    let mut kept = baseline.entries.clone();
    for one in stale {
        if let Some(entry) = kept.get_mut(one.entry) {
            entry.count = one.found;
        }
    }
    kept.retain(|entry| entry.count > 0);
    kept.sort_by(|left, right| {
        let key = |entry: &Entry| {
            let Entry {
                path,
                rule,
                fingerprint,
                ..
            } = entry.clone();
            (path, rule, fingerprint)
        };
        key(left).cmp(&key(right))
    });
    kept
}

/// Sets recorded findings aside, notes entries that answer for less than they say, and gives the
/// findings about those.
pub(crate) fn apply(run: Run<'_>, report: &mut Report) -> Vec<Diagnostic> {
    let Some(baseline) = run.config.baseline.as_deref() else {
        return Vec::new();
    };
    let allowed = allowed(run, &baseline.entries);
    let mut recorded = Recorded::new(&allowed);
    let file = baseline.path.as_ref();
    let file = file.and_then(|path| run.repo.file(path.as_str()));
    let at = |entry: &Entry| {
        file.map(|file| Location {
            file: file.id,
            span: Some(entry.span),
        })
    };
    for finding in std::mem::take(&mut report.findings) {
        match recorded.take(run.repo, &finding) {
            None => report.findings.push(finding),
            Some(entry) => report.suppressed.push(Suppressed {
                by: SuppressedBy::Baseline(at(entry)),
                reason: format!("recorded in the baseline `{}`", baseline.name),
                finding,
            }),
        }
    }
    let mut complaints = Vec::new();
    for ((number, entry), allowed) in baseline.entries.iter().enumerate().zip(&allowed) {
        let found = recorded.used(number);
        if allowed.count < entry.count {
            complaints.extend(at(entry).and_then(|at| unapproved(run, entry, at)));
            continue;
        }
        if found >= entry.count || !judged(run, report, entry) {
            continue;
        }
        report.stale.push(Stale {
            entry: number,
            found,
        });
        complaints.extend(at(entry).and_then(|at| complaint(run, entry, found, at)));
    }
    complaints
}

/// The entries with as many findings as they may answer for: no more than the base records.
fn allowed(run: Run<'_>, entries: &[Entry]) -> Vec<Entry> {
    let mut allowed = entries.to_vec();
    let Some(standing) = run.config.standing.as_deref() else {
        return allowed;
    };
    let key = |entry: &Entry| {
        let rule = named(&entry.rule).next().map(|rule| rule.meta.slug);
        let rule = rule.map_or_else(|| entry.rule.clone(), str::to_owned);
        (rule, entry.path.clone(), entry.fingerprint.clone())
    };
    let mut left: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for entry in &standing.entries {
        *left.entry(key(entry)).or_default() += entry.count;
    }
    for entry in &mut allowed {
        let left = left.entry(key(entry)).or_default();
        entry.count = entry.count.min(*left);
        *left -= entry.count;
    }
    allowed
}

/// Entries by what they stand for, and how often each was found.
struct Recorded<'a> {
    entries: &'a [Entry],
    by_key: BTreeMap<(&'a str, &'a str, &'a str), Vec<usize>>,
    used: Vec<usize>,
}

impl<'a> Recorded<'a> {
    fn new(entries: &'a [Entry]) -> Recorded<'a> {
        let mut by_key: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (number, entry) in entries.iter().enumerate() {
            let key = (
                entry.rule.as_str(),
                entry.path.as_str(),
                entry.fingerprint.as_str(),
            );
            by_key.entry(key).or_default().push(number);
        }
        Recorded {
            entries,
            by_key,
            used: vec![0; entries.len()],
        }
    }

    /// Uses up one place of an entry that answers for a finding.
    fn take(&mut self, repo: &Repo, finding: &Diagnostic) -> Option<&'a Entry> {
        let path = repo.by_id(finding.at.file)?.path.as_str();
        let aliases = named(finding.rule)
            .next()
            .map_or(&[][..], |rule| rule.meta.aliases);
        let mut names = std::iter::once(finding.rule).chain(aliases.iter().copied());
        names.find_map(|name| self.take_as(repo, finding, (name, path)))
    }

    /// The same for a finding whose rule goes by one of its names.
    fn take_as(
        &mut self,
        repo: &Repo,
        finding: &Diagnostic,
        (name, path): (&str, &str),
    ) -> Option<&'a Entry> {
        let known = self.by_key.range((name, path, "")..).next();
        // Fingerprints cost something, and most rules are not recorded for most files.
        known.filter(|((rule, file, _), _)| *rule == name && *file == path)?;
        let fingerprint = fingerprint_as(repo, finding, name);
        let numbers = self.by_key.get(&(name, path, fingerprint.as_str()))?;
        let free = |number: &&usize| {
            let entry = self.entries.get(**number);
            entry.is_some_and(|entry| self.used(**number) < entry.count)
        };
        let number = *numbers.iter().find(free)?;
        *self.used.get_mut(number)? += 1;
        self.entries.get(number)
    }

    fn used(&self, number: usize) -> usize {
        self.used.get(number).copied().unwrap_or(0)
    }
}

/// Whether this run would have found what an entry stands for.
fn judged(run: Run<'_>, report: &Report, entry: &Entry) -> bool {
    let Some(rule) = named(&entry.rule).next() else {
        return *run.scope == Scope::All;
    };
    let slug = rule.meta.slug;
    let has = |rules: &[&baton_rules::Rule]| rules.iter().any(|rule| rule.meta.slug == slug);
    let failed = report.failures.iter().any(|failure| {
        let of_file = failure.path.as_ref().map(RepoPath::as_str) == Some(&entry.path);
        of_file || failure.rule == Some(slug)
    });
    if failed || !has(&run.plan.rules) {
        return false;
    }
    if matches!(rule.check, Check::External) && !has(&run.plan.tool_rules) {
        return false;
    }
    match (run.scope, rule.check) {
        (Scope::All, _) => true,
        (Scope::Changed(_), Check::Repo(_)) => has(&run.plan.repo_rules),
        (Scope::Changed(changed), _) => {
            let mut paths = changed.paths.iter();
            paths.any(|path| path.as_str() == entry.path)
        }
    }
}

fn complaint(run: Run<'_>, entry: &Entry, found: usize, at: Location) -> Option<Diagnostic> {
    let rule = run.plan.rules.iter().find(|rule| rule.meta.slug == STALE)?;
    let what = format!("`{}` in `{}`", entry.rule, entry.path);
    let message = match (named(&entry.rule).next(), found) {
        (None, _) => format!("{what} is recorded, and there is no such rule any more"),
        (_, 0) => format!("{what} is recorded and no longer found"),
        _ => format!("{what} is recorded {} times and found {found}", entry.count),
    };
    Some(Diagnostic {
        rule: rule.meta.slug,
        severity: rule.meta.severity,
        at,
        message,
        labels: Vec::new(),
        help: Some("Run `baton baseline prune`.".to_owned()),
        fix: None,
    })
}

/// That an entry is as new as what it would answer for.
fn unapproved(run: Run<'_>, entry: &Entry, at: Location) -> Option<Diagnostic> {
    let mut rules = run.plan.rules.iter();
    let rule = rules.find(|rule| rule.meta.slug == UNAPPROVED)?;
    let base = run.config.standing.as_deref()?;
    Some(Diagnostic {
        rule: rule.meta.slug,
        severity: rule.meta.severity,
        at,
        message: format!(
            "the baseline of `{}` does not record `{}` in `{}`, so it counts",
            base.name, entry.rule, entry.path
        ),
        labels: Vec::new(),
        help: Some(UNAPPROVED_HELP.to_owned()),
        fix: None,
    })
}

#[cfg(test)]
mod tests;
