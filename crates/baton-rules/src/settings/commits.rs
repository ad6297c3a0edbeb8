//! Settings about commit messages.

use std::collections::BTreeMap;

use baton_repo::commits::CommitRule;
use serde::Deserialize;

/// Settings about commit messages; what is not set is as commitlint's configuration or the pack
/// has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Commits {
    /// Judge by conventional commits although nothing else is configured.
    pub conventional: bool,
    /// Whether messages that git and servers write (merges, reverts, versions) are left alone.
    pub default_ignores: Option<bool>,
    /// Rules by the names that commitlint gives them: `"error always feat fix docs"`,
    /// `"warning 72"`, `"off"`.
    pub rules: BTreeMap<String, Told>,
    /// What begins the lines that git drops; the command asks git for it.
    #[serde(skip)]
    pub comment: Option<String>,
}

/// What a rule is told.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Told(pub CommitRule);

impl TryFrom<String> for Told {
    type Error = String;

    fn try_from(text: String) -> Result<Told, String> {
        CommitRule::parse(&text).map(Told)
    }
}
