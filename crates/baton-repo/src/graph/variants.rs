//! The shape in which nodes are a list and every node holds all tracks.
//!
//! It has no requirements of its own: they follow from the edges.

use baton_source::Span;
use baton_syntax::node::Node;

use super::challenger;
use super::edges::{Edge, Outcome};
use super::load::LoadErrorKind;
use super::node::{Gate, GateKind, GraphNode, NodeKind, RequiresMode, Variant, kind};
use super::reader::{Reader, present, text};
use super::{Text, canonical};

/// Reads one node of a list of nodes.
pub(super) fn read(reader: &mut Reader, node: &Node) -> Option<GraphNode> {
    let Some(id) = reader.text(node, "id") else {
        if present(node, "id").is_none() {
            reader.error(LoadErrorKind::Field, node.span, "the node has no `id`");
        }
        return None;
    };
    let type_text = node.get("type").and_then(text);
    let gate = approval(reader, node);
    let mut kind = kind(type_text.as_ref(), gate.as_ref());
    if kind == NodeKind::Step && reader.flag(node, "fan_out") {
        kind = NodeKind::FanOut;
    }
    let name = reader.text(node, "codename");
    let artifact = reader.text(node, "artifact");
    Some(GraphNode {
        span: node.span,
        canonical: canonical(&id.value),
        own_id: Some(id.clone()),
        id,
        kind,
        type_text,
        name: name.or_else(|| reader.text(node, "name")),
        agent: reader.text(node, "agent"),
        variants: variants(reader, node),
        requires: Vec::new(),
        requires_mode: RequiresMode::Any,
        requires_mode_span: None,
        condition: None,
        produces: artifact.map(|artifact| vec![artifact]),
        mutates: Vec::new(),
        gate,
        optional: reader.flag(node, "optional"),
        standalone: present(node, "triggered_by").is_some() || reader.flag(node, "standalone"),
        continuous: reader.flag(node, "continuous"),
        preconditions: Vec::new(),
        plan_readonly: false,
        frozen_inputs: None,
        parallel_substeps: None,
        challenger: challenger::read(reader, node),
    })
}

/// Makes every node require the nodes whose completion leads to it.
pub(super) fn require_predecessors(nodes: &mut [GraphNode], edges: &[Edge]) {
    for edge in edges {
        let Some(node) = edge.to.node.and_then(|to| nodes.get_mut(to)) else {
            continue;
        };
        let known = |known: &super::NodeRef| known.canonical == edge.from.canonical;
        if edge.opens_on(Outcome::Complete) && !node.requires.iter().any(known) {
            node.requires.push(edge.from.clone());
        }
    }
}

fn approval(reader: &mut Reader, node: &Node) -> Option<Gate> {
    let needs_approval = reader.flag(node, "approval_required");
    let span = node
        .get("approval_required")
        .map_or(node.span, |value| value.span);
    needs_approval.then(|| Gate {
        kind: Some(GateKind::Approval),
        text: named("approval", span),
    })
}

fn variants(reader: &mut Reader, node: &Node) -> Vec<Variant> {
    let Some(entry) = reader.object(node, "iac_variants") else {
        return Vec::new();
    };
    let mut variants = Vec::new();
    for track in entry.value.entries() {
        let (agent, subagents) = if track.value.is_mapping() {
            let agent = reader.text(&track.value, "agent");
            (agent, reader.texts(&track.value, "subagents"))
        } else {
            (reader.text(&entry.value, &track.key), None)
        };
        variants.push(Variant {
            track: named(&track.key, track.key_span),
            agent,
            subagents: subagents.unwrap_or_default(),
        });
    }
    variants
}

fn named(value: &str, span: Span) -> Text {
    Text {
        value: value.to_owned(),
        span,
    }
}
