//! Settings about agent files.

use serde::Deserialize;

/// Settings about agent files.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Agents {
    /// Keys every agent file must have.
    pub required_keys: Vec<String>,
}

impl Default for Agents {
    fn default() -> Agents {
        Agents {
            required_keys: ["name", "description", "user-invocable", "tools"]
                .map(str::to_owned)
                .to_vec(),
        }
    }
}
