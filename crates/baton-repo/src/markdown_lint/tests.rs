//! Tests of which rules run on which files and lines.

use std::sync::Arc;

use crate::{Memory, Options, Repo};

use super::LintRule;

fn repo(files: &[(&str, &str)]) -> Repo {
    let files = files.iter().copied();
    Repo::open(Arc::new(Memory::new(files)), &Options::default()).unwrap()
}

/// The files that are judged by a rule, separated by blanks.
fn judged(repo: &Repo, id: &str) -> String {
    let rule = LintRule::of(id).unwrap();
    let lint = repo.markdown_lint();
    let files = repo
        .files()
        .iter()
        .filter(|file| file.path.name().contains(".md"));
    let judged = files.filter(|file| lint.of(file).is_some_and(|one| one.setting(rule).is_some()));
    let names: Vec<&str> = judged.map(|file| file.path.as_str()).collect();
    names.join(" ")
}

#[test]
fn everything_runs_without_configuration() {
    let repo = repo(&[("a.md", "x\n")]);
    assert!(!repo.markdown_lint().is_configured());
    assert_eq!(judged(&repo, "MD009"), "a.md");
}

#[test]
fn globs_and_ignores_choose_files() {
    let config = r#"{ "globs": ["**/*.md", "!b"], /* c */ "ignores": ["c", "d/*.md",], }"#;
    let repo = repo(&[
        (".markdownlint-cli2.jsonc", config),
        ("a.md", "x\n"),
        ("b/a.md", "x\n"),
        ("c/d/a.md", "x\n"),
        ("d/a.md", "x\n"),
        ("d/e/a.md", "x\n"),
    ]);
    assert!(repo.markdown_lint().broken().is_empty());
    assert_eq!(judged(&repo, "MD009"), "a.md d/e/a.md");
}

#[test]
fn folders_inherit() {
    let repo = repo(&[
        (
            ".markdownlint-cli2.yaml",
            "config:\n  MD009: false\n  MD010: false\n",
        ),
        ("a.md", "x\n"),
        (
            "b/.markdownlint-cli2.jsonc",
            r#"{ "config": { "MD009": true } }"#,
        ),
        ("b/a.md", "x\n"),
        (
            "c/.markdownlint.json",
            r#"{ "extends": "base.json", "MD012": false }"#,
        ),
        ("c/base.json", r#"{ "MD012": true, "MD013": false }"#),
        ("c/d/a.md", "x\n"),
    ]);
    assert_eq!(judged(&repo, "MD009"), "b/a.md c/d/a.md");
    assert_eq!(judged(&repo, "MD010"), "c/d/a.md");
    assert_eq!(judged(&repo, "MD012"), "a.md b/a.md");
    assert_eq!(judged(&repo, "MD013"), "a.md b/a.md");
}

#[test]
fn what_cannot_be_followed_is_remarked() {
    let repo = repo(&[
        (
            ".markdownlint-cli2.jsonc",
            r#"{ "customRules": ["x"], "ignores": ["{"] }"#,
        ),
        ("a/.markdownlint.json", "{"),
        ("b/.markdownlint.cjs", "x"),
        ("c/.markdownlint.yaml", "extends: markdownlint/style/all\n"),
    ]);
    let lint = repo.markdown_lint();
    assert_eq!(lint.broken().len(), 1);
    let unsupported: Vec<&str> = lint
        .unsupported()
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(unsupported.len(), 4, "{unsupported:?}");
}

#[test]
fn lines_are_counted_with_front_matter() {
    let text = "---\ntitle: x\n---\n\n\n# T\n<!-- markdownlint-disable-next-line -->\nx\ny\n";
    let repo = repo(&[("a.md", text)]);
    let file = repo.file("a.md").unwrap();
    let lint = repo.markdown_lint().of(file).unwrap();
    let rule = LintRule::of("MD009").unwrap();
    assert_eq!(lint.body.of(text).lines().next(), Some("# T"));
    let on: Vec<bool> = (0..9).map(|line| lint.is_on(rule, line)).collect();
    let expected = [false, false, false, false, false, true, true, false, true];
    assert_eq!(on, expected);
}
