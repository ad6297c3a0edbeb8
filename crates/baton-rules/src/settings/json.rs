//! Settings about JSON files.

use serde::Deserialize;

/// Settings about JSON files.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Json {
    /// Schemas and the files they judge, besides those in the settings of editors.
    pub schemas: Vec<Mapping>,
}

/// A schema and the files it judges.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mapping {
    /// Paths and globs from the root; those after `!` are taken out again.
    #[serde(alias = "fileMatch")]
    pub file_match: Vec<String>,
    /// Path of the schema from the root.
    pub url: String,
}
