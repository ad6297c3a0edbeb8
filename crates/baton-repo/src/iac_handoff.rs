//! Handoffs of infrastructure code: what the step that wrote it tells the one that deploys it.

use baton_source::{FileId, Span, Spanned};
use baton_syntax::node::Node;

use crate::iac_contract::items;
use crate::{File, FileReference, Repo, Text};

/// One handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IacHandoff {
    /// The file.
    pub file: FileId,
    /// The code it is about.
    pub tree: Option<HandedTree>,
    /// Where a deployment starts, from the root of the repository.
    pub entrypoint: Option<Text>,
    /// What came of checking the code, such as `APPROVED`.
    pub verdict: Option<Text>,
    /// The status with which the last check ended.
    pub exit_code: Option<ExitCode>,
    /// The policy map that the code follows.
    pub policy_map: Option<FileReference>,
    /// Which line satisfies which policy.
    pub rows: Vec<AttestedRow>,
}

/// A folder of code and what was in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedTree {
    /// The folder, from the root of the repository.
    pub root: Text,
    /// The digest of its files.
    pub value: Option<Text>,
    /// How many files it held, and where that stands.
    pub count: Option<(i64, Span)>,
}

/// The status with which a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExitCode {
    /// The status.
    pub value: i64,
    /// Where it stands.
    pub span: Span,
}

/// A line of code that satisfies a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestedRow {
    /// The policy.
    pub policy: Option<Text>,
    /// Whether the policy is said to be satisfied, and not to be of no concern.
    pub is_satisfied: bool,
    /// The file.
    pub path: Text,
    /// The line, from 1, and where that stands.
    pub line: Option<(i64, Span)>,
}

impl Spanned for ExitCode {
    fn span(&self) -> Span {
        self.span
    }
}

impl IacHandoff {
    /// Reads a handoff; `None` when it is no object.
    pub fn read(file: &File) -> Option<IacHandoff> {
        let root = file.node().filter(|root| root.is_mapping())?;
        let text = |pointer: &str| root.pointer(pointer).and_then(Text::read);
        let attestation = root.get("governance_attestation");
        let map = attestation.and_then(|node| FileReference::read(node.get("l1m_ref")?));
        let rows = attestation.into_iter().flat_map(|node| items(node, "rows"));
        let exit_code = root.pointer("/validation_summary/validate_gate/exit_code");
        Some(IacHandoff {
            file: file.id,
            tree: root.get("tree_hash").and_then(handed),
            entrypoint: text("/entrypoint/path"),
            verdict: text("/validation_summary/verdict"),
            exit_code: exit_code.and_then(|node| {
                let (value, span) = number(node)?;
                Some(ExitCode { value, span })
            }),
            policy_map: map,
            rows: rows.filter_map(row).collect(),
        })
    }

    /// Whether the code was approved.
    pub fn is_approved(&self) -> bool {
        let verdict = self.verdict.as_ref();
        verdict.is_some_and(|verdict| verdict.value == "APPROVED")
    }
}

impl Repo {
    /// The handoffs in path order; files that are no objects are left out.
    pub fn iac_handoffs(&self) -> &[IacHandoff] {
        self.views.iac_handoffs.get_or_init(|| {
            let files = self.of_kind("iac-handoff");
            files.filter_map(IacHandoff::read).collect()
        })
    }
}

fn handed(node: &Node) -> Option<HandedTree> {
    Some(HandedTree {
        root: Text::read(node.get("root")?)?,
        value: node.get("value").and_then(Text::read),
        count: node.get("file_count").and_then(number),
    })
}

fn row(node: &Node) -> Option<AttestedRow> {
    let place = node.get("iac_ref")?;
    let status = node.get("status").and_then(Node::as_str);
    Some(AttestedRow {
        policy: node.get("policy_id").and_then(Text::read),
        is_satisfied: status.is_none_or(|status| status == "satisfied"),
        path: Text::read(place.get("file")?)?,
        line: place.get("line").and_then(number),
    })
}

fn number(node: &Node) -> Option<(i64, Span)> {
    Some((node.as_i64()?, node.span))
}
