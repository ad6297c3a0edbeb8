//! Settings about what instructions say.

use serde::Deserialize;

/// Settings about what instructions say.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Instructions {
    /// How many tokens an agent may load before it begins, estimated at four characters each.
    pub context_tokens: usize,
}

impl Default for Instructions {
    fn default() -> Instructions {
        Instructions {
            context_tokens: 40_000,
        }
    }
}
