//! Calls of modules with their findings: each case of `fixtures/iac/modules` says in comments where its rules must find something.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use baton_check::{CheckConfig, Scope, check, select};
use baton_repo::{Date, Memory, Options, Repo};
use serde::Deserialize;

type TestResult = Result<(), Box<dyn std::error::Error>>;

datatest_stable::harness! {
    { test = cases, root = "../../fixtures/iac/modules", pattern = r"\.toml$" },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    rules: Vec<String>,
    files: BTreeMap<String, String>,
}

/// Findings as `rule path:line`.
type Places = BTreeSet<String>;

fn cases(path: &Path) -> TestResult {
    let text = std::fs::read_to_string(path)?;
    let cases: Cases = toml::from_str(&text)?;
    let mut wrong = String::new();
    for case in &cases.case {
        let (expected, found) = (expected(case), found(case)?);
        for missing in expected.difference(&found) {
            writeln!(wrong, "{}: missing {missing}", case.name)?;
        }
        for surplus in found.difference(&expected) {
            writeln!(wrong, "{}: surplus {surplus}", case.name)?;
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.into())
    }
}

fn expected(case: &Case) -> Places {
    let mut places = Places::new();
    for (path, text) in &case.files {
        for (index, line) in text.lines().enumerate() {
            let Some((_, rules)) = line.split_once("expect: ") else {
                continue;
            };
            let rules = rules.split(", ");
            places.extend(rules.map(|rule| format!("{rule} {path}:{}", index + 1)));
        }
    }
    places
}

fn found(case: &Case) -> Result<Places, Box<dyn std::error::Error>> {
    let source = Memory::new(case.files.clone());
    let repo = Repo::open(Arc::new(source), &Options::default())?;
    let config = CheckConfig::new(
        select(&case.rules, &[])?,
        "2026-11-21".parse::<Date>().map_err(|()| "no date")?,
    );
    let report = check(&repo, &config, &Scope::All)?;
    let mut places = Places::new();
    for finding in &report.findings {
        let file = repo.by_id(finding.at.file).ok_or("no such file")?;
        let start = finding.at.span.unwrap_or_default().start;
        let line = file.lines().line_of(start) + 1;
        places.insert(format!("{} {}:{line}", finding.rule, file.path));
    }
    Ok(places)
}
