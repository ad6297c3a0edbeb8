//! Settings about what instructions say.

use serde::Deserialize;

/// Settings about what instructions say.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Instructions {
    /// How many tokens an agent may load before it begins, estimated at four characters each.
    pub context_tokens: usize,
    /// Keys of the front matter that must have a value; the pack's otherwise.
    pub required_keys: Option<Vec<String>>,
    /// Keys that it may have; the pack's otherwise.
    pub keys: Option<Vec<String>>,
    /// Parts of `applyTo` that tell files which are made later; the pack's otherwise.
    pub run_time_outputs: Option<Vec<String>>,
    /// Names of instructions that texts only give as examples; the pack's otherwise.
    pub examples: Option<Vec<String>>,
}

impl Default for Instructions {
    fn default() -> Instructions {
        Instructions {
            context_tokens: 40_000,
            required_keys: None,
            keys: None,
            run_time_outputs: None,
            examples: None,
        }
    }
}
