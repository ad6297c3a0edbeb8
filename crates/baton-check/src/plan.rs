//! Which rules run on which files.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_repo::{File, Repo, RepoError};
use baton_rules::{Check, RULES, Rule};
use baton_source::RepoPath;
use baton_syntax::glob::GlobSet;

use crate::dependants::dependants;
use crate::mentions::mentioning;
use crate::{Changed, CheckConfig, Level, Scope};

/// What a rule reads that wants to know which paths there are, and no text.
pub(crate) const PATHS: &str = "@paths";

/// The rules that judge a file; files of the same kinds share one list.
pub(crate) type Judges = Arc<[&'static Rule]>;

/// The work of one run.
pub(crate) struct Plan<'a> {
    /// Files in scope that some rule judges, with those of the run, both in order.
    pub(crate) files: Vec<(&'a File, Judges)>,
    /// Files out of scope that name or need what changed, with the rules that judge them again.
    pub(crate) again: Vec<(&'a File, Judges)>,
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
            *rules = Judges::from([]);
        }
    }
    let repo_rules = rules
        .iter()
        .copied()
        .filter(|rule| matches!(rule.check, Check::Repo(_)));
    let repo_rules = match scope {
        Scope::All => repo_rules.collect(),
        Scope::Changed(changed) => touched(repo, repo_rules.collect(), changed)?,
    };
    let again = match scope {
        Scope::All => Vec::new(),
        Scope::Changed(changed) => {
            let mut again = mentioning(repo, &rules, changed)?;
            again.extend(dependants(repo, &rules, changed)?);
            again
        }
    };
    Ok(Plan {
        files,
        again,
        repo_rules,
        tool_rules: Vec::new(),
        rules,
    })
}

/// The rules for which a changed path is judged or decides; paths that are gone count too. Those
/// that read no more than which paths there are care for what came and went.
fn touched(
    repo: &Repo,
    rules: Vec<&'static Rule>,
    changed: &Changed,
) -> Result<Vec<&'static Rule>, RepoError> {
    let patterns = |rule: &'static Rule| {
        let reads = rule.meta.reads.iter();
        let reads = reads.filter(|pattern| **pattern != PATHS);
        rule.meta.files.iter().chain(reads)
    };
    let table = Table::new(repo, &rules, patterns)?;
    let by_paths = |rule: &&'static Rule| changed.moved && rule.meta.reads.contains(&PATHS);
    let mut touched: Vec<bool> = rules.iter().map(by_paths).collect();
    for number in changed.paths.iter().flat_map(|path| table.rules(path)) {
        if let Some(touched) = touched.get_mut(number) {
            *touched = true;
        }
    }
    let kept = rules.into_iter().zip(touched);
    Ok(kept
        .filter_map(|(rule, touched)| touched.then_some(rule))
        .collect())
}

/// The files in scope that some rule judges, with the rules; every path is matched once.
pub(crate) fn routes<'a>(
    repo: &'a Repo,
    rules: &[&'static Rule],
    scope: &Scope,
) -> Result<Vec<(&'a File, Judges)>, RepoError> {
    let table = Table::new(repo, rules, |rule| rule.meta.files.iter())?;
    let looks_into_any = rules.iter().any(|rule| is_for_any_text(rule));
    let mut lists: BTreeMap<(Vec<usize>, bool), Judges> = BTreeMap::new();
    let mut routes = Vec::new();
    for file in scope.files(repo) {
        let patterns = table.globs.matching(file.path.as_str());
        if patterns.is_empty() {
            continue;
        }
        let is_text = !looks_into_any || baton_repo::is_text(&file.path);
        let list = lists.entry((patterns, is_text));
        let judges = list.or_insert_with_key(|(patterns, is_text)| {
            let numbers = table.owning(patterns).into_iter();
            let judges = numbers.filter_map(|number| rules.get(number).copied());
            judges
                .filter(|rule| *is_text || !is_for_any_text(rule))
                .collect()
        });
        if !judges.is_empty() {
            routes.push((file, Judges::clone(judges)));
        }
    }
    Ok(routes)
}

/// The patterns of some rules, each of them once, and the numbers of the rules that have it.
pub(crate) struct Table {
    globs: GlobSet,
    owners: Vec<Vec<usize>>,
}

impl Table {
    pub(crate) fn new<P: Iterator<Item = &'static &'static str>>(
        repo: &Repo,
        rules: &[&'static Rule],
        patterns: impl Fn(&'static Rule) -> P,
    ) -> Result<Table, RepoError> {
        let mut owners: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, rule) in rules.iter().enumerate() {
            for glob in patterns(rule).flat_map(|pattern| repo.layout().resolve(pattern)) {
                owners.entry(glob).or_default().push(number);
            }
        }
        let (globs, owners): (Vec<&str>, Vec<Vec<usize>>) = owners.into_iter().unzip();
        let globs = GlobSet::new(&globs).map_err(|error| RepoError::Glob {
            kind: "rules".to_owned(),
            message: error.to_string(),
        })?;
        Ok(Table { globs, owners })
    }

    /// The numbers of the rules that have a pattern for a path, ascending.
    pub(crate) fn rules(&self, path: &RepoPath) -> Vec<usize> {
        self.owning(&self.globs.matching(path.as_str()))
    }

    /// The numbers of the rules that have one of some patterns, ascending.
    fn owning(&self, patterns: &[usize]) -> Vec<usize> {
        let patterns = patterns.iter();
        let numbers = patterns.filter_map(|at| self.owners.get(*at)).flatten();
        let mut numbers: Vec<usize> = numbers.copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// Whether a rule looks into every file whose name does not say that it is no text.
pub(crate) fn is_for_any_text(rule: &Rule) -> bool {
    rule.meta.files == ["@text"]
}
