//! Files that did not change, and rules over single files that judge them again because something
//! else changed that they read: a template, a configuration, another file of the same kind.

use std::collections::BTreeSet;

use baton_repo::{File, Repo, RepoError};
use baton_rules::{Check, Rule};
use baton_source::RepoPath;

use crate::mentions::follows_links;
use crate::plan::{Judges, PATHS, Table, routes};
use crate::{Changed, Scope};

/// The files and those rules, in order. What links lead to is told in `mentions`.
pub(crate) fn dependants<'a>(
    repo: &'a Repo,
    rules: &[&'static Rule],
    changed: &Changed,
) -> Result<Vec<(&'a File, Judges)>, RepoError> {
    let judges_files = |rule: &&&'static Rule| {
        matches!(rule.check, Check::File(_) | Check::Table(_)) && !follows_links(rule)
    };
    let rules: Vec<&'static Rule> = rules.iter().filter(judges_files).copied().collect();
    let counts = |pattern: &&&'static str| changed.moved || **pattern != PATHS;
    let table = Table::new(repo, &rules, |rule| rule.meta.reads.iter().filter(counts))?;
    let paths = changed.paths.iter();
    let concerned: BTreeSet<usize> = paths.flat_map(|path| table.rules(path)).collect();
    if concerned.is_empty() {
        return Ok(Vec::new());
    }
    let concerned = concerned.into_iter();
    let concerned: Vec<&'static Rule> = concerned.filter_map(|at| rules.get(at).copied()).collect();
    let judged: BTreeSet<&str> = changed.paths.iter().map(RepoPath::as_str).collect();
    let mut found = routes(repo, &concerned, &Scope::All)?;
    found.retain(|(file, _)| !judged.contains(file.path.as_str()));
    Ok(found)
}
