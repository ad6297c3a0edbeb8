//! Policy maps: which property satisfies which policy; and the policies that were discovered.

use baton_source::{FileId, RepoPath};
use baton_syntax::node::Node;

use crate::iac_contract::items;
use crate::{File, FileReference, Repo, Text};

/// One map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyMap {
    /// The file.
    pub file: FileId,
    /// How much was asked of it: `light` or `full`.
    pub depth: Option<Text>,
    /// The policies, in the order in which they stand; those without an id are left out.
    pub policies: Vec<MappedPolicy>,
    /// The constraints it was made from.
    pub constraints: Option<FileReference>,
}

/// A policy that the code must satisfy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedPolicy {
    /// Its id.
    pub id: Text,
    /// What it does, such as `Deny`.
    pub effect: Option<Text>,
    /// Whether it says where the code must show that it is satisfied.
    pub has_evidence: bool,
    /// Whether there is a reason.
    pub has_rationale: bool,
}

/// A policy that was discovered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPolicy {
    /// Its id.
    pub id: Text,
    /// What it does, such as `deny`.
    pub effect: Text,
}

impl PolicyMap {
    /// Reads a map; `None` when it is no object.
    pub fn read(file: &File) -> Option<PolicyMap> {
        let root = file.node().filter(|root| root.is_mapping())?;
        Some(PolicyMap {
            file: file.id,
            depth: root.get("governance_depth").and_then(Text::read),
            policies: items(root, "policies").filter_map(mapped).collect(),
            constraints: root.get("constraints_ref").and_then(FileReference::read),
        })
    }

    /// Whether it speaks of a policy.
    pub fn names(&self, id: &str) -> bool {
        let mut policies = self.policies.iter();
        policies.any(|policy| is_same_policy(&policy.id.value, id))
    }
}

impl MappedPolicy {
    /// Whether resources that break it are refused.
    pub fn denies(&self) -> bool {
        self.effect.as_ref().is_some_and(denies)
    }
}

impl FoundPolicy {
    /// Whether resources that break it are refused.
    pub fn denies(&self) -> bool {
        denies(&self.effect)
    }
}

impl Repo {
    /// The policy maps in path order; files that are no objects are left out.
    pub fn policy_maps(&self) -> &[PolicyMap] {
        self.views.policy_maps.get_or_init(|| {
            let files = self.of_kind("policy-property-map");
            files.filter_map(PolicyMap::read).collect()
        })
    }

    /// The governance constraints beside a file.
    pub fn constraints_beside(&self, path: &RepoPath) -> Option<&File> {
        let mut files = self.of_kind("governance-json");
        files.find(|file| file.path.parent() == path.parent())
    }
}

/// The policies that governance constraints tell of, with their ids: one list of three keys
/// holds them, whichever version wrote it.
pub fn found_policies(constraints: &File) -> Vec<FoundPolicy> {
    let Some(root) = constraints.node() else {
        return Vec::new();
    };
    let lists = ["findings", "policies", "effective_policies"].into_iter();
    let found = lists.flat_map(|key| items(root, key));
    found.filter_map(discovered).collect()
}

/// Whether two ids mean one policy: case does not count, nor does the path before the last part
/// where only one of them has it.
pub fn is_same_policy(left: &str, right: &str) -> bool {
    let last = |id: &str| id.rsplit('/').next().unwrap_or(id).to_owned();
    let paths = left.contains('/') && right.contains('/');
    let (left, right) = if paths {
        (left.to_owned(), right.to_owned())
    } else {
        (last(left), last(right))
    };
    left.eq_ignore_ascii_case(&right)
}

fn mapped(node: &Node) -> Option<MappedPolicy> {
    let has = |key: &str| {
        let text = node.get(key).and_then(Node::as_str);
        text.is_some_and(|text| !text.trim().is_empty())
    };
    Some(MappedPolicy {
        id: Text::read(node.get("policy_id")?)?,
        effect: node.get("effect").and_then(Text::read),
        has_evidence: has("evidence_required"),
        has_rationale: has("rationale"),
    })
}

fn discovered(node: &Node) -> Option<FoundPolicy> {
    let first = |keys: &[&str]| keys.iter().find_map(|key| Text::read(node.get(key)?));
    Some(FoundPolicy {
        id: first(&["policy_id", "policyDefinitionId", "id"])?,
        effect: first(&["effect", "policyEffect"])?,
    })
}

fn denies(effect: &Text) -> bool {
    effect.value.eq_ignore_ascii_case("deny")
}

#[cfg(test)]
mod tests {
    use super::is_same_policy;

    #[test]
    fn an_id_is_the_same_with_and_without_its_path() {
        let path = "/providers/Microsoft.Authorization/policyDefinitions/404C3081";
        assert!(is_same_policy(path, "404c3081"));
        assert!(is_same_policy("a", "A"));
        assert!(!is_same_policy(path, "/subscriptions/1/404c3081"));
        assert!(!is_same_policy("a", "b"));
    }
}
