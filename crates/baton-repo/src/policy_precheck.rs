//! What the policies said just before a deployment.

use baton_source::{FileId, Span};
use baton_syntax::node::Node;

use crate::{File, Text};

/// The newest shape; every other one counts as the first.
const NEWEST: &str = "policy-precheck-v2";

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPrecheck {
    /// The file.
    pub file: FileId,
    /// Whether it has the second shape, in which the gate follows from the rest.
    pub has_gate: bool,
    /// Its `status`.
    pub status: Option<Text>,
    /// Its `deploy_gate`.
    pub gate: Option<Text>,
    /// What blocks the deployment.
    pub blocker: Option<Span>,
    /// The status of the discovery, when it says that this is too old.
    pub stale: Option<Span>,
    /// How much what is deployed differs from what the policies demand.
    pub drift: Option<Text>,
    /// The place that says that the difference is accepted.
    pub drift_accepted: Option<Span>,
}

impl PolicyPrecheck {
    /// Reads a report; `None` when it is no object.
    pub fn read(file: &File) -> Option<PolicyPrecheck> {
        let root = file.node().filter(|root| root.is_mapping())?;
        let version = root.get("schema_version").and_then(Node::as_str);
        let drift = root.get("drift_signal");
        let accepted = drift.and_then(|drift| drift.get("accepted_by_residual_drift_policy"));
        let accepted = accepted.filter(|node| node.as_bool() == Some(true));
        let envelope = root.get("attestation");
        let envelope = envelope.and_then(|node| node.get("envelope_status"));
        let stale = envelope.filter(|node| node.as_str() == Some("STALE"));
        let text = |key: &str| root.get(key).and_then(Text::read);
        Some(PolicyPrecheck {
            file: file.id,
            has_gate: version == Some(NEWEST),
            status: text("status"),
            gate: text("deploy_gate"),
            blocker: blocker(root),
            stale: stale.map(|node| node.span),
            drift: drift
                .and_then(|node| node.get("severity"))
                .and_then(Text::read),
            drift_accepted: accepted.map(|node| node.span),
        })
    }

    /// Whether its status is a word.
    pub fn is(&self, status: &str) -> bool {
        self.status.as_ref().is_some_and(|own| own.value == status)
    }
}

/// A policy that will block, or a violation that the preview counted.
fn blocker(root: &Node) -> Option<Span> {
    let policies = root.get("policies_that_will_block_deploy");
    let policy = policies.and_then(|list| list.items().first());
    let summary = root.get("what_if_summary");
    let count = summary.and_then(|node| node.get("policy_violations_in_what_if"));
    let count = count.filter(|node| node.as_f64().is_some_and(|count| count > 0.0));
    policy.or(count).map(|node| node.span)
}
