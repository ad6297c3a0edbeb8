//! From changed paths to what must be looked at because of them.

use baton_repo::{Repo, RepoError};
use baton_rules::RULES;
use baton_source::RepoPath;
use baton_syntax::glob::GlobSet;

use crate::mentions::follows_links;
use crate::{Changed, CheckConfig, Scope};

/// Above this many changed paths, telling them apart is not worth the trouble.
const MANY: usize = 1000;

/// Schemas decide about files of any kind.
const SCHEMAS: &[&str] = &["schemas/**", "**/schemas/**/*.json"];

/// Why everything is looked at although only some paths changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Widened {
    /// This path decides about other files.
    By(RepoPath),
    /// So many paths changed.
    Many(usize),
}

/// What to look at when these paths changed: they themselves, or everything when one of them
/// decides about others: the configuration (`also` names its files), a schema, or what says how
/// links are followed.
pub fn widen(
    repo: &Repo,
    config: &CheckConfig,
    changed: Changed,
    also: &[RepoPath],
) -> Result<(Scope, Option<Widened>), RepoError> {
    let count = changed.paths.len();
    if count > MANY {
        return Ok((Scope::All, Some(Widened::Many(count))));
    }
    let enabled = RULES
        .iter()
        .filter(|rule| config.selection.contains(rule.meta.slug));
    let following = enabled.filter(|rule| follows_links(rule));
    let mut patterns: Vec<&str> = SCHEMAS.to_vec();
    for pattern in following.flat_map(|rule| rule.meta.reads.iter().copied()) {
        for glob in repo.layout().resolve(pattern) {
            if !patterns.contains(&glob) {
                patterns.push(glob);
            }
        }
    }
    let globs = GlobSet::new(&patterns).map_err(|error| RepoError::Glob {
        kind: "rules".to_owned(),
        message: error.to_string(),
    })?;
    let decides = |path: &&RepoPath| {
        path.as_str() == "baton.toml" || also.contains(path) || globs.matches(path.as_str())
    };
    match changed.paths.iter().find(decides).cloned() {
        Some(path) => Ok((Scope::All, Some(Widened::By(path)))),
        None => Ok((Scope::Changed(changed), None)),
    }
}
