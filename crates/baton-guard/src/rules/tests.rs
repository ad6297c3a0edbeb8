//! The tables: what is written in them can be found, and means something.

use std::collections::BTreeMap;

use super::paths::{Sets, like, normal, path_like};
use super::{PROGRAMS, ProgramTable, Rule, RuleTable, TABLES, grammar, named, rules_of, sql};

fn all() -> Vec<(&'static str, Rule)> {
    let mut all = Vec::new();
    for (category, text) in TABLES {
        let table: RuleTable = toml::from_str(text).unwrap();
        all.extend(table.rule.into_iter().map(|rule| (category, rule)));
    }
    all
}

#[test]
fn every_rule_is_found_by_each_of_its_programs() {
    for (category, rule) in all() {
        for program in &rule.programs {
            let found = rules_of(program).any(|(own, one)| own == category && one.id == rule.id);
            assert!(found, "{program}: {}", rule.id);
        }
        if rule.programs.is_empty() {
            assert!(named(&rule.id, "").is_some(), "{}", rule.id);
        }
    }
}

#[test]
fn a_slug_belongs_to_one_category_and_advice_is_a_sentence() {
    let mut categories: BTreeMap<String, &str> = BTreeMap::new();
    for (category, rule) in all() {
        let known = categories.entry(rule.id.clone()).or_insert(category);
        assert_eq!(*known, category, "{}", rule.id);
        let kebab = |sign: char| sign.is_ascii_lowercase() || sign == '-';
        assert!(rule.id.chars().all(kebab), "{}", rule.id);
        assert!(rule.advice.ends_with('.'), "{}", rule.id);
    }
}

#[test]
fn every_predicate_is_known() {
    const KNOWN: [&str; 4] = [
        "!unknown",
        "!partly-unknown",
        "!protected",
        "!above-protected",
    ];
    for (_, rule) in all() {
        let options = rule.options.iter().chain(&rule.without);
        let values = options
            .flat_map(|spec| spec.split('|'))
            .filter_map(|one| one.split_once('='));
        let words = [
            &rule.operands,
            &rule.and_operands,
            &rule.no_operands,
            &rule.last,
            &rule.words,
        ];
        let mut all: Vec<&str> = values.map(|(_, value)| value).collect();
        all.extend(words.into_iter().flatten().map(String::as_str));
        for predicate in all {
            if predicate.starts_with('!') {
                assert!(KNOWN.contains(&predicate), "{}: {predicate}", rule.id);
            }
            let named = predicate.strip_prefix('@').filter(|rest| {
                rest.len() > 1
                    && rest
                        .chars()
                        .all(|sign| sign.is_ascii_lowercase() || sign == '-')
            });
            assert!(
                named.is_none_or(|set| Sets::known().has(set)),
                "{}: {predicate}",
                rule.id
            );
        }
    }
}

#[test]
fn what_readers_of_commands_report_has_a_rule() {
    for id in [
        "unknown-program",
        "unknown-script",
        "downloaded-script",
        "deeply-wrapped-command",
        "endless-command",
        "unreadable-command",
        "hidden-code",
        "code-that-deletes",
        "code-that-deletes-much",
        "destructive-tool",
        "fork-bomb",
        "write-to-device",
        "write-to-system-file",
        "write-to-login-file",
        "network-redirection",
    ] {
        assert!(named(id, "").is_some(), "{id}");
    }
}

#[test]
fn every_program_has_one_grammar() {
    let table: ProgramTable = toml::from_str(PROGRAMS).unwrap();
    for program in table.program {
        for name in &program.names {
            let values: Vec<&str> = program.values.split_whitespace().collect();
            assert_eq!(grammar(name).values, values, "{name}");
        }
    }
}

#[test]
fn paths_have_a_normal_form() {
    for (path, folder, expected) in [
        ("/", None, "/"),
        ("//", None, "/"),
        ("/*", None, "/"),
        ("/./", None, "/"),
        ("/tmp/..", None, "/"),
        ("/../..", None, "/"),
        (".", None, "."),
        ("./", None, "."),
        ("*", None, "."),
        ("./*", None, "."),
        ("..", None, ".."),
        ("a/../..", None, ".."),
        ("a/b/../c", None, "a/c"),
        ("*.log", None, "*.log"),
        ("*", Some("/"), "/"),
        ("x", Some("/etc"), "/etc/x"),
        ("/x", Some("/etc"), "/x"),
        ("~/", None, "~"),
        ("~/*", None, "~"),
        ("C:\\", None, "C:"),
        ("C:\\Users\\*", None, "C:/Users"),
        (".github\\hooks", None, ".github/hooks"),
    ] {
        assert_eq!(normal(path, folder), expected, "{path}");
    }
}

#[test]
fn patterns_of_paths_are_about_their_ends() {
    for (pattern, path, expected) in [
        (".env", "a/.env", true),
        (".env", "model.env", false),
        (".git", "x/.git", true),
        (".git", ".github", false),
        ("*.pem", "certs/a.pem", true),
        ("~", "~/x", false),
        (".", "a", false),
        ("..", "../..", false),
    ] {
        assert_eq!(path_like(pattern, path), expected, "{pattern} {path}");
    }
    assert!(like("a*c*e", "abcde") && !like("a*c", "abcd") && like("*", ""));
}

#[test]
fn statements_are_told_apart() {
    for (text, expected) in [
        ("DROP TABLE a", vec!["drop-table"]),
        ("drop database a", vec!["drop-database"]),
        ("TRUNCATE a", vec!["truncate"]),
        ("DELETE FROM a", vec!["delete-all"]),
        ("DELETE FROM a WHERE b = 1", vec![]),
        ("DELETE FROM a WHERE 1=1", vec!["delete-all"]),
        ("UPDATE a SET b = 1", vec!["update-all"]),
        ("UPDATE a SET b = 1 WHERE c", vec![]),
        ("SELECT 'DROP TABLE a'", vec![]),
        ("-- DROP TABLE a", vec![]),
        ("SELECT 1; DROP VIEW a", vec!["drop-table"]),
        ("ALTER TABLE a DROP COLUMN b", vec!["drop-column"]),
        ("SELECT truncate(1.5)", vec![]),
        (
            "INSERT INTO a VALUES (1) ON CONFLICT (id) DO UPDATE SET b = 1",
            vec![],
        ),
    ] {
        let found: Vec<&str> = sql::statements(text)
            .into_iter()
            .map(sql::Statement::name)
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}
