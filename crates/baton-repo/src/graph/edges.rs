//! Edges: ways forward, ways back, and the outcomes that open them.

use baton_source::{Span, Spanned};
use baton_syntax::node::Node;

use super::Text;
use super::load::LoadErrorKind;
use super::reader::{Reader, node_ref, present, text};

/// The name of a node somewhere in the graph.
#[derive(Debug, Clone)]
pub struct NodeRef {
    /// As it is written; empty, at the place of the whole, when it is missing.
    pub id: Text,
    /// As it is compared.
    pub canonical: String,
    /// The number of the node; `None` when there is no such node.
    pub node: Option<usize>,
}

/// A way from one node to another.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The whole entry.
    pub span: Span,
    /// Where it leaves.
    pub from: NodeRef,
    /// Where it leads.
    pub to: NodeRef,
    /// The outcomes that open it; any one is enough.
    pub conditions: Vec<Condition>,
    /// The value of `condition`, or the whole entry when there is none.
    pub condition_span: Span,
    /// Why it exists.
    pub reason: Option<Text>,
    /// A regular expression for the button that takes it.
    pub label_pattern: Option<Text>,
}

/// An outcome as it is written.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What it means; `None` when it means nothing in this format.
    pub outcome: Option<Outcome>,
    /// As it is written; empty when it is not text.
    pub text: Text,
}

/// How a node ended, as far as edges tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Done; for a gate: approved or passed.
    Complete,
    /// Left out.
    Skip,
    /// Failed.
    Fail,
    /// Somebody asks for rework.
    Refine,
    /// A finding about the plan needs the architecture to change.
    ArchitectureMustFix,
    /// A review finds the architecture in conflict with governance.
    GovernanceConflict,
    /// A monitor found a violation.
    Violation,
}

impl Spanned for NodeRef {
    fn span(&self) -> Span {
        self.id.span
    }
}

impl Spanned for Edge {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Condition {
    fn span(&self) -> Span {
        self.text.span
    }
}

impl Edge {
    /// Whether an outcome opens it.
    pub fn opens_on(&self, outcome: Outcome) -> bool {
        self.conditions
            .iter()
            .any(|condition| condition.outcome == Some(outcome))
    }

    /// `from → to` as written, for a message.
    pub fn title(&self) -> String {
        format!("{} → {}", self.from.id.value, self.to.id.value)
    }
}

impl Outcome {
    /// The names of outcomes in a format.
    pub fn names(array: bool) -> &'static [(&'static str, Outcome)] {
        const OBJECT: &[(&str, Outcome)] = &[
            ("on_complete", Outcome::Complete),
            ("on_skip", Outcome::Skip),
            ("on_fail", Outcome::Fail),
            ("on_refine", Outcome::Refine),
            ("on_architecture_must_fix", Outcome::ArchitectureMustFix),
            (
                "on_must_fix_governance_conflict",
                Outcome::GovernanceConflict,
            ),
        ];
        const ARRAY: &[(&str, Outcome)] = &[
            ("on_complete", Outcome::Complete),
            ("on_approve", Outcome::Complete),
            ("on_skip", Outcome::Skip),
            ("on_fail", Outcome::Fail),
            ("on_refine", Outcome::Refine),
            ("on_violation", Outcome::Violation),
        ];
        if array { ARRAY } else { OBJECT }
    }
}

/// Reads the forward edges of a graph.
pub(super) fn forward(reader: &mut Reader, list: &Node, array: bool) -> Vec<Edge> {
    let mut edges = Vec::new();
    for item in list.items() {
        if item.is_mapping() {
            edges.push(edge(reader, item, array));
        } else {
            reader.expected(
                LoadErrorKind::Field,
                "an item of `edges`",
                ("an object", item),
            );
        }
    }
    edges
}

/// Reads the return edges of a graph.
pub(super) fn backward(reader: &mut Reader, root: &Node) -> Vec<Edge> {
    let Some(list) = present(root, "return_edges") else {
        return Vec::new();
    };
    let kind = LoadErrorKind::ReturnEdge;
    if !list.is_sequence() {
        reader.expected(kind, "return_edges", ("a list", list));
    }
    let mut edges = Vec::new();
    for item in list.items() {
        if !item.is_mapping() {
            reader.expected(kind, "an item of `return_edges`", ("an object", item));
            continue;
        }
        for key in ["from", "to", "reason"] {
            let missing = match item.get(key) {
                None => true,
                Some(value) => value.as_str().is_none_or(|text| text.trim().is_empty()),
            };
            if missing {
                let at = item.get(key).map_or(item.span, |value| value.span);
                let message = format!("the return edge has no text in `{key}`");
                reader.error(kind, at, message);
            }
        }
        edges.push(edge(reader, item, false));
    }
    edges
}

fn edge(reader: &mut Reader, item: &Node, array: bool) -> Edge {
    let condition = item.get("condition");
    let end = |key: &str| {
        let missing = || Text {
            value: String::new(),
            span: item.get(key).map_or(item.span, |value| value.span),
        };
        node_ref(item.get(key).and_then(text).unwrap_or_else(missing))
    };
    Edge {
        span: item.span,
        from: end("from"),
        to: end("to"),
        conditions: condition.map_or_else(Vec::new, |value| conditions(value, array)),
        condition_span: condition.map_or(item.span, |value| value.span),
        reason: item.get("reason").and_then(text),
        label_pattern: reader.text_or(item, "ui_label_pattern", LoadErrorKind::LabelPattern),
    }
}

fn conditions(value: &Node, array: bool) -> Vec<Condition> {
    let items = if value.is_sequence() {
        value.items()
    } else {
        std::slice::from_ref(value)
    };
    let condition = |item: &Node| {
        let names = Outcome::names(array);
        let text = text(item).unwrap_or_else(|| Text {
            value: String::new(),
            span: item.span,
        });
        let meaning = names.iter().find(|(name, _)| *name == text.value);
        Condition {
            outcome: meaning
                .map(|(_, outcome)| *outcome)
                .filter(|_| item.as_str().is_some()),
            text,
        }
    };
    items.iter().map(condition).collect()
}
