//! What a run looked at, in figures for one line.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::{File, Repo};
use baton_rules::{Check, Rule};

use crate::Scope;
use crate::plan::Plan;

/// Rules by the kind they judge.
type Votes = BTreeMap<&'static str, usize>;

/// How many files of which kinds were judged, and by how many rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Files by the kind for which most of their rules judge them, the most frequent kind
    /// first; files that only rules for all files judge have no kind.
    pub kinds: Vec<(Option<String>, usize)>,
    /// Changed paths that are there no more.
    pub gone: usize,
    /// Rules that ran.
    pub rules: usize,
}

pub(crate) fn coverage(repo: &Repo, plan: &Plan<'_>, scope: &Scope) -> Coverage {
    let mut counts: BTreeMap<Option<&'static str>, usize> = BTreeMap::new();
    let mut rules: BTreeSet<&'static str> = BTreeSet::new();
    let mut lists: BTreeMap<*const &Rule, Votes> = BTreeMap::new();
    for (file, judging) in &plan.files {
        let votes = lists.entry(judging.as_ptr()).or_insert_with(|| {
            let of_file =
                |rule: &&&'static Rule| matches!(rule.check, Check::File(_) | Check::Table(_));
            rules.extend(judging.iter().filter(of_file).map(|rule| rule.meta.slug));
            votes(judging)
        });
        *counts.entry(kind(repo, file, votes)).or_default() += 1;
    }
    rules.extend(plan.repo_rules.iter().map(|rule| rule.meta.slug));
    let mut kinds: Vec<_> = counts.into_iter().collect();
    // Files without a kind stand last, however many there are.
    kinds.sort_by_key(|(kind, count)| (kind.is_none(), std::cmp::Reverse(*count)));
    let gone = match scope {
        Scope::All => 0,
        Scope::Changed(changed) => {
            let gone = changed
                .paths
                .iter()
                .filter(|path| repo.file(path.as_str()).is_none());
            gone.count()
        }
    };
    Coverage {
        kinds: kinds
            .into_iter()
            .map(|(kind, count)| (kind.map(str::to_owned), count))
            .collect(),
        gone,
        rules: rules.len(),
    }
}

/// How many of some rules judge each kind.
fn votes(judging: &[&'static Rule]) -> Votes {
    let mut votes = Votes::new();
    let patterns = judging.iter().flat_map(|rule| rule.meta.files);
    for kind in patterns.filter_map(|pattern| pattern.strip_prefix('@')) {
        *votes.entry(kind).or_default() += 1;
    }
    votes
}

/// The kind of a file that most of its rules judge.
fn kind(repo: &Repo, file: &File, votes: &Votes) -> Option<&'static str> {
    let of_file = votes.iter().filter(|(kind, _)| repo.is_kind(file, kind));
    of_file
        .max_by_key(|(kind, votes)| (**votes, std::cmp::Reverse(**kind)))
        .map(|(kind, _)| *kind)
}
