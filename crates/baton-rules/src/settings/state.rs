//! Settings about session state.

use serde::Deserialize;

/// Settings about session state.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct State {}
