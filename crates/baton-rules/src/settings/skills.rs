//! Settings about skills.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Settings about skills; what is not set is as the pack has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Skills {
    /// The longest description there may be.
    pub description_max: Option<usize>,
    /// The longest description there ought to be.
    pub description_long: Option<usize>,
    /// The shortest description there ought to be.
    pub description_min: Option<usize>,
    /// How many lines `SKILL.md` ought to have at most.
    pub max_lines: Option<usize>,
    /// Skills that may be longer without references.
    pub oversized: Option<Vec<String>>,
    /// Skills that no agent, instruction or other skill need name.
    pub unlinked: Option<Vec<String>>,
    /// Old names of skills, and the new ones.
    pub retired: Option<BTreeMap<String, String>>,
    /// What descriptions may send readers to besides skills and agents.
    pub redirect_extra: Option<Vec<String>>,
    /// Keys of the front matter that somebody reads besides those of the known hosts.
    pub keys: Vec<String>,
}
