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

/// What may be done about findings.
#[derive(Clone, Copy)]
pub struct Mending<'a> {
    /// The least certain kind of fix to apply.
    pub most: Applicability,
    /// Whether a file may be changed; a fix that touches one that may not is left out.
    pub may_change: &'a dyn Fn(&RepoPath) -> bool,
}

impl From<Applicability> for Mending<'_> {
    fn from(most: Applicability) -> Self {
        Mending {
            most,
            may_change: &|_| true,
        }
    }
}

const ROUNDS: usize = 10;

/// Checks, applies what may be applied, and checks again, at most ten times.
pub fn fix<'a>(
    source: Arc<dyn FileSource>,
    options: &Options,
    run: (&CheckConfig, &Scope),
    mending: impl Into<Mending<'a>>,
) -> Result<Fixed, FixError> {
    let (config, scope) = run;
    let mending = mending.into();
    let mut overlay = Overlay::new(source);
    let mut applied = Vec::new();
    let mut rounds = 0;
    loop {
        let repo = Repo::open(Arc::new(overlay.clone()), options)?;
        let report = check(&repo, config, scope)?;
        let texts = if rounds < ROUNDS {
            one_round(&repo, &report, mending, &mut applied)
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

impl Mending<'_> {
    fn allows(&self, repo: &Repo, fix: &Fix) -> bool {
        fix.applicability <= self.most
            && fix.edits.iter().all(|edit| {
                let file = repo.by_id(edit.file);
                file.is_some_and(|file| (self.may_change)(&file.path))
            })
    }
}

/// The new texts after applying every fix that does not get in another's way.
fn one_round(
    repo: &Repo,
    report: &Report,
    mending: Mending<'_>,
    applied: &mut Vec<(&'static str, RepoPath)>,
) -> Vec<(RepoPath, String)> {
    let mut accepted: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for finding in &report.findings {
        let Some(fix) = finding.fix.as_ref().filter(|fix| mending.allows(repo, fix)) else {
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
