//! Which rules run on which files.

use std::collections::BTreeMap;

use baton_repo::{File, Repo, RepoError};
use baton_rules::{Check, RULES, Rule};
use baton_source::FileId;
use baton_syntax::glob::GlobSet;

use crate::{CheckConfig, Level, Scope};

/// The work of one run.
pub(crate) struct Plan<'a> {
    /// Files in scope that some rule judges, with the rules, both in order.
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
        routing = RULES.iter().filter(of_files).collect();
    }
    let candidates = scope.files(repo);
    let routes = routes((repo, &candidates), &routing, |rule| rule.meta.files)?;

    let mut files: BTreeMap<FileId, Vec<&'static Rule>> = BTreeMap::new();
    for (rule, ids) in &routes {
        for id in ids {
            let judges = files.entry(*id).or_default();
            if !is_alone {
                judges.push(*rule);
            }
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
    let files = files
        .into_iter()
        .filter_map(|(id, rules)| Some((repo.by_id(id)?, rules)));
    Ok(Plan {
        files: files.collect(),
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

/// The files each rule's patterns match; every path is matched once.
fn routes(
    (repo, candidates): (&Repo, &[&File]),
    rules: &[&'static Rule],
    patterns_of: impl Fn(&Rule) -> &'static [&'static str],
) -> Result<Vec<(&'static Rule, Vec<FileId>)>, RepoError> {
    let mut patterns: Vec<&str> = Vec::new();
    let mut wanted: Vec<Vec<usize>> = Vec::new();
    let mut routes: Vec<(&'static Rule, Vec<FileId>)> = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        routes.push((*rule, Vec::new()));
        for pattern in patterns_of(rule)
            .iter()
            .flat_map(|pattern| repo.layout().resolve(pattern))
        {
            let at = patterns
                .iter()
                .position(|known| *known == pattern)
                .unwrap_or(patterns.len());
            if at == patterns.len() {
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
    for file in candidates {
        let matching = globs.matching(file.path.as_str());
        for number in matching
            .into_iter()
            .filter_map(|at| wanted.get(at))
            .flatten()
        {
            let Some((_, ids)) = routes.get_mut(*number) else {
                continue;
            };
            if ids.last() != Some(&file.id) {
                ids.push(file.id);
            }
        }
    }
    Ok(routes)
}

fn glob_error(rule: &Rule, error: &baton_syntax::glob::GlobError) -> RepoError {
    RepoError::Glob {
        kind: rule.meta.slug.to_owned(),
        message: error.to_string(),
    }
}
