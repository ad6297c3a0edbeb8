//! Which rules run on which files.

use baton_repo::{File, Repo, RepoError};
use baton_rules::{Check, RULES, Rule};
use baton_syntax::glob::GlobSet;

use crate::{CheckConfig, Level, Scope};

/// The work of one run.
pub(crate) struct Plan<'a> {
    /// Files in scope that some rule judges, with those of the run, both in order.
    pub(crate) files: Vec<(&'a File, Vec<&'static Rule>)>,
    /// Rules that see the whole repository.
    pub(crate) repo_rules: Vec<&'static Rule>,
    /// Rules of tools that did their job; nobody knows before they ran.
    pub(crate) tool_rules: Vec<&'static Rule>,
    /// Every rule of the run.
    pub(crate) rules: Vec<&'static Rule>,
}

pub(crate) fn plan<'a>(
    repo: &'a Repo,
    config: &CheckConfig,
    scope: &Scope,
) -> Result<Plan<'a>, RepoError> {
    let enabled = |rule: &&Rule| {
        let slug = rule.meta.slug;
        config.selection.contains(slug) && config.level(slug) != Some(Level::Off)
    };
    let rules: Vec<&'static Rule> = RULES.iter().filter(enabled).collect();
    // The checker's own rules judge what others judge; alone, what all others would.
    let of_files = |rule: &&'static Rule| !matches!(rule.check, Check::Checker);
    let mut routing: Vec<&'static Rule> = rules.iter().copied().filter(of_files).collect();
    let is_alone = routing.is_empty();
    if is_alone && !rules.is_empty() {
        let of_kinds =
            |rule: &&Rule| !matches!(rule.check, Check::Checker) && !is_for_any_text(rule);
        routing = RULES.iter().filter(of_kinds).collect();
    }
    let mut files = routes(repo, &routing, scope)?;
    if is_alone {
        for (_, rules) in &mut files {
            rules.clear();
        }
    }
    let repo_rules = rules
        .iter()
        .copied()
        .filter(|rule| matches!(rule.check, Check::Repo(_)));
    let repo_rules = match scope {
        Scope::All => repo_rules.collect(),
        Scope::Changed(_) => touched(repo, repo_rules.collect(), scope)?,
    };
    Ok(Plan {
        files,
        repo_rules,
        tool_rules: Vec::new(),
        rules,
    })
}

/// The rules for which a changed path is judged or decides; paths that are gone count too.
fn touched(
    repo: &Repo,
    rules: Vec<&'static Rule>,
    scope: &Scope,
) -> Result<Vec<&'static Rule>, RepoError> {
    let Scope::Changed(changed) = scope else {
        return Ok(rules);
    };
    let mut kept = Vec::new();
    for rule in rules {
        let patterns = rule.meta.files.iter().chain(rule.meta.reads);
        let globs = GlobSet::new(patterns.flat_map(|pattern| repo.layout().resolve(pattern)));
        let globs = globs.map_err(|error| glob_error(rule, &error))?;
        if changed.iter().any(|path| globs.matches(path.as_str())) {
            kept.push(rule);
        }
    }
    Ok(kept)
}

/// The files in scope that some rule judges, with the rules; every path is matched once.
fn routes<'a>(
    repo: &'a Repo,
    rules: &[&'static Rule],
    scope: &Scope,
) -> Result<Vec<(&'a File, Vec<&'static Rule>)>, RepoError> {
    let mut patterns: Vec<&str> = Vec::new();
    let mut wanted: Vec<Vec<usize>> = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        let resolved = rule.meta.files.iter();
        for pattern in resolved.flat_map(|pattern| repo.layout().resolve(pattern)) {
            let known = patterns.iter().position(|known| *known == pattern);
            let at = known.unwrap_or(patterns.len());
            if known.is_none() {
                patterns.push(pattern);
                wanted.push(Vec::new());
            }
            if let Some(numbers) = wanted.get_mut(at) {
                numbers.push(number);
            }
        }
    }
    let globs = GlobSet::new(&patterns).map_err(|error| RepoError::Glob {
        kind: "rules".to_owned(),
        message: error.to_string(),
    })?;
    let mut routes = Vec::new();
    for file in scope.files(repo) {
        let matching = globs.matching(file.path.as_str()).into_iter();
        let numbers = matching.filter_map(|at| wanted.get(at)).flatten();
        let mut numbers: Vec<usize> = numbers.copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let is_text = baton_repo::is_text(&file.path);
        let judges: Vec<&'static Rule> = numbers
            .into_iter()
            .filter_map(|number| rules.get(number).copied())
            .filter(|rule| is_text || !is_for_any_text(rule))
            .collect();
        if !judges.is_empty() {
            routes.push((file, judges));
        }
    }
    Ok(routes)
}

/// Whether a rule looks into every file whose name does not say that it is no text.
pub(crate) fn is_for_any_text(rule: &Rule) -> bool {
    rule.meta.files == ["@text"]
}

fn glob_error(rule: &Rule, error: &baton_syntax::glob::GlobError) -> RepoError {
    RepoError::Glob {
        kind: rule.meta.slug.to_owned(),
        message: error.to_string(),
    }
}
