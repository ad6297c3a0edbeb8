//! Settings about the workflow graph.

use serde::Deserialize;

/// Settings about the workflow graph.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Graph {}
