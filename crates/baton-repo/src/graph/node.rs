//! Nodes: steps and gates.

use baton_source::{Span, Spanned};
use baton_syntax::node::{Entry, Node};

use super::challenger::{self, Challenger};
use super::edges::NodeRef;
use super::load::LoadErrorKind;
use super::reader::{Reader, node_ref, present, text};
use super::{Text, canonical};

/// A step or a gate.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a field of the format and independent of the others"
)]
#[derive(Debug, Clone)]
pub struct GraphNode {
    /// The whole value.
    pub span: Span,
    /// The identifier others use: the key, or the field where nodes are a list.
    pub id: Text,
    /// The same in the form in which identifiers are compared.
    pub canonical: String,
    /// The field `id`.
    pub own_id: Option<Text>,
    /// What kind of node it is.
    pub kind: NodeKind,
    /// The field `type`.
    pub type_text: Option<Text>,
    /// The name people see.
    pub name: Option<Text>,
    /// Who does it.
    pub agent: Option<Text>,
    /// Who does it on one track, where nodes hold all tracks.
    pub variants: Vec<Variant>,
    /// The nodes that are finished before it starts.
    pub requires: Vec<NodeRef>,
    /// Whether all of them must be finished.
    pub requires_mode: RequiresMode,
    /// The value of `requires_mode`, when it is written.
    pub requires_mode_span: Option<Span>,
    /// When it takes part at all.
    pub condition: Option<NodeCondition>,
    /// Artifacts it creates; `None` when nothing is said.
    pub produces: Option<Vec<Text>>,
    /// Artifacts of earlier steps it may rewrite.
    pub mutates: Vec<Text>,
    /// The gate that follows it, or the gate it is.
    pub gate: Option<Gate>,
    /// Whether it may be skipped.
    pub optional: bool,
    /// Whether it starts a workflow of its own.
    pub standalone: bool,
    /// Whether it runs on and on.
    pub continuous: bool,
    /// What must hold before it is left or entered.
    pub preconditions: Vec<Precondition>,
    /// Whether it must not write the plan.
    pub plan_readonly: bool,
    /// Artifacts it only reads; `None` when nothing is said.
    pub frozen_inputs: Option<Vec<Text>>,
    /// What it does side by side; `None` when nothing is said.
    pub parallel_substeps: Option<Vec<Text>>,
    /// How its work is reviewed.
    pub challenger: Option<Challenger>,
}

/// Kinds of node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// One agent works.
    Step,
    /// Several agents work side by side.
    FanOut,
    /// A person decides.
    Gate,
    /// A program decides.
    MachineGate,
    /// Its type is none of the known ones.
    Unknown,
}

/// How many of the required nodes must be finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequiresMode {
    /// All of them.
    All,
    /// One of them.
    Any,
}

/// A gate at or after a node.
#[derive(Debug, Clone)]
pub struct Gate {
    /// Who decides; `None` when the kind is not known.
    pub kind: Option<GateKind>,
    /// As it is written.
    pub text: Text,
}

/// Who decides at a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateKind {
    /// A person.
    Approval,
    /// A program.
    Validation,
}

/// When a node takes part.
#[derive(Debug, Clone)]
pub struct NodeCondition {
    /// The whole value.
    pub span: Span,
    /// The field of the session state.
    pub field: Text,
    /// The value it must have.
    pub equals: Text,
}

/// Something that must hold.
#[derive(Debug, Clone)]
pub struct Precondition {
    /// The whole value.
    pub span: Span,
    /// Its short name.
    pub id: Option<Text>,
    /// The expression.
    pub check: Option<Text>,
    /// What happens when it does not hold.
    pub on_fail: Option<Text>,
    /// The node at which the workflow stays then.
    pub stays_at: Option<NodeRef>,
}

/// What differs on one track.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The track's key.
    pub track: Text,
    /// Who does it.
    pub agent: Option<Text>,
    /// Who else takes part.
    pub subagents: Vec<Text>,
}

impl NodeCondition {
    /// The decision it looks at, with or without the word before it.
    pub fn decision(&self) -> &str {
        let field = self.field.value.as_str();
        field.strip_prefix("decisions.").unwrap_or(field)
    }
}

impl Spanned for GraphNode {
    fn span(&self) -> Span {
        self.id.span
    }
}

impl GraphNode {
    /// Whether it is a gate of either kind.
    pub fn is_gate(&self) -> bool {
        matches!(self.kind, NodeKind::Gate | NodeKind::MachineGate)
    }

    /// Whether somebody works in it.
    pub fn is_step(&self) -> bool {
        matches!(self.kind, NodeKind::Step | NodeKind::FanOut)
    }

    /// The step's number as session states write it, such as `3_5`; the track's letter is left out.
    pub fn step_number(&self) -> Option<&str> {
        let number = self.canonical.strip_prefix("step-")?;
        let number = number.strip_suffix(['b', 't']).unwrap_or(number);
        let is_number = number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_');
        (is_number && !number.is_empty()).then_some(number)
    }
}

/// Reads one node of an object of nodes.
pub(super) fn read(reader: &mut Reader, entry: &Entry) -> GraphNode {
    let node = &entry.value;
    let id = Text {
        value: entry.key.clone(),
        span: entry.key_span,
    };
    let type_text = node.get("type").and_then(text);
    let gate = gate(reader, node);
    let mode = reader.text(node, "requires_mode");
    let requires = reader.texts(node, "requires").unwrap_or_default();
    GraphNode {
        span: node.span,
        canonical: canonical(&id.value),
        id,
        own_id: node.get("id").and_then(text),
        kind: kind(type_text.as_ref(), gate.as_ref()),
        type_text,
        name: reader.text(node, "name"),
        agent: reader.text(node, "agent"),
        variants: Vec::new(),
        requires: requires.into_iter().map(node_ref).collect(),
        requires_mode: match mode.as_ref().map(|mode| mode.value.as_str()) {
            Some("any") => RequiresMode::Any,
            _ => RequiresMode::All,
        },
        requires_mode_span: mode.map(|mode| mode.span),
        condition: condition(reader, node),
        produces: reader.texts(node, "produces"),
        mutates: reader.texts(node, "mutates").unwrap_or_default(),
        gate,
        optional: reader.flag(node, "optional"),
        standalone: false,
        continuous: false,
        preconditions: preconditions(reader, node),
        plan_readonly: reader.flag(node, "plan_readonly"),
        frozen_inputs: reader.texts(node, "frozen_inputs"),
        parallel_substeps: reader.texts(node, "parallel_substeps"),
        challenger: challenger::read(reader, node),
    }
}

/// The kind of a node; both spellings of a machine gate are one.
pub(super) fn kind(type_text: Option<&Text>, gate: Option<&Gate>) -> NodeKind {
    let validates = gate.is_some_and(|gate| gate.kind == Some(GateKind::Validation));
    match type_text.map(|text| text.value.as_str()) {
        Some("agent-step") => NodeKind::Step,
        Some("subagent-fan-out") => NodeKind::FanOut,
        Some("validation") => NodeKind::MachineGate,
        Some("gate") if validates => NodeKind::MachineGate,
        Some("gate") => NodeKind::Gate,
        _ => NodeKind::Unknown,
    }
}

fn gate(reader: &mut Reader, node: &Node) -> Option<Gate> {
    let text = reader.text(node, "gate")?;
    let kind = match text.value.as_str() {
        "approval" => Some(GateKind::Approval),
        "validation" => Some(GateKind::Validation),
        _ => None,
    };
    if kind.is_none() {
        let message = format!(
            "`gate` must be `approval` or `validation`, not `{}`",
            text.value
        );
        reader.error(LoadErrorKind::Field, text.span, message);
    }
    Some(Gate { kind, text })
}

fn condition(reader: &mut Reader, node: &Node) -> Option<NodeCondition> {
    let value = &reader.object(node, "condition")?.value;
    let field = reader.text(value, "field");
    let equals = reader.text(value, "equals");
    for (key, text) in [("field", &field), ("equals", &equals)] {
        if text.is_none() && present(value, key).is_none() {
            let message = format!("the condition lacks `{key}`");
            reader.error(LoadErrorKind::Field, value.span, message);
        }
    }
    Some(NodeCondition {
        span: value.span,
        field: field?,
        equals: equals?,
    })
}

fn preconditions(reader: &mut Reader, node: &Node) -> Vec<Precondition> {
    let Some(list) = present(node, "preconditions") else {
        return Vec::new();
    };
    if !list.is_sequence() {
        reader.expected(LoadErrorKind::Field, "preconditions", ("a list", list));
    }
    let read = |item: &Node| {
        let on_fail = reader.text(item, "on_fail");
        let stays_at = on_fail.as_ref().and_then(|text| {
            let id = text.value.strip_prefix("stay-at-")?.to_owned();
            Some(node_ref(Text {
                value: id,
                span: text.span,
            }))
        });
        Precondition {
            span: item.span,
            id: reader.text(item, "id"),
            check: reader.text(item, "check"),
            on_fail,
            stays_at,
        }
    };
    list.items().iter().map(read).collect()
}
