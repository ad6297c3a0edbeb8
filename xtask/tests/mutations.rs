//! Every single fault in the clean fixture is found, at the right place, and nothing else is.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use baton_check::{CheckConfig, Report, Scope, check, select};
use baton_repo::{Date, Options, Overlay, Repo, Worktree};
use baton_rules::Settings;
use baton_source::{RepoPath, Severity};
use xtask::mutation::{self, CLEAN, Mutation, Verdict};

#[test]
fn every_fault_is_found_and_nothing_else() -> Result<()> {
    let root = xtask::root();
    let mut failures = Vec::new();
    let mut faults = 0;
    for (file, mutations) in mutation::read_all(&root)? {
        for mutation in &mutations.mutation {
            faults += 1;
            if let Err(error) = judge(&root, &mutations.check, mutation) {
                failures.push(format!("{file}: {}: {error:#}", mutation.name));
            }
        }
    }
    assert!(faults > 0, "there are no mutations");
    assert!(
        failures.is_empty(),
        "{} of {faults}:\n{}",
        failures.len(),
        failures.join("\n")
    );
    Ok(())
}

fn judge(root: &Path, name: &str, mutation: &Mutation) -> Result<()> {
    let source = Arc::new(Worktree::new(root.join(CLEAN), 2));
    let path = RepoPath::new(&mutation.file);
    let before = std::fs::read_to_string(root.join(CLEAN).join(&mutation.file)).ok();
    let mut overlay = Overlay::new(source);
    match mutation::apply(mutation, before.as_deref())? {
        Some(text) => overlay.set(path, text.into_bytes()),
        None => overlay.remove(path),
    }
    let repo = Repo::open(Arc::new(overlay), &Options::default())?;
    let report = check(&repo, &config(name)?, &Scope::All)?;
    found(&repo, &report, mutation)?;
    agrees(&report, mutation)
}

/// Whether we say what the reference says, or something else and why.
fn agrees(report: &Report, mutation: &Mutation) -> Result<()> {
    let has = |severity| report.findings.iter().any(|it| it.severity == severity);
    let said = if has(Severity::Error) {
        Verdict::Error
    } else if has(Severity::Warning) {
        Verdict::Warning
    } else {
        Verdict::Silent
    };
    let wanted = mutation.ours.unwrap_or(mutation.says);
    if said != wanted {
        bail!("we say {said:?}, not {wanted:?}");
    }
    if (said == mutation.says) != mutation.why.is_none() {
        bail!("`why` belongs to a difference from the reference, and to nothing else");
    }
    Ok(())
}

fn found(repo: &Repo, report: &Report, mutation: &Mutation) -> Result<()> {
    if let Some(failure) = report.failures.first() {
        bail!("{}", failure.message);
    }
    let mut hit = mutation.rule.is_none();
    let wanted_file = mutation.at.as_ref().unwrap_or(&mutation.file);
    for finding in &report.findings {
        let file = repo
            .by_id(finding.at.file)
            .context("a finding without a file")?;
        let line = finding
            .at
            .span
            .map(|span| file.lines().locate(file.text(), span.start).line);
        let place = format!("{}:{}", file.path, line.unwrap_or(0));
        if mutation.rule.as_deref() == Some(finding.rule) {
            let here = file.path.as_str() == wanted_file;
            hit |= here && (mutation.line.is_none() || mutation.line == line);
            if !hit {
                bail!("found at {place}: {}", finding.message);
            }
        } else if finding.severity != Severity::Info
            && !mutation.also.iter().any(|rule| rule == finding.rule)
        {
            bail!("`{}` at {place} too: {}", finding.rule, finding.message);
        }
    }
    if hit { Ok(()) } else { bail!("not found") }
}

fn config(name: &str) -> Result<CheckConfig> {
    Ok(CheckConfig {
        selection: select(&[name.to_owned()], &[])?,
        levels: BTreeMap::new(),
        overrides: Vec::new(),
        settings: Settings::default(),
        baseline: None,
        standing: None,
        today: "2026-11-21"
            .parse::<Date>()
            .map_err(|()| anyhow::anyhow!("a bad date"))?,
    })
}
