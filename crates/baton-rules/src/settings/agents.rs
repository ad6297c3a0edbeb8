//! Settings about agent files.

use baton_repo::ModelFamily;
use serde::Deserialize;

/// Settings about agent files; what is not set is as the pack has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Agents {
    /// Keys every agent file must have.
    pub required_keys: Option<Vec<String>>,
    /// Keys an agent that people call ought to have.
    pub recommended_keys: Option<Vec<String>>,
    /// The longest description there may be, in UTF-16 code units.
    pub description_max: Option<usize>,
    /// The longest description there ought to be, in UTF-16 code units.
    pub description_long: Option<usize>,
    /// The longest body there may be, in lines.
    pub body_max_lines: Option<usize>,
    /// File names of main agents that people need not be able to call.
    pub non_invocable_main: Option<Vec<String>>,
    /// Which words count as absolute, and how many there may be.
    pub density: Option<Density>,
    /// Further families of models, which come before the pack's.
    pub model_families: Vec<ModelFamily>,
    /// The longest body of an agent for Claude that need not say how it keeps its context small.
    pub context_awareness_lines: Option<usize>,
}

/// Which words count as absolute, and how many there may be; what is not set is as the pack has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Density {
    /// The words, in their case.
    pub words: Option<Vec<String>>,
    /// The most there may be in 100 lines.
    pub max_per_100: Option<usize>,
    /// Lines that hold one of these, written in lower case, do not count; their own case is no matter.
    pub exclude: Option<Vec<String>>,
    /// Lines that hold one of these exactly do not count.
    pub exclude_exact: Option<Vec<String>>,
}
