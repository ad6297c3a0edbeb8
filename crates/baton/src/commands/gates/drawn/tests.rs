//! Drawings of a small workflow.

use super::{Drawing, Edge, Node, dot, mermaid, svg, value};

fn node(id: &str, status: Option<&'static str>) -> Node {
    Node {
        id: id.to_owned(),
        name: format!("The \"{id}\" & <more>"),
        kind: if id.starts_with("gate") {
            "gate"
        } else {
            "step"
        },
        is_gate: id.starts_with("gate"),
        status,
    }
}

fn edge(from: usize, to: usize, label: &str) -> Edge {
    Edge {
        from,
        to,
        label: label.to_owned(),
        is_back: from >= to,
    }
}

fn drawing() -> Drawing {
    Drawing {
        nodes: vec![
            node("step-1", Some("complete")),
            node("gate-1", Some("awaiting approval")),
            node("step-2b", Some("pending")),
            node("step-2t", Some("not applicable")),
        ],
        edges: vec![
            edge(0, 1, ""),
            edge(1, 2, ""),
            edge(1, 3, "on_skip"),
            edge(2, 0, "on_fail"),
        ],
    }
}

#[test]
fn a_picture_is_well_formed_and_always_the_same() {
    let text = svg::svg(&drawing());
    assert_eq!(text, svg::svg(&drawing()));
    let xml = baton_syntax::xml::parse(&text);
    assert!(xml.errors.is_empty(), "{:?}", xml.errors);
    for part in [
        "awaiting approval",
        "not applicable",
        "The &quot;step-1&quot; &amp; &lt;more&gt;",
        "stroke-dasharray",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(text.matches("<rect").count(), 5);
}

#[test]
fn rows_follow_the_ways_forward() {
    assert_eq!(
        super::layers::rows(&drawing()),
        [vec![0], vec![1], vec![2, 3]]
    );
    let mut circle = drawing();
    circle.edges.push(Edge {
        is_back: false,
        ..edge(2, 0, "")
    });
    assert_eq!(super::layers::rows(&circle).concat().len(), 4);
}

#[test]
fn text_formats_name_nodes_ways_and_statuses() {
    let text = mermaid(&drawing());
    assert!(
        text.starts_with("flowchart TD\n    n0[\"step-1<br/>"),
        "{text}"
    );
    assert!(text.contains("n1{{\"gate-1<br/>"), "{text}");
    assert!(text.contains("n1 -->|\"on_skip\"| n3") && text.contains("n2 -.->|\"on_fail\"| n0"));
    let text = dot(&drawing());
    assert!(
        text.contains("\"step-2b\" -> \"step-1\" [label=\"on_fail\", style=dashed"),
        "{text}"
    );
    assert!(
        text.contains("\\nawaiting approval\", shape=hexagon"),
        "{text}"
    );
    let value = value(&drawing());
    assert_eq!(value["nodes"][1]["status"], "awaiting approval");
    assert_eq!(value["edges"][3]["back"], true);
}
