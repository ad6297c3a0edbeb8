//! Settings about links.

use serde::Deserialize;

/// Settings about links.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Links {
    /// What the `ignorePatterns` of markdown-link-check's configuration keep from being judged.
    pub ignored: Ignored,
}

/// What patterns of ignored links are heard about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ignored {
    /// Any link, as markdown-link-check reads them.
    #[default]
    All,
    /// Links on the web: those inside the repository are judged whatever the patterns say.
    Web,
}
