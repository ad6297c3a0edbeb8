//! Which rules look at which files, told instead of done: the same patterns that plan a run.

use std::collections::BTreeMap;

use baton_repo::{Repo, RepoError};
use baton_rules::{Check, RULES, Rule};
use baton_source::Severity;
use baton_syntax::glob::{self, GlobError, GlobSet};

use crate::plan::is_for_any_text;
use crate::{CheckConfig, Level};

/// One pattern that rules name, and where it leads in a repository.
#[derive(Debug, PartialEq, Eq)]
pub struct Route<'a> {
    /// What rules write: a kind such as `@agent`, or a glob.
    pub pattern: &'static str,
    /// The globs it stands for; none when this kind of repository has no such files.
    pub globs: Vec<&'a str>,
    /// How many files match.
    pub files: usize,
    /// Rules of the run that judge those files.
    pub judges: Vec<&'static str>,
    /// Rules of the run that look there while they judge something else.
    pub readers: Vec<&'static str>,
}

/// What becomes of one path, and why.
#[derive(Debug)]
pub struct Explanation<'a> {
    /// Whether there is such a file.
    pub listed: bool,
    /// The glob for which it is never judged.
    pub excluded_by: Option<&'a str>,
    /// The kinds it is of, with the glob that says so.
    pub kinds: Vec<(&'a str, &'a str)>,
    /// Rules that judge or read it, sorted by slug.
    pub rules: Vec<Routed<'a>>,
}

/// A rule that has to do with a path.
#[derive(Debug)]
pub struct Routed<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// What it does with the path.
    pub role: Role,
    /// The pattern it writes.
    pub pattern: &'static str,
    /// The glob of that pattern that matches.
    pub glob: &'a str,
    /// The severity of its findings there; `None` when it gives none.
    pub severity: Option<Severity>,
    /// Who decided that.
    pub because: Because,
}

/// What a rule does with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Judges it.
    Judges,
    /// Looks at it while judging something else.
    Reads,
}

/// Who decided on the level of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// Its document.
    Document,
    /// The selection does not hold it.
    NotSelected,
    /// The configuration, for all paths.
    Configuration,
    /// The configuration, for paths that match these globs.
    Override(Vec<String>),
}

/// Every pattern of the rules of a run, sorted.
pub fn routes<'a>(repo: &'a Repo, config: &CheckConfig) -> Result<Vec<Route<'a>>, RepoError> {
    let mut by_pattern: BTreeMap<&'static str, Route<'a>> = BTreeMap::new();
    for rule in RULES.iter().filter(|rule| runs(config, rule)) {
        let judged = rule.meta.files.iter().map(|pattern| (pattern, true));
        let read = rule.meta.reads.iter().map(|pattern| (pattern, false));
        for (pattern, judges) in judged.chain(read) {
            let route = by_pattern.entry(pattern).or_insert_with(|| Route {
                pattern,
                globs: repo.layout().resolve(pattern),
                files: 0,
                judges: Vec::new(),
                readers: Vec::new(),
            });
            let names = if judges {
                &mut route.judges
            } else {
                &mut route.readers
            };
            names.push(rule.meta.slug);
        }
    }
    let mut routes: Vec<Route<'a>> = by_pattern.into_values().collect();
    for route in &mut routes {
        let globs = GlobSet::new(&route.globs).map_err(|error| broken(route.pattern, &error))?;
        let files = repo.files().iter();
        route.files = files
            .filter(|file| globs.matches(file.path.as_str()))
            .count();
    }
    Ok(routes)
}

/// What becomes of a path, which need not exist.
pub fn explain<'a>(
    repo: &'a Repo,
    config: &CheckConfig,
    path: &str,
) -> Result<Explanation<'a>, RepoError> {
    let layout = repo.layout();
    let excludes = layout.exclude.iter().map(String::as_str).collect();
    let mut kinds = Vec::new();
    for (kind, globs) in &layout.kinds {
        let globs = globs.iter().map(String::as_str).collect();
        kinds.extend(first(kind, globs, path)?.map(|glob| (kind.as_str(), glob)));
    }
    let mut rules = Vec::new();
    for rule in RULES {
        rules.extend(routed(repo, config, (rule, path))?);
    }
    // The checker's own rules judge what others judge.
    let is_own = |routed: &Routed<'_>| matches!(routed.rule.check, Check::Checker);
    let judged = |routed: &Routed<'_>| routed.role == Role::Judges && routed.severity.is_some();
    if !rules.iter().any(|routed| judged(routed) && !is_own(routed)) {
        rules.retain(|routed| !is_own(routed));
    }
    Ok(Explanation {
        listed: repo.file(path).is_some(),
        excluded_by: first("exclude", excludes, path)?,
        kinds,
        rules,
    })
}

fn routed<'a>(
    repo: &'a Repo,
    config: &CheckConfig,
    (rule, path): (&'static Rule, &str),
) -> Result<Option<Routed<'a>>, RepoError> {
    let judged = rule
        .meta
        .files
        .iter()
        .map(|pattern| (*pattern, Role::Judges));
    let read = rule
        .meta
        .reads
        .iter()
        .map(|pattern| (*pattern, Role::Reads));
    for (pattern, role) in judged.chain(read) {
        if is_for_any_text(rule) && role == Role::Judges && !baton_repo::is_text(&path.into()) {
            continue;
        }
        let globs = repo.layout().resolve(pattern);
        let Some(glob) = first(rule.meta.slug, globs, path)? else {
            continue;
        };
        let (severity, because) = level(config, rule, path)?;
        return Ok(Some(Routed {
            rule,
            role,
            pattern,
            glob,
            severity,
            because,
        }));
    }
    Ok(None)
}

fn runs(config: &CheckConfig, rule: &Rule) -> bool {
    let slug = rule.meta.slug;
    config.selection.contains(slug) && config.level(slug) != Some(Level::Off)
}

/// The severity of a rule's findings in a file, and who decided on it.
fn level(
    config: &CheckConfig,
    rule: &Rule,
    path: &str,
) -> Result<(Option<Severity>, Because), RepoError> {
    let slug = rule.meta.slug;
    if !config.selection.contains(slug) {
        return Ok((None, Because::NotSelected));
    }
    if !runs(config, rule) {
        return Ok((None, Because::Configuration));
    }
    let said = |level: Level| match level {
        Level::Off => None,
        Level::At(severity) => Some(severity),
    };
    for entry in config.overrides.iter().rev() {
        let globs = GlobSet::new(&entry.paths).map_err(|error| broken("overrides", &error))?;
        if let Some(level) = entry.levels.get(slug)
            && globs.matches(path)
        {
            return Ok((said(*level), Because::Override(entry.paths.clone())));
        }
    }
    Ok(match config.level(slug) {
        Some(level) => (said(level), Because::Configuration),
        None => (Some(rule.meta.severity), Because::Document),
    })
}

/// The first of some globs that matches a path.
fn first<'a>(name: &str, globs: Vec<&'a str>, path: &str) -> Result<Option<&'a str>, RepoError> {
    for pattern in globs {
        if glob::matches(pattern, path).map_err(|error| broken(name, &error))? {
            return Ok(Some(pattern));
        }
    }
    Ok(None)
}

fn broken(name: &str, error: &GlobError) -> RepoError {
    RepoError::Glob {
        kind: name.to_owned(),
        message: error.to_string(),
    }
}
