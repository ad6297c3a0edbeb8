//! Settings about infrastructure as code.

use serde::Deserialize;

/// Settings about infrastructure as code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Iac {
    /// Tag keys in the spelling they must have, such as `environment`; empty to demand none.
    pub tag_keys: Vec<String>,
}
