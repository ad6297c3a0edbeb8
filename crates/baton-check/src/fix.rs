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
) -> Result<Fixed, RepoError> {
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
        if !can_apply(repo, fix) || !changes_something(repo, fix) || collides(&accepted, fix) {
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

/// Whether every edit of a fix fits its file and leaves the others alone: all or none are applied.
fn can_apply(repo: &Repo, fix: &Fix) -> bool {
    let mut spans: Vec<(FileId, Span)> = fix.edits.iter().map(|e| (e.file, e.span)).collect();
    spans.sort_unstable();
    let apart = |pair: &[(FileId, Span)]| match pair {
        [(file, before), (other, after)] => file != other || before.end <= after.start,
        _ => true,
    };
    let fits = |(id, span): &(FileId, Span)| {
        let text = repo.by_id(*id).filter(|file| file.problem().is_none());
        let range = span.start as usize..span.end as usize;
        text.is_some_and(|file| file.text().get(range).is_some())
    };
    spans.windows(2).all(apart) && spans.iter().all(fits)
}

fn changes_something(repo: &Repo, fix: &Fix) -> bool {
    fix.edits.iter().any(|edit| {
        repo.by_id(edit.file)
            .is_some_and(|file| edit.span.of(file.text()) != edit.text)
    })
}

/// Whether a fix changes what another one changes, or inserts text at its edge, where only
/// chance would decide which comes first.
fn collides(accepted: &BTreeMap<FileId, Vec<&Edit>>, fix: &Fix) -> bool {
    let meet = |left: Span, right: Span| {
        if left.is_empty() || right.is_empty() {
            left.start <= right.end && right.start <= left.end
        } else {
            left.start < right.end && right.start < left.end
        }
    };
    fix.edits.iter().any(|edit| {
        let taken = accepted.get(&edit.file).map_or(&[][..], Vec::as_slice);
        taken.iter().any(|other| meet(other.span, edit.span))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use baton_repo::{Memory, Options, Repo};
    use baton_source::{Applicability, Diagnostic, Edit, FileId, Fix, Location, Severity, Span};

    use super::one_round;
    use crate::Report;

    /// File, start, end, new text.
    type Change<'t> = (u32, usize, usize, &'t str);

    /// Applies fixes to the files `a` and `b`, which hold `0123456789` and `é`.
    fn applied(fixes: &[&[Change<'_>]]) -> (String, usize) {
        let source = Memory::new([("a", "0123456789"), ("b", "é")]);
        let repo = Repo::open(Arc::new(source), &Options::default()).expect("a repository");
        let edit = |(file, start, end, text): &Change<'_>| Edit {
            file: FileId(*file),
            span: Span::new(*start, *end),
            text: (*text).to_owned(),
        };
        let finding = |changes: &&[Change<'_>]| Diagnostic {
            rule: "rule",
            severity: Severity::Error,
            at: Location::from(FileId(0)),
            message: String::new(),
            labels: Vec::new(),
            help: None,
            fix: Some(Fix {
                title: String::new(),
                applicability: Applicability::Safe,
                edits: changes.iter().map(edit).collect(),
            }),
        };
        let report = Report {
            findings: fixes.iter().map(finding).collect(),
            ..Report::default()
        };
        let mut applied = Vec::new();
        let texts = one_round(&repo, &report, Applicability::Safe.into(), &mut applied);
        let texts = texts
            .into_iter()
            .map(|(path, text)| format!("{path}:{text}"));
        (texts.collect::<Vec<_>>().join(" "), applied.len())
    }

    fn check(fixes: &[&[Change<'_>]], texts: &str, count: usize) {
        assert_eq!(applied(fixes), (texts.to_owned(), count), "{fixes:?}");
    }

    #[test]
    fn a_fix_is_applied_in_every_file_or_nowhere() {
        check(&[&[(0, 0, 1, "x"), (1, 0, 2, "e")]], "a:x123456789 b:e", 1);
        check(&[&[(0, 0, 1, "x"), (1, 0, 1, "e")]], "", 0);
        check(&[&[(0, 0, 1, "x"), (7, 0, 0, "e")]], "", 0);
        check(&[&[(0, 9, 11, "x")]], "", 0);
    }

    #[test]
    fn a_fix_that_contradicts_itself_keeps_no_other_from_being_applied() {
        check(
            &[&[(0, 0, 4, ""), (0, 2, 6, "")], &[(0, 9, 10, "x")]],
            "a:012345678x",
            1,
        );
    }

    #[test]
    fn of_fixes_that_meet_the_first_is_applied() {
        check(&[&[(0, 0, 4, "x")], &[(0, 3, 5, "y")]], "a:x456789", 1);
        check(&[&[(0, 0, 4, "x")], &[(0, 4, 5, "y")]], "a:xy56789", 2);
        check(&[&[(0, 4, 4, "x")], &[(0, 4, 4, "y")]], "a:0123x456789", 1);
        check(&[&[(0, 4, 6, "x")], &[(0, 4, 4, "y")]], "a:0123x6789", 1);
        check(&[&[(0, 4, 6, "x")], &[(0, 6, 6, "y")]], "a:0123x6789", 1);
    }

    #[test]
    fn one_fix_may_insert_twice_at_one_place() {
        check(&[&[(0, 4, 4, "x"), (0, 4, 4, "y")]], "a:0123xy456789", 1);
    }
}
