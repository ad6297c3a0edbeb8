//! Settings about shell commands in texts for agents.

use serde::Deserialize;

/// Settings about shell commands in texts for agents; what is not set is as the pack has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shell {
    /// Globs of files that show forbidden commands because they explain them.
    pub exempt: Option<Vec<String>>,
    /// Programs that many machines lack.
    pub unportable: Option<Vec<String>>,
    /// The folder that only file tools write to.
    pub artifact_folder: Option<String>,
    /// Whether `grep` under `set -e` is given something to do when it finds nothing.
    pub guarded_grep: Option<bool>,
}
