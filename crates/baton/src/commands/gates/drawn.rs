//! `baton graph`: the workflow as Mermaid, SVG, Graphviz or JSON, with where a project stands.

mod layers;
mod svg;

use anyhow::Result;
use baton_flow::plan;
use baton_repo::graph::{Condition, NodeKind, Outcome};
use serde_json::{Value, json};

use super::super::print;
use super::desk::Desk;
use super::status::{word, write_json};
use crate::cli::{GraphArgs, GraphFormat};
use crate::exit::Verdict;

/// A workflow as it is drawn.
pub(super) struct Drawing {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

/// A step or a gate.
pub(super) struct Node {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) is_gate: bool,
    /// The word for its status; `None` when no project is shown.
    pub(super) status: Option<&'static str>,
}

/// A way, by the numbers of its nodes.
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: String,
    pub(super) is_back: bool,
}

/// `baton graph`.
pub(crate) fn graph(args: &GraphArgs) -> Result<Verdict> {
    let desk = Desk::open()?;
    let drawing = drawing(&desk, args.project.as_deref())?;
    match args.format {
        GraphFormat::Json => print(|out| write_json(out, &value(&drawing)))?,
        format => {
            let text = match format {
                GraphFormat::Svg => svg::svg(&drawing),
                GraphFormat::Dot => dot(&drawing),
                GraphFormat::Mermaid | GraphFormat::Json => mermaid(&drawing),
            };
            print(|out| out.write_all(text.as_bytes()))?;
        }
    }
    Ok(Verdict::Clean)
}

fn drawing(desk: &Desk, project: Option<&str>) -> Result<Drawing> {
    let state = project.map(|name| desk.project(name)).transpose()?;
    let state = state.map(|(_, state)| state);
    let graph = &desk.graph;
    let nodes = graph.nodes.iter().enumerate().map(|(number, node)| Node {
        id: node.id.value.clone(),
        name: node
            .name
            .as_ref()
            .map_or(String::new(), |name| name.value.clone()),
        kind: match node.kind {
            NodeKind::Step => "step",
            NodeKind::FanOut => "fan-out",
            NodeKind::Gate => "gate",
            NodeKind::MachineGate => "machine-gate",
            NodeKind::Unknown => "unknown",
        },
        is_gate: node.is_gate(),
        status: state
            .as_ref()
            .map(|state| word(plan::status(graph, state, number))),
    });
    let forward = graph.edges.iter().map(|edge| (edge, false));
    let back = graph.return_edges.iter().map(|edge| (edge, true));
    let edges = forward.chain(back).filter_map(|(edge, is_back)| {
        Some(Edge {
            from: edge.from.node?,
            to: edge.to.node?,
            label: label(&edge.conditions),
            is_back,
        })
    });
    Ok(Drawing {
        nodes: nodes.collect(),
        edges: edges.collect(),
    })
}

/// What opens a way; completion goes without saying.
fn label(conditions: &[Condition]) -> String {
    let words = conditions
        .iter()
        .filter(|one| one.outcome != Some(Outcome::Complete));
    let words: Vec<&str> = words.map(|one| one.text.value.as_str()).collect();
    words.join(", ")
}

fn value(drawing: &Drawing) -> Value {
    let nodes = drawing.nodes.iter().map(|node| {
        json!({ "id": node.id, "name": node.name, "kind": node.kind, "status": node.status })
    });
    let id = |number: usize| drawing.nodes.get(number).map(|node| &node.id);
    let edges = drawing.edges.iter().map(|edge| {
        json!({ "from": id(edge.from), "to": id(edge.to), "condition": edge.label, "back": edge.is_back })
    });
    let (nodes, edges): (Vec<Value>, Vec<Value>) = (nodes.collect(), edges.collect());
    json!({ "version": 1, "nodes": nodes, "edges": edges })
}

/// The colour behind a status, and that of its border; the word is always there too.
pub(super) fn colors(status: Option<&str>) -> (&'static str, &'static str) {
    match status {
        Some("complete") => ("#dff3e4", "#2f7d4f"),
        Some("running" | "ready") => ("#dfeafb", "#2c5fa8"),
        Some("awaiting approval") => ("#fdf0cd", "#9a6b00"),
        Some("failed" | "blocked") => ("#fbdfdd", "#a8322c"),
        Some("skipped" | "not applicable") => ("#eeeeee", "#777777"),
        _ => ("#ffffff", "#444444"),
    }
}

fn mermaid(drawing: &Drawing) -> String {
    let mut lines = vec!["flowchart TD".to_owned()];
    let plain = |text: &str| text.replace(['"', '\n', '<', '>'], "'");
    for (number, node) in drawing.nodes.iter().enumerate() {
        let status = node
            .status
            .map_or(String::new(), |status| format!("<br/>{status}"));
        let text = format!("\"{}<br/>{}{status}\"", plain(&node.id), plain(&node.name));
        let (open, close) = if node.is_gate {
            ("{{", "}}")
        } else {
            ("[", "]")
        };
        lines.push(format!("    n{number}{open}{text}{close}"));
    }
    for edge in &drawing.edges {
        let arrow = if edge.is_back { "-.->" } else { "-->" };
        let label = match edge.label.as_str() {
            "" => String::new(),
            label => format!("|\"{}\"|", plain(label)),
        };
        lines.push(format!("    n{} {arrow}{label} n{}", edge.from, edge.to));
    }
    for (number, node) in drawing.nodes.iter().enumerate() {
        if node.status.is_some() {
            let (fill, stroke) = colors(node.status);
            lines.push(format!(
                "    style n{number} fill:{fill},stroke:{stroke},color:#111111"
            ));
        }
    }
    lines.join("\n") + "\n"
}

fn dot(drawing: &Drawing) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut lines = vec!["digraph workflow {".to_owned()];
    lines.push("    node [style=filled, fontname=\"sans-serif\"];".to_owned());
    let id = |number: usize| {
        drawing
            .nodes
            .get(number)
            .map_or("", |node| node.id.as_str())
    };
    for node in &drawing.nodes {
        let shape = if node.is_gate { "hexagon" } else { "box" };
        let (fill, stroke) = colors(node.status);
        let status = node
            .status
            .map_or(String::new(), |status| format!("\n{status}"));
        let label = quoted(&format!("{}\n{}{status}", node.id, node.name)).replace('\n', "\\n");
        lines.push(format!(
            "    {} [label={label}, shape={shape}, fillcolor=\"{fill}\", color=\"{stroke}\"];",
            quoted(&node.id)
        ));
    }
    for edge in &drawing.edges {
        let style = if edge.is_back { "dashed" } else { "solid" };
        let constraint = !edge.is_back;
        lines.push(format!(
            "    {} -> {} [label={}, style={style}, constraint={constraint}];",
            quoted(id(edge.from)),
            quoted(id(edge.to)),
            quoted(&edge.label)
        ));
    }
    lines.push("}".to_owned());
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests;
