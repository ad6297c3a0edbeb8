//! Settings about branches.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Settings about branches; what is not set is as the pack has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Git {
    /// Branches that are not judged; a `/` at the end stands for all that begin so.
    pub exempt: Option<Vec<String>>,
    /// What a branch's name may begin with.
    pub prefixes: Option<Vec<String>>,
    /// Folders (with a `/` at the end) and files that a branch with a prefix may change.
    pub scopes: Option<BTreeMap<String, Vec<String>>>,
}
