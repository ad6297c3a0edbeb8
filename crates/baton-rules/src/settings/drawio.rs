//! Settings about drawings.

use serde::Deserialize;

/// Settings about drawings of draw.io.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Drawio {
    /// Whether what makes a drawing hard to read is an error (`strict`) or a warning (`advisory`).
    pub rubric: Rubric,
    /// Fill colours that drawings of architectures may use; what is not set is as the pack has it.
    pub palette: Option<Vec<String>>,
}

/// How much the readability of a drawing matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rubric {
    /// Warnings.
    #[default]
    Advisory,
    /// Errors.
    Strict,
}
