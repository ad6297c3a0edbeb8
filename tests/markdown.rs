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

mod linters;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use linters::{Finding, Linter};

const LINTER: Linter = Linter {
    check: "lint:md",
    id: |alias| alias.starts_with("MD").then_some(alias),
    run: theirs,
    fixtures: "markdown",
    variable: "BATON_MARKDOWN",
};

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

#[test]
fn our_fixtures_are_judged_alike() {
    LINTER.judges_fixtures_alike();
}

#[test]
fn another_repository_is_judged_alike() {
    LINTER.judges_repository_alike();
}
