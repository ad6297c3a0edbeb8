//! From a tree to a graph. Never fails: what cannot be read is told with its place.

use std::collections::BTreeMap;

use baton_source::{Span, Spanned};
use baton_syntax::node::{Entry, Node};

use super::edges::{self, Edge, NodeRef};
use super::node::{self, GraphNode};
use super::reader::{Reader, present};
use super::{Format, Reviewers, WorkflowGraph, metadata, variants};

/// A graph as far as it could be read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The graph; `None` when its parts are missing or its version is refused.
    pub graph: Option<WorkflowGraph>,
    /// What could not be read, in the order of the text.
    pub errors: Vec<LoadError>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// What kind of part it is.
    pub kind: LoadErrorKind,
    /// Where it stands.
    pub span: Span,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
}

/// Parts of a graph that may be unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadErrorKind {
    /// The graph itself, its nodes or its edges: there is no graph.
    Section,
    /// The version: there is no graph.
    Version,
    /// The agents that carry reviews.
    Reviewers,
    /// A handoff target.
    HandoffTarget,
    /// A return edge.
    ReturnEdge,
    /// The label pattern of a return edge.
    LabelPattern,
    /// Any other field.
    Field,
}

impl Spanned for LoadError {
    fn span(&self) -> Span {
        self.span
    }
}

/// Reads a graph in any known shape.
pub fn load(root: &Node) -> Loaded {
    let mut reader = Reader::default();
    let graph = read(&mut reader, root);
    reader.errors.sort_by_key(|error| error.span);
    Loaded {
        graph,
        errors: reader.errors,
    }
}

fn read(reader: &mut Reader, root: &Node) -> Option<WorkflowGraph> {
    let (nodes, edges) = sections(reader, root)?;
    let format = match Format::detect(root) {
        Ok(format) => format,
        Err(version) => {
            let at = root
                .pointer("/metadata/version")
                .map_or(root.span, |node| node.span);
            let message = format!("the graph has version `{version}`, which nothing is known of");
            reader.error(LoadErrorKind::Version, at, message);
            return None;
        }
    };
    let is_array = format == Format::AlzArray;
    let mut graph = WorkflowGraph {
        format,
        span: root.span,
        nodes_key: nodes.key_span,
        nodes: read_nodes(reader, &nodes.value, format),
        edges: edges::forward(reader, &edges.value, is_array),
        return_edges: edges::backward(reader, root),
        reviewers: reviewers(reader, root, format),
        orchestrator_targets: targets(reader, root, "orchestrator_targets"),
        pseudo_targets: targets(reader, root, "ui_pseudo_targets"),
        metadata: metadata::read(reader, root),
        index: BTreeMap::new(),
    };
    for (number, node) in graph.nodes.iter().enumerate() {
        graph.index.entry(node.canonical.clone()).or_insert(number);
    }
    resolve(&mut graph);
    if is_array {
        variants::require_predecessors(&mut graph.nodes, &graph.edges);
    }
    Some(graph)
}

/// The entries of nodes and edges, when both have the right type.
fn sections<'n>(reader: &mut Reader, root: &'n Node) -> Option<(&'n Entry, &'n Entry)> {
    let kind = LoadErrorKind::Section;
    if !root.is_mapping() {
        reader.expected(kind, "the graph", ("an object", root));
        return None;
    }
    let mut found = [None, None];
    for (place, key) in found.iter_mut().zip(["nodes", "edges"]) {
        match root.entry(key) {
            None => {
                let at = Span::at(root.span.start as usize);
                reader.error(kind, at, format!("the graph has no `{key}`"));
            }
            Some(entry) if key == "nodes" && is_wrong_list(root, &entry.value) => {
                reader.expected(kind, key, ("an object", &entry.value));
            }
            Some(entry) if entry.value.is_sequence() => *place = Some(entry),
            Some(entry) if key == "nodes" && entry.value.is_mapping() => *place = Some(entry),
            Some(entry) if key == "nodes" => {
                reader.expected(kind, key, ("an object", &entry.value));
            }
            Some(entry) => reader.expected(kind, key, ("a list", &entry.value)),
        }
    }
    let [nodes, edges] = found;
    Some((nodes?, edges?))
}

/// Whether nodes are a list although the version is one in which they are an object.
fn is_wrong_list(root: &Node, nodes: &Node) -> bool {
    let version = root.pointer("/metadata/version").and_then(Node::as_str);
    nodes.is_sequence() && version.is_some_and(|version| version.starts_with("2."))
}

fn read_nodes(reader: &mut Reader, nodes: &Node, format: Format) -> Vec<GraphNode> {
    let mut read = Vec::new();
    if format == Format::AlzArray {
        for item in nodes.items() {
            if item.is_mapping() {
                read.extend(variants::read(reader, item));
            } else {
                reader.expected(
                    LoadErrorKind::Field,
                    "an item of `nodes`",
                    ("an object", item),
                );
            }
        }
        return read;
    }
    for entry in nodes.entries() {
        if !entry.value.is_mapping() {
            reader.expected(
                LoadErrorKind::Field,
                &entry.key,
                ("an object", &entry.value),
            );
        }
        read.push(node::read(reader, entry));
    }
    read
}

fn reviewers(reader: &mut Reader, root: &Node, format: Format) -> Option<Reviewers> {
    let entry = root.entry("challenger")?;
    let kind = LoadErrorKind::Reviewers;
    let value = &entry.value;
    if !value.is_mapping() {
        reader.expected(kind, "challenger", ("an object", value));
        return None;
    }
    for key in ["wrapper_agent", "review_subagent"] {
        let text = value.get(key).and_then(Node::as_str);
        if format.is_v2() && text.is_none_or(|text| text.trim().is_empty()) {
            let at = value.get(key).map_or(entry.key_span, |value| value.span);
            reader.error(kind, at, format!("`challenger` names no agent in `{key}`"));
        }
    }
    let text = |key| value.get(key).and_then(super::reader::text);
    Some(Reviewers {
        span: value.span,
        wrapper_agent: text("wrapper_agent"),
        review_subagent: text("review_subagent"),
    })
}

fn targets(reader: &mut Reader, root: &Node, key: &str) -> Vec<super::Text> {
    let kind = LoadErrorKind::HandoffTarget;
    if let Some(null) = root.get(key).filter(|value| value.is_null()) {
        reader.expected(kind, key, ("a list", null));
    }
    for item in present(root, key).map_or(&[][..], Node::items) {
        if item.as_str().is_some_and(|text| text.trim().is_empty()) {
            reader.error(kind, item.span, format!("an item of `{key}` is empty"));
        }
    }
    reader.texts_or(root, key, kind).unwrap_or_default()
}

/// Looks up every name of a node.
fn resolve(graph: &mut WorkflowGraph) {
    let index = &graph.index;
    let look_up = |name: &mut NodeRef| name.node = index.get(&name.canonical).copied();
    let ends = |edge: &mut Edge| {
        look_up(&mut edge.from);
        look_up(&mut edge.to);
    };
    graph.edges.iter_mut().for_each(ends);
    graph.return_edges.iter_mut().for_each(ends);
    for node in &mut graph.nodes {
        node.requires.iter_mut().for_each(look_up);
        let stays = node.preconditions.iter_mut();
        stays
            .filter_map(|check| check.stays_at.as_mut())
            .for_each(look_up);
    }
}
