//! YAML judged by us and by yamllint: the same rules on the same lines.
//!
//! `BATON_E2E_TOOLS` names a folder into which `.ci/run` installs yamllint; without it
//! these tests say that they were skipped. `BATON_YAML` names another repository to compare.

#![expect(
    clippy::print_stderr,
    reason = "a test that is skipped says so, and one that compares says how much"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use baton_rules::RULES;
use serde_json::Value;

/// A path, a line and an id such as `braces`.
type Finding = (String, u64, String);

/// Compares both on a folder and says what only one of them finds.
fn compare(tools: &Path, folder: &Path) {
    let (ours, judged) = ours(folder);
    let theirs: BTreeSet<Finding> = theirs(tools, folder)
        .into_iter()
        .filter(|(path, ..)| judged.contains(path))
        .collect();
    let show = |mark: char, (path, line, id): &Finding| format!("{mark} {path}:{line} {id}");
    let missing = theirs.difference(&ours).map(|one| show('-', one));
    let surplus = ours.difference(&theirs).map(|one| show('+', one));
    let differences: Vec<String> = missing.chain(surplus).collect();
    eprintln!("{}: {} findings of theirs", folder.display(), theirs.len());
    assert!(
        differences.is_empty(),
        "{} of {} differ (- only theirs, + only ours):\n{}",
        differences.len(),
        theirs.len(),
        differences.join("\n")
    );
}

/// What we find, and every file we listed.
fn ours(folder: &Path) -> (BTreeSet<Finding>, BTreeSet<String>) {
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
        command.args(arguments).current_dir(folder);
        command.output().unwrap().stdout
    };
    let report = run(&["check", "--select", "lint:yaml", "--output-format", "json"]);
    let report: Value = serde_json::from_slice(&report).unwrap();
    let ids = RULES.iter().filter_map(|rule| {
        let mut names = rule.meta.aliases.iter();
        let id = names.find_map(|name| name.strip_prefix("yaml/"))?;
        Some((rule.meta.slug, id))
    });
    let ids: BTreeMap<&str, &str> = ids.collect();
    let findings = report["findings"].as_array().unwrap().iter();
    let findings = findings.filter_map(|finding| {
        let id = ids.get(finding["rule"].as_str()?)?;
        let line = finding["line"].as_u64()?;
        Some((finding["path"].as_str()?.to_owned(), line, (*id).to_owned()))
    });
    let listed = walkdir(folder);
    (findings.collect(), listed)
}

/// Every YAML file below a folder, as both tools name it.
fn walkdir(folder: &Path) -> BTreeSet<String> {
    let files = ignore::WalkBuilder::new(folder).hidden(false).build();
    let paths = files.filter_map(Result::ok).filter_map(|entry| {
        let path = entry.path().strip_prefix(folder).ok()?;
        Some(path.to_str()?.to_owned())
    });
    paths.collect()
}

/// What yamllint finds.
fn theirs(tools: &Path, folder: &Path) -> BTreeSet<Finding> {
    let mut command = Command::new(tools.join("venv/bin/yamllint"));
    command.args(["--format", "parsable", "."]);
    let output = command.current_dir(folder).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let finding = |line: &str| {
        let (place, rest) = line.split_once(": [")?;
        let mut parts = place.rsplitn(3, ':').skip(1);
        let (number, path) = (parts.next()?.parse().ok()?, parts.next()?);
        let (_, id) = rest.strip_suffix(')')?.rsplit_once('(')?;
        let path = path.strip_prefix("./").unwrap_or(path);
        Some((path.to_owned(), number, id.to_owned()))
    };
    text.lines().filter_map(finding).collect()
}

fn tools() -> Option<PathBuf> {
    let folder = std::env::var_os("BATON_E2E_TOOLS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: BATON_E2E_TOOLS names no folder of tools");
    }
    folder
}

#[test]
fn our_fixtures_are_judged_alike() {
    let Some(tools) = tools() else { return };
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/yaml");
    let mut folders = 0;
    for folder in std::fs::read_dir(fixtures).unwrap() {
        compare(&tools, &folder.unwrap().path());
        folders += 1;
    }
    assert!(folders > 0);
}

#[test]
fn another_repository_is_judged_alike() {
    let Some(repository) = std::env::var_os("BATON_YAML") else {
        eprintln!("skipped: BATON_YAML names no repository");
        return;
    };
    let Some(tools) = tools() else { return };
    compare(&tools, Path::new(&repository));
}
