//! Markdown judged by us and by markdownlint-cli2: the same rules on the same lines.
//!
//! `BATON_E2E_TOOLS` names a folder into which `.ci/run` installs markdownlint-cli2; without it
//! these tests say that they were skipped. `BATON_MARKDOWN` names another repository to compare.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]
#![expect(
    clippy::print_stderr,
    reason = "a test that is skipped says so, and one that compares says how much"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use baton_rules::RULES;
use serde_json::Value;

/// A path, a line and an id such as `MD009`.
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
    let report = run(&["check", "--select", "lint:md", "--output-format", "json"]);
    let report: Value = serde_json::from_slice(&report).unwrap();
    let ids = RULES.iter().filter_map(|rule| {
        let mut names = rule.meta.aliases.iter();
        let id = names.find(|name| name.starts_with("MD"))?;
        Some((rule.meta.slug, *id))
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

/// Every Markdown file below a folder, as both tools name it.
fn walkdir(folder: &Path) -> BTreeSet<String> {
    let files = ignore::WalkBuilder::new(folder).hidden(false).build();
    let paths = files.filter_map(Result::ok).filter_map(|entry| {
        let path = entry.path().strip_prefix(folder).ok()?;
        Some(path.to_str()?.to_owned())
    });
    paths.collect()
}

/// What markdownlint-cli2 finds.
fn theirs(tools: &Path, folder: &Path) -> BTreeSet<Finding> {
    let program = tools.join("node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs");
    let configured = [".markdownlint-cli2.jsonc", ".markdownlint-cli2.yaml"];
    let globs = configured.iter().any(|name| {
        let text = std::fs::read_to_string(folder.join(name));
        text.is_ok_and(|text| text.contains("globs"))
    });
    let mut command = Command::new("node");
    command.arg(program).current_dir(folder);
    if !globs {
        command.args(["**/*.md", "!**/node_modules/**"]);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    let finding = |line: &str| {
        let mut splits = [" error MD", " warning MD"].iter();
        let (place, rest) = splits.find_map(|mark| line.split_once(mark))?;
        let id = format!("MD{}", rest.split('/').next()?);
        let mut parts = place.rsplitn(3, ':').collect::<Vec<_>>();
        parts.reverse();
        let numbers = |text: &str| text.parse::<u64>().ok();
        let (path, number) = match *parts {
            [path, line, column] if numbers(line).is_some() && numbers(column).is_some() => {
                (path.to_owned(), numbers(line)?)
            }
            _ => {
                let (path, line) = place.rsplit_once(':')?;
                (path.to_owned(), numbers(line)?)
            }
        };
        Some((path, number, id))
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
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/markdown");
    let mut folders = 0;
    for folder in std::fs::read_dir(fixtures).unwrap() {
        compare(&tools, &folder.unwrap().path());
        folders += 1;
    }
    assert!(folders > 0);
}

#[test]
fn another_repository_is_judged_alike() {
    let Some(repository) = std::env::var_os("BATON_MARKDOWN") else {
        eprintln!("skipped: BATON_MARKDOWN names no repository");
        return;
    };
    let Some(tools) = tools() else { return };
    compare(&tools, Path::new(&repository));
}
