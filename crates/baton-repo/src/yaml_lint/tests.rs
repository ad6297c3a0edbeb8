//! Tests of which rules run on which files and lines.

use std::sync::Arc;

use crate::{Memory, Options, Repo};

use super::YamlRule;

fn repo(files: &[(&str, &str)]) -> Repo {
    let files = files.iter().copied();
    Repo::open(Arc::new(Memory::new(files)), &Options::default()).unwrap()
}

/// The files that are judged by a rule, separated by blanks.
fn judged(repo: &Repo, id: &str) -> String {
    let rule = YamlRule::of(id).unwrap();
    let lint = repo.yaml_lint();
    let files = repo.files().iter();
    let judged = files.filter(|file| lint.of(file).is_some_and(|one| one.is_on(rule)));
    let names: Vec<&str> = judged.map(|file| file.path.as_str()).collect();
    names.join(" ")
}

#[test]
fn yamllint_has_a_default() {
    let repo = repo(&[("a.yml", "x\n")]);
    assert!(!repo.yaml_lint().is_configured());
    assert_eq!(judged(&repo, "braces"), "a.yml");
    assert_eq!(judged(&repo, "key-ordering"), "");
}

#[test]
fn a_configuration_extends_another_and_ignores() {
    let config = "extends: ci/base.yaml\nignore: |\n  infra/\n  *.gen.yml\nrules:\n  braces: {ignore: [a.yml], level: warning}\n  colons: disable\n  key-ordering: enable\n";
    let base = "extends: relaxed\nrules:\n  braces: {max-spaces-inside: 3}\n";
    let repo = repo(&[
        (".yamllint.yml", config),
        ("a.yml", "x\n"),
        ("b/x.gen.yml", "x\n"),
        ("ci/base.yaml", base),
        ("infra/deep/a.yml", "x\n"),
    ]);
    assert!(repo.yaml_lint().is_configured());
    assert_eq!(judged(&repo, "braces"), ".yamllint.yml ci/base.yaml");
    assert_eq!(judged(&repo, "colons"), "");
    assert_eq!(
        judged(&repo, "key-ordering"),
        ".yamllint.yml a.yml ci/base.yaml"
    );
    let braces = repo.yaml_lint().setting(YamlRule::of("braces").unwrap());
    let braces = braces.unwrap();
    assert!(braces.is_warning);
    let most = braces
        .option("max-spaces-inside")
        .and_then(|most| most.as_i64());
    assert_eq!(most, Some(3));
}

#[test]
fn comments_switch_rules_off() {
    let text = "a: 1\n# yamllint disable rule:braces\nb: 1\n# yamllint enable\nc: 1  # yamllint disable-line\n# yamllint disable-line rule:colons\nd: 1\ne: 1\n";
    let repo = repo(&[("a.yml", text)]);
    let file = repo.file("a.yml").unwrap();
    let lint = repo.yaml_lint().of(file).unwrap();
    let off = |id| {
        let rule = YamlRule::of(id).unwrap();
        let lines = (0..9).filter(|line| !lint.is_on_line(rule, *line));
        lines.collect::<Vec<_>>()
    };
    assert_eq!(off("braces"), [1, 2, 4]);
    assert_eq!(off("colons"), [4, 6]);
}

#[test]
fn what_cannot_be_followed_is_remarked() {
    let config =
        "extends: nowhere\nrules:\n  bracess: enable\n  braces: {most: 1}\n  colons: 3\nx: 1\n";
    let repo = repo(&[(".yamllint", config)]);
    let remarks = repo.yaml_lint().remarks();
    let messages: Vec<&str> = remarks.iter().map(|one| one.message.as_str()).collect();
    let expected = [
        "yamllint has no setting `x`",
        "`nowhere` is neither `default` nor `relaxed` nor a file of the repository",
        "yamllint has no rule `bracess`",
        "the rule `braces` has no option `most`",
        "`colons` takes `enable`, `disable` or a mapping",
    ];
    assert_eq!(messages, expected);
}
