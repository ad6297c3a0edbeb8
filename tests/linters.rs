//! What tests share that hold us against a linter of others: the same rules on the same lines.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use baton_rules::RULES;
use serde_json::Value;

/// A path, a line and the linter's name for the rule.
pub(crate) type Finding = (String, u64, String);

/// A linter: what it finds in a folder, and how our rules are found by its names.
pub(crate) struct Linter {
    /// Our check.
    pub(crate) check: &'static str,
    /// The linter's name for a rule, from one of our aliases.
    pub(crate) id: fn(&'static str) -> Option<&'static str>,
    /// What the linter finds.
    pub(crate) run: fn(&Path, &Path) -> BTreeSet<Finding>,
    /// The folder of fixtures.
    pub(crate) fixtures: &'static str,
    /// The variable that names another repository to compare.
    pub(crate) variable: &'static str,
}

impl Linter {
    /// Compares both on every fixture.
    pub(crate) fn judges_fixtures_alike(&self) {
        let Some(tools) = tools() else { return };
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
        let mut folders = 0;
        for folder in std::fs::read_dir(fixtures.join(self.fixtures)).unwrap() {
            self.compare(&tools, &folder.unwrap().path());
            folders += 1;
        }
        assert!(folders > 0);
    }

    /// Compares both on the repository that the variable names.
    pub(crate) fn judges_repository_alike(&self) {
        let Some(repository) = std::env::var_os(self.variable) else {
            eprintln!("skipped: {} names no repository", self.variable);
            return;
        };
        let Some(tools) = tools() else { return };
        self.compare(&tools, Path::new(&repository));
    }

    /// Compares both on a folder and says what only one of them finds.
    fn compare(&self, tools: &Path, folder: &Path) {
        let (ours, listed) = (self.ours(folder), listed(folder));
        let theirs: BTreeSet<Finding> = (self.run)(tools, folder)
            .into_iter()
            .filter(|(path, ..)| listed.contains(path))
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

    fn ours(&self, folder: &Path) -> BTreeSet<Finding> {
        let output = Command::new(env!("CARGO_BIN_EXE_baton"))
            .args(["check", "--output-format", "json", "--select", self.check])
            .current_dir(folder)
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let ids = RULES.iter().filter_map(|rule| {
            let mut names = rule.meta.aliases.iter().copied();
            Some((rule.meta.slug, names.find_map(self.id)?))
        });
        let ids: BTreeMap<&str, &str> = ids.collect();
        let findings = report["findings"].as_array().unwrap().iter();
        let findings = findings.filter_map(|finding| {
            let id = ids.get(finding["rule"].as_str()?)?;
            let line = finding["line"].as_u64()?;
            Some((finding["path"].as_str()?.to_owned(), line, (*id).to_owned()))
        });
        findings.collect()
    }
}

/// Every file below a folder that git does not ignore, as both name it.
fn listed(folder: &Path) -> BTreeSet<String> {
    let files = ignore::WalkBuilder::new(folder).hidden(false).build();
    let paths = files.filter_map(Result::ok).filter_map(|entry| {
        let path = entry.path().strip_prefix(folder).ok()?;
        Some(path.to_str()?.to_owned())
    });
    paths.collect()
}

/// The folder of tools, when there is one.
fn tools() -> Option<PathBuf> {
    let folder = std::env::var_os("BATON_E2E_TOOLS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: BATON_E2E_TOOLS names no folder of tools");
    }
    folder
}
