//! A branch as it is told to us: its name, an empty line, and the files that it changes.

use baton_repo::branches::BranchConventions;
use baton_source::Span;

use crate::{Ctx, File};

/// A branch under judgement.
pub(crate) struct Branch<'a> {
    pub(crate) name: &'a str,
    pub(crate) span: Span,
    /// The changed files and where they are listed.
    pub(crate) changed: Vec<(&'a str, Span)>,
    pub(crate) conventions: BranchConventions,
}

/// The branch in a file; `None` when it is not judged.
pub(crate) fn branch<'a>(ctx: &Ctx<'_>, file: &'a File) -> Option<Branch<'a>> {
    let text = file.text();
    let mut start = 0;
    let mut lines = text.split('\n').map(|line| {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        (line, span)
    });
    let (name, span) = lines.next()?;
    // A branch's file is named after it; anything else below `refs` is somebody's own.
    let is_told = file.path.as_str().strip_prefix("refs/heads/") == Some(name);
    let changed = lines.filter(|(line, _)| !line.is_empty()).collect();
    let mut conventions = ctx.repo.branch_conventions();
    let told = &ctx.settings.git;
    conventions.exempt = told.exempt.clone().unwrap_or(conventions.exempt);
    conventions.prefixes = told.prefixes.clone().unwrap_or(conventions.prefixes);
    conventions.scopes = told.scopes.clone().unwrap_or(conventions.scopes);
    let is_exempt = conventions.exempt.iter().any(|known| covers(known, name));
    (is_told && !is_exempt).then_some(Branch {
        name,
        span,
        changed,
        conventions,
    })
}

/// Whether a folder holds a path, or a file is it.
pub(crate) fn covers(pattern: &str, path: &str) -> bool {
    path == pattern || pattern.ends_with('/') && path.starts_with(pattern)
}
