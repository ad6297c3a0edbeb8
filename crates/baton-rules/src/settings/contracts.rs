//! Settings about texts that files must hold.

use baton_repo::contracts::Scope;
use serde::Deserialize;

use super::meta::Pattern;

/// Settings about texts that files must hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contracts {
    /// Texts that certain files must hold, besides those of the pack.
    pub required_text: Vec<RequiredText>,
}

/// What certain files must hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RequiredText {
    /// What the demand is called.
    pub id: String,
    /// Globs of the files; one that matches no file is a finding.
    pub files: Vec<String>,
    /// Texts that must all stand there.
    #[serde(default)]
    pub all: Vec<String>,
    /// Texts of which one must stand there.
    #[serde(default)]
    pub any: Vec<String>,
    /// Texts that may not stand there.
    #[serde(default)]
    pub none: Vec<String>,
    /// Where in the file: `front-matter`, `heading` or `line`; anywhere when nothing is said.
    #[serde(default)]
    pub scope: Option<Scope>,
    /// Paths of files in which a text counts as well.
    #[serde(default)]
    pub or_in: Vec<String>,
    /// A pattern; what its first group matches is looked at, instead of the whole.
    #[serde(default)]
    pub within: Option<Pattern>,
    /// What to do about it.
    #[serde(default)]
    pub message: Option<String>,
}
