//! Policies that decide what a project may deploy, as they were discovered.

use baton_source::{FileId, Span, Spanned};
use baton_syntax::node::{Node, Value};

use crate::sku_manifest::Whole;
use crate::{File, Repo, Text};

/// The constraints of one project.
#[derive(Debug, Clone, PartialEq)]
pub struct GovernanceConstraints {
    /// The file.
    pub file: FileId,
    /// The outermost object.
    pub span: Span,
    /// How they were discovered.
    pub discovery: Option<Discovery>,
    /// The policies.
    pub policies: Vec<Policy>,
    /// Tags that every resource must have.
    pub tags_required: Vec<Text>,
    /// Where resources may be.
    pub allowed_locations: Vec<Text>,
}

/// How constraints were discovered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovery {
    /// The key.
    pub key: Span,
    /// Whether it came to an end.
    pub status: Option<Text>,
    /// When it happened.
    pub discovered_at: Option<Text>,
    /// For how many days it holds.
    pub ttl_days: Option<Whole>,
    /// What proves that nothing was left out.
    pub signature: Option<Text>,
}

/// One policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The whole entry.
    pub span: Span,
    /// What it is called.
    pub name: Option<Text>,
    /// What it does to what does not comply.
    pub effect: Option<Text>,
    /// The property it is about, with the kind of resource in front.
    pub property: Option<Text>,
    /// The value it demands.
    pub required_value: Option<Node>,
    /// Why a project need not comply.
    pub exemption: Option<Exemption>,
}

/// Why a project need not comply with a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// The key.
    pub key: Span,
    /// The last day on which that holds.
    pub expiry: Option<Text>,
}

impl GovernanceConstraints {
    /// Reads constraints; `None` when they are no object.
    fn read(file: &File) -> Option<GovernanceConstraints> {
        let root = file.node().filter(|root| root.is_mapping())?;
        let list = |key: &str| root.get(key).map(Node::items).unwrap_or_default();
        Some(GovernanceConstraints {
            file: file.id,
            span: root.span,
            discovery: discovery(root),
            policies: list("findings").iter().map(policy).collect(),
            tags_required: list("tags_required").iter().filter_map(tag).collect(),
            allowed_locations: list("allowed_locations")
                .iter()
                .filter_map(Text::read)
                .collect(),
        })
    }
}

fn discovery(root: &Node) -> Option<Discovery> {
    let entry = root.entry("discovery_metadata")?;
    if !entry.value.is_mapping() {
        return None;
    }
    let text = |key: &str| entry.value.get(key).and_then(Text::read);
    let ttl = entry.value.get("ttl_days");
    Some(Discovery {
        key: entry.span(),
        status: text("discovery_status"),
        discovered_at: text("discovered_at"),
        ttl_days: ttl.and_then(|node| {
            Some(Whole {
                value: node.as_i64()?,
                span: node.span,
            })
        }),
        signature: text("completeness_signature"),
    })
}

fn policy(node: &Node) -> Policy {
    let text = |key: &str| node.get(key).and_then(Text::read);
    let paths = ["azurePropertyPath", "bicepPropertyPath"];
    let required = node.get("required_value").filter(|node| !node.is_null());
    let exemption = node
        .entry("override")
        .filter(|entry| entry.value.is_mapping());
    Policy {
        span: node.span,
        name: text("display_name").or_else(|| text("policy_id")),
        effect: text("effect"),
        property: paths.into_iter().find_map(text),
        required_value: required.cloned(),
        exemption: exemption.map(|entry| Exemption {
            key: entry.span(),
            expiry: entry.value.get("expiry").and_then(Text::read),
        }),
    }
}

/// A tag, or an entry that has a name among other things.
fn tag(node: &Node) -> Option<Text> {
    match &node.value {
        Value::Mapping(_) => {
            let keys = ["name", "key", "tag"];
            let mut found = keys.into_iter().filter_map(|key| node.get(key));
            found.find_map(Text::read)
        }
        _ => Text::read(node),
    }
}

impl Repo {
    /// The sets of constraints in path order; files that are no objects are left out.
    pub fn governance_constraints(&self) -> &[GovernanceConstraints] {
        self.views.governance_constraints.get_or_init(|| {
            let files = self.of_kind("governance-json");
            files.filter_map(GovernanceConstraints::read).collect()
        })
    }

    /// The set of constraints in a file.
    pub fn constraints(&self, file: &File) -> Option<&GovernanceConstraints> {
        let all = self.governance_constraints();
        let at = all.binary_search_by_key(&file.id, |one| one.file);
        all.get(at.ok()?)
    }
}
