//! Applying fixes until nothing is left to apply.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_repo::{FileSource, Options, Overlay, Repo, RepoError};
use baton_source::{Applicability, Edit, FileId, Fix, RepoPath, Span, apply_edits};

use crate::{CheckConfig, Report, Scope, check};

/// A repository with fixes applied; nothing is written.
pub struct Fixed {
    /// The repository as it would be.
    pub repo: Repo,
    /// What is left to report.
    pub report: Report,
    /// New content by path.
    pub changed: BTreeMap<RepoPath, Vec<u8>>,
    /// Slug and path of each fix that was applied.
    pub applied: Vec<(&'static str, RepoPath)>,
}

/// Why fixes could not be applied.
#[derive(Debug, thiserror::Error)]
pub enum FixError {
    /// The repository could not be listed or read.
    #[error(transparent)]
    Repo(#[from] RepoError),
}

const ROUNDS: usize = 10;

/// Checks, applies what may be applied, and checks again, at most ten times.
///
/// `most` is the least certain kind of fix to apply.
pub fn fix(
    source: Arc<dyn FileSource>,
    options: &Options,
    run: (&CheckConfig, &Scope),
    most: Applicability,
) -> Result<Fixed, FixError> {
    let (config, scope) = run;
    let mut overlay = Overlay::new(source);
    let mut applied = Vec::new();
    let mut rounds = 0;
    loop {
        let repo = Repo::open(Arc::new(overlay.clone()), options)?;
        let report = check(&repo, config, scope)?;
        let texts = if rounds < ROUNDS {
            one_round(&repo, &report, most, &mut applied)
        } else {
            Vec::new()
        };
        if texts.is_empty() {
            return Ok(Fixed {
                repo,
                report,
                changed: overlay.changed().clone(),
                applied,
            });
        }
        for (path, text) in texts {
            overlay.set(path, text.into_bytes());
        }
        rounds += 1;
    }
}

/// The new texts after applying every fix that does not get in another's way.
fn one_round(
    repo: &Repo,
    report: &Report,
    most: Applicability,
    applied: &mut Vec<(&'static str, RepoPath)>,
) -> Vec<(RepoPath, String)> {
    let mut accepted: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for finding in &report.findings {
        let Some(fix) = finding.fix.as_ref().filter(|fix| fix.applicability <= most) else {
            continue;
        };
        if fix.edits.is_empty() || !changes_something(repo, fix) || collides(&accepted, fix) {
            continue;
        }
        for edit in &fix.edits {
            accepted.entry(edit.file).or_default().push(edit);
        }
        if let Some(file) = repo.by_id(finding.at.file) {
            applied.push((finding.rule, file.path.clone()));
        }
    }
    let texts = accepted.iter().filter_map(|(id, edits)| {
        let file = repo.by_id(*id)?;
        Some((file.path.clone(), apply_edits(file.text(), edits)?))
    });
    texts.collect()
}

fn changes_something(repo: &Repo, fix: &Fix) -> bool {
    fix.edits.iter().any(|edit| {
        repo.by_id(edit.file)
            .is_some_and(|file| edit.span.of(file.text()) != edit.text)
    })
}

fn collides(accepted: &BTreeMap<FileId, Vec<&Edit>>, fix: &Fix) -> bool {
    let overlap =
        |left: Span, right: Span| left.start < right.end && right.start < left.end || left == right;
    fix.edits.iter().any(|edit| {
        let taken = accepted.get(&edit.file).map_or(&[][..], Vec::as_slice);
        taken.iter().any(|other| overlap(other.span, edit.span))
    })
}
