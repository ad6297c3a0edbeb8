//! Names of branches, and what a branch of a name may change, as the pack has it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Repo;
use crate::pack::by_generation;

/// What a repository expects of branches; nothing when it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BranchConventions {
    /// Branches that are not judged; a `/` at the end stands for all that begin so.
    pub exempt: Vec<String>,
    /// What a name may begin with.
    pub prefixes: Vec<String>,
    /// Folders, with a `/` at the end, and files that a branch with a prefix may change.
    pub scopes: BTreeMap<String, Vec<String>>,
}

impl Repo {
    /// What such a repository expects of branches.
    pub fn branch_conventions(&self) -> BranchConventions {
        let detection = &self.layout().detection;
        if detection.pack != "apex" {
            return BranchConventions::default();
        }
        let text = include_str!("../../../rules/packs/apex/git.toml");
        by_generation(text, &detection.generation).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::BranchConventions;
    use crate::pack::by_generation;

    #[test]
    fn the_table_parses() {
        let text = include_str!("../../../rules/packs/apex/git.toml");
        for generation in ["june", "april"] {
            let read: Option<BranchConventions> = by_generation(text, generation);
            assert!(
                read.is_some_and(|read| !read.scopes.is_empty()),
                "{generation}"
            );
        }
    }
}
