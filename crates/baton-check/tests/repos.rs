//! Every `fixtures/repos/<name>/` runs with all rules against its `expected.txt`.
//!
//! `BLESS=1` rewrites the expectation. Also here: a run over changed paths finds the same as a
//! run over everything, and the order of threads changes nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use baton_check::{Changed, CheckConfig, Report, Scope, check, select};
use baton_repo::{Date, Options, Repo, Worktree};
use baton_rules::{Check, RULES, Settings};

type TestResult = Result<(), Box<dyn std::error::Error>>;

datatest_stable::harness! {
    { test = expected, root = "../../fixtures/repos", pattern = r"^[^/]+/expected\.txt$" },
    { test = changed_equals_all, root = "../../fixtures/repos", pattern = r"^[^/]+/expected\.txt$" },
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the harness hands the text over"
)]
fn expected(path: &Path, wanted: String) -> TestResult {
    let repo = open(path)?;
    let report = check(&repo, &config()?, &Scope::All)?;
    let found = render(&repo, &report);
    if found == wanted {
        return Ok(());
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, found)?;
        return Ok(());
    }
    Err(format!("expected:\n{wanted}\nfound:\n{found}").into())
}

fn changed_equals_all(path: &Path) -> TestResult {
    let repo = open(path)?;
    let config = config()?;
    let all = check(&repo, &config, &Scope::All)?;
    let is_repo_rule = |slug: &str| {
        RULES
            .iter()
            .any(|rule| rule.meta.slug == slug && matches!(rule.check, Check::Repo(_)))
    };
    for file in repo.files() {
        let changed = check(
            &repo,
            &config,
            &Scope::Changed(Changed::unknown(vec![file.path.clone()])),
        )?;
        let of_file_rules = |report: &Report| {
            let findings = report.findings.iter();
            let findings = findings
                .filter(|finding| finding.at.file == file.id && !is_repo_rule(finding.rule));
            findings.cloned().collect::<Vec<_>>()
        };
        if of_file_rules(&changed) != of_file_rules(&all) {
            return Err(
                format!("{}: another verdict when only this file changed", file.path).into(),
            );
        }
        if let Some(extra) = changed
            .findings
            .iter()
            .find(|finding| !all.findings.contains(finding))
        {
            return Err(format!(
                "{}: only found in a partial run: {}",
                file.path, extra.message
            )
            .into());
        }
    }
    Ok(())
}

fn open(expectation: &Path) -> Result<Repo, Box<dyn std::error::Error>> {
    let root = expectation.parent().ok_or("no folder")?;
    Ok(Repo::open(
        Arc::new(Worktree::new(root, 2)),
        &Options::default(),
    )?)
}

fn config() -> Result<CheckConfig, Box<dyn std::error::Error>> {
    Ok(CheckConfig {
        selection: select(&[], &[])?,
        levels: BTreeMap::new(),
        overrides: Vec::new(),
        settings: Settings::default(),
        baseline: None,
        standing: None,
        today: "2026-11-21".parse::<Date>().map_err(|()| "a bad date")?,
    })
}

fn render(repo: &Repo, report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let Some(file) = repo.by_id(finding.at.file) else {
            continue;
        };
        let _ = write!(text, "{}[{}] {}", finding.severity, finding.rule, file.path);
        if let Some(span) = finding.at.span {
            let at = file.lines().locate(file.text(), span.start);
            let _ = write!(text, ":{}:{}", at.line, at.column);
        }
        let _ = writeln!(text, ": {}", finding.message);
    }
    for note in &report.not_evaluated {
        let _ = writeln!(text, "not evaluated: {}: {}", note.check, note.reason);
    }
    for failure in &report.failures {
        let _ = writeln!(text, "failure: {}", failure.message);
    }
    text
}
