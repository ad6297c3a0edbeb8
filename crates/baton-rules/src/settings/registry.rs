//! Settings about registries of agents.

use serde::Deserialize;

/// Settings about registries of agents; what is not set is as the pack has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Registry {
    /// Whether every agent has to be registered.
    pub every_agent: Option<bool>,
}
