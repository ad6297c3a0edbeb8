//! Secrets in what changed, found as `baton check --changed` and `--staged` find them: the same
//! rules, the same comments and lists that allow.

use std::sync::Arc;

use anyhow::Result;
use baton_check::{Changed, Scope as Checked};
use baton_guard::secrets::{Leak, Scan, Scope, Settings};
use baton_repo::{Changes, File, Git, GitIndex, Repo, is_text};
use baton_source::{Diagnostic, Severity};

use super::super::check::{self, Run};
use super::super::outside;
use crate::cli::RunArgs;
use crate::project;

/// The rules about secrets, one that is off by default among them.
const RULES: [&str; 2] = ["lint:secrets", "internal-address"];

/// Scans what the settings want scanned.
pub(super) fn scan(settings: &Settings) -> Result<Scan> {
    let root = project::root()?;
    let Ok(git) = Git::open(&root) else {
        let note = "secrets-scanner found no git work tree, so nothing counts as changed";
        return Ok(Scan {
            notes: vec![note.to_owned()],
            ..Scan::default()
        });
    };
    let (project, changes) = match settings.scope {
        Scope::Diff => {
            let head = git.commit("HEAD")?;
            (project::find(None)?, git.worktree_changes(head.as_deref())?)
        }
        Scope::Staged => {
            let project = project::find_in(Arc::new(GitIndex::of(&git)?), None)?;
            (project, git.staged_changes()?)
        }
    };
    if changes.present.is_empty() {
        return Ok(Scan::default());
    }
    let args = RunArgs {
        select: RULES.map(str::to_owned).to_vec(),
        skip_external: true,
        ..RunArgs::default()
    };
    let run = check::prepare(project, args, Vec::new(), None)?;
    let repo = Repo::open(Arc::clone(&run.source), &run.project.config.repository)?;
    judged(&run, &repo, (&changes, settings))
}

fn judged(run: &Run, repo: &Repo, (changes, settings): (&Changes, &Settings)) -> Result<Scan> {
    let present = changes.present.iter().filter(|path| is_text(path));
    let files = present.filter_map(|path| repo.file(path.as_str()));
    let (good, bad): (Vec<&File>, Vec<&File>) = files.partition(|file| file.problem().is_none());
    let paths = good.iter().map(|file| file.path.clone()).collect();
    let report = outside::judge(run, repo, &Checked::Changed(Changed::named(paths)))?;
    let mut notes: Vec<String> = Vec::new();
    if !bad.is_empty() {
        let names: Vec<&str> = bad.iter().map(|file| file.path.as_str()).take(5).collect();
        let (count, names) = (bad.len(), names.join(", "));
        notes.push(format!(
            "secrets-scanner passed over {count} changed files that are no readable text: {names}"
        ));
    }
    let failures = report.failures.iter();
    notes.extend(
        failures.map(|failure| format!("secrets-scanner did not judge everything: {failure:?}")),
    );
    let leaks = report.findings.iter();
    let leaks = leaks.filter_map(|finding| leak(repo, finding, settings));
    Ok(Scan {
        files: good.len(),
        leaks: leaks.collect(),
        notes,
    })
}

fn leak(repo: &Repo, finding: &Diagnostic, settings: &Settings) -> Option<Leak> {
    let file = repo
        .files()
        .iter()
        .find(|file| file.id == finding.at.file)?;
    let span = finding.at.span.unwrap_or_default();
    let found = span.of(file.text());
    if settings
        .allowed
        .iter()
        .any(|part| found.contains(part.as_str()))
    {
        return None;
    }
    let secrets = repo.secrets(file).iter();
    let known = secrets.into_iter().find(|secret| secret.span == span);
    Some(Leak {
        file: file.path.as_str().to_owned(),
        line: file.lines().line_of(span.start) + 1,
        pattern: finding.rule.to_owned(),
        severity: match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "high",
            Severity::Info => "medium",
        },
        shown: known.map_or_else(|| baton_secrets::redact(found), |one| one.redacted.clone()),
    })
}
