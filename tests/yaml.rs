//! YAML judged by us and by yamllint: the same rules on the same lines.
//!
//! `BATON_E2E_TOOLS` names a folder into which `.ci/run` installs yamllint; without it
//! these tests say that they were skipped. `BATON_YAML` names another repository to compare.

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
    check: "lint:yaml",
    id: |alias| alias.strip_prefix("yaml/"),
    run: theirs,
    fixtures: "yaml",
    variable: "BATON_YAML",
};

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

#[test]
fn our_fixtures_are_judged_alike() {
    LINTER.judges_fixtures_alike();
}

#[test]
fn another_repository_is_judged_alike() {
    LINTER.judges_repository_alike();
}
