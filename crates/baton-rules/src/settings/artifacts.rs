//! Settings about artifacts and their templates.

use serde::Deserialize;

/// Settings about artifacts and their templates.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Artifacts {}
