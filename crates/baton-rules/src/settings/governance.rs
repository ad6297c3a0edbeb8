//! Settings about governance.

use serde::Deserialize;

/// Settings about governance.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Governance {
    /// Whether evidence that projects of earlier days do not have is only noted as missing.
    pub allow_legacy: bool,
}
