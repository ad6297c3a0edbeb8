//! A rule over the repository names every file that decides about its verdict.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use baton_check::{CheckConfig, Scope, check, select};
use baton_repo::{Date, FileSource, Options, Overlay, Repo, Worktree};
use baton_rules::{Check, RULES, Rule};
use baton_syntax::glob::GlobSet;

/// What each rule found, without file numbers: they change when a file goes.
type Verdicts = BTreeMap<&'static str, BTreeSet<String>>;

#[test]
fn a_file_that_a_rule_does_not_name_can_go_without_a_change() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/repos/june-clean");
    let whole: Arc<dyn FileSource> = Arc::new(Worktree::new(root, 2));
    let repo = Repo::open(Arc::clone(&whole), &Options::default()).unwrap();
    let before = judge(&repo);
    // The file that tells the generation decides about everything.
    let options = Options {
        pack: Some(repo.layout().detection.pack.clone()),
        generation: Some(repo.layout().detection.generation.clone()),
        ..Options::default()
    };
    for file in repo.files() {
        let mut source = Overlay::new(Arc::clone(&whole));
        source.remove(file.path.clone());
        let after = judge(&Repo::open(Arc::new(source), &options).unwrap());
        let unnamed = repo_rules().filter(|rule| !names(&repo, rule, file.path.as_str()));
        for slug in unnamed.map(|rule| rule.meta.slug) {
            assert_eq!(
                before.get(slug),
                after.get(slug),
                "{slug}, without {}",
                file.path
            );
        }
    }
}

fn repo_rules() -> impl Iterator<Item = &'static Rule> {
    RULES
        .iter()
        .filter(|rule| matches!(rule.check, Check::Repo(_)))
}

fn names(repo: &Repo, rule: &Rule, path: &str) -> bool {
    let patterns = rule.meta.files.iter().chain(rule.meta.reads);
    let globs = GlobSet::new(patterns.flat_map(|pattern| repo.layout().resolve(pattern)));
    globs.unwrap().matches(path)
}

fn judge(repo: &Repo) -> Verdicts {
    let slugs: Vec<String> = repo_rules().map(|rule| rule.meta.slug.to_owned()).collect();
    let config = CheckConfig::new(
        select(&slugs, &[]).unwrap(),
        "2026-11-21".parse::<Date>().unwrap(),
    );
    let mut verdicts = Verdicts::new();
    for finding in check(repo, &config, &Scope::All).unwrap().findings {
        let path = &repo.by_id(finding.at.file).unwrap().path;
        let said = format!("{path} {:?} {}", finding.at.span, finding.message);
        verdicts.entry(finding.rule).or_default().insert(said);
    }
    verdicts
}
