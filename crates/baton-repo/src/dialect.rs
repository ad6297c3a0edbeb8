//! Which format a file with a tree is in, told by its name.

use std::sync::OnceLock;

use baton_source::RepoPath;
use baton_syntax::glob::GlobSet;
use baton_syntax::json::Dialect;

use crate::Layout;

/// The formats of files that have a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, with or without comments.
    Json(Dialect),
    /// YAML, or whatever else there is.
    Yaml,
}

/// The globs of JSON with comments; made into a matcher when the first JSON file is asked about.
#[derive(Debug, Default)]
pub(crate) struct Dialects {
    with_comments: Vec<String>,
    matcher: OnceLock<Option<GlobSet>>,
}

impl Dialects {
    pub(crate) fn of(layout: &Layout) -> Dialects {
        let globs = layout.kinds.get("json-with-comments");
        Dialects {
            with_comments: globs.cloned().unwrap_or_default(),
            matcher: OnceLock::new(),
        }
    }

    pub(crate) fn format(&self, path: &RepoPath) -> Format {
        let name = path.name();
        let extension = name.rsplit_once('.').map(|(_, extension)| extension);
        if matches!(extension, Some("yml" | "yaml" | "md" | "bicep" | "tf")) {
            return Format::Yaml;
        }
        let matcher = self
            .matcher
            .get_or_init(|| GlobSet::new(&self.with_comments).ok());
        let is_listed = matcher
            .as_ref()
            .is_some_and(|globs| globs.matches(path.as_str()));
        if extension == Some("jsonc") || is_listed {
            return Format::Json(Dialect::WithComments);
        }
        match extension {
            Some("json") => Format::Json(Dialect::Strict),
            _ => Format::Yaml,
        }
    }
}
