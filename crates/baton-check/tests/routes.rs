//! Routes: every rule can be reached, and what is told is what happens.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_check::{
    Because, CheckConfig, Level, PathOverride, Role, Scope, check, explain, routes, select,
};
use baton_repo::{Date, Memory, Options, Repo, packs};
use baton_rules::RULES;
use baton_source::Severity;
use baton_syntax::glob;

fn config(names: &[&str]) -> CheckConfig {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    CheckConfig::new(
        select(&names, &[]).unwrap(),
        "2026-11-21".parse::<Date>().unwrap(),
    )
}

fn repo(paths: &[&str], options: &Options) -> Repo {
    let files = paths.iter().map(|path| (*path, b"".to_vec()));
    Repo::open(Arc::new(Memory::new(files)), options).unwrap()
}

/// A path that a glob matches: the first alternative, a letter for each wildcard.
fn sample(pattern: &str) -> String {
    let mut path = String::new();
    let mut rest = pattern.chars();
    let mut skipping = false;
    while let Some(character) = rest.next() {
        match character {
            '{' => {}
            ',' => skipping = true,
            '}' => skipping = false,
            _ if skipping => {}
            '[' => {
                path.extend(rest.next());
                rest.by_ref().find(|character| *character == ']');
            }
            '*' | '?' => path.push('x'),
            other => path.push(other),
        }
    }
    path
}

#[test]
fn every_rule_is_reached_in_some_kind_of_repository() {
    let generations = packs().iter().flat_map(|pack| {
        let options = |generation: &baton_repo::Generation| Options {
            pack: Some(pack.name.clone()),
            generation: Some(generation.name.clone()),
            ..Options::default()
        };
        pack.generations.iter().map(options)
    });
    let kinds: Vec<Options> = generations.collect();
    let reached = |rule: &baton_rules::Rule| kinds.iter().any(|options| reaches(options, rule));
    let lost = RULES.iter().filter(|rule| !reached(rule));
    let lost: Vec<&str> = lost.map(|rule| rule.meta.slug).collect();
    assert!(lost.is_empty(), "no file ever reaches {lost:?}");
}

/// Whether some file of one kind of repository is judged by a rule.
fn reaches(options: &Options, rule: &baton_rules::Rule) -> bool {
    let empty = repo(&[], options);
    let patterns = rule.meta.files.iter();
    let mut globs = patterns.flat_map(|pattern| empty.layout().resolve(pattern));
    globs.any(|pattern| {
        let path = sample(pattern);
        assert!(glob::matches(pattern, &path).unwrap(), "{pattern}: {path}");
        repo(&[&path], options).file(&path).is_some()
    })
}

#[test]
fn a_path_is_explained_with_kind_glob_and_level() {
    let path = ".github/agents/planner.agent.md";
    let repo = repo(
        &[path, "tools/scripts/validate-models.mjs"],
        &Options::default(),
    );
    let mut config = config(&[]);
    config
        .levels
        .insert("missing-agent-key", Level::At(Severity::Info));
    config.overrides.push(PathOverride {
        paths: vec![".github/**".to_owned()],
        levels: BTreeMap::from([("missing-front-matter", Level::Off)]),
    });
    let told = explain(&repo, &config, path).unwrap();
    assert!(told.listed);
    assert_eq!(told.excluded_by, None);
    // Texts of all kinds are looked through for terms and counts too.
    assert!(told.kinds.contains(&("agent", ".github/agents/*.agent.md")));
    let of = |slug: &str| told.rules.iter().find(|one| one.rule.meta.slug == slug);
    let key = of("missing-agent-key").unwrap();
    assert_eq!(
        (key.role, key.severity),
        (Role::Judges, Some(Severity::Info))
    );
    assert_eq!(key.because, Because::Configuration);
    let front = of("missing-front-matter").unwrap();
    assert_eq!(front.severity, None);
    assert_eq!(
        front.because,
        Because::Override(vec![".github/**".to_owned()])
    );
    assert!(of("outdated-tls").is_none());
    assert!(of("unused-suppression").is_some());
}

#[test]
fn a_path_that_is_excluded_or_unknown_says_so() {
    let repo = repo(&["a.png"], &Options::default());
    let told = explain(&repo, &config(&[]), "node_modules/p/main.bicep").unwrap();
    assert!(!told.listed);
    assert_eq!(told.excluded_by, Some("**/node_modules/**"));
    let told = explain(&repo, &config(&[]), "a.png").unwrap();
    assert!(told.kinds.is_empty());
    let judged = |one: &baton_check::Routed<'_>| one.role == Role::Judges;
    assert!(!told.rules.iter().any(judged), "{:?}", told.rules);
}

#[test]
fn what_is_told_is_what_is_judged() {
    let paths = [".github/agents/a.agent.md", "infra/m.bicep", "notes.txt"];
    let repo = repo(&paths, &Options::default());
    let config = config(&["missing-front-matter", "outdated-tls"]);
    let told = routes(&repo, &config).unwrap();
    let judging = |slug: &str| {
        let of_rule = told.iter().filter(|route| route.judges.contains(&slug));
        of_rule.map(|route| route.files).sum::<usize>()
    };
    assert_eq!(judging("missing-front-matter"), 1);
    assert_eq!(judging("outdated-tls"), 1);
    check(&repo, &config, &Scope::All).unwrap();
    let read = repo.files().iter().filter(|file| file.is_read()).count();
    assert_eq!(read, 2);
}
