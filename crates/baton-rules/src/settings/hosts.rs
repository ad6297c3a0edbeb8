//! Settings about the files that hosts of agents read.

use serde::Deserialize;

/// Settings about the files that hosts of agents read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Hosts {
    /// The characters a custom agent may have; without it those that GitHub takes.
    pub agent_characters: Option<usize>,
}
