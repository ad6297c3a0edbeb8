//! Tests of the loader over every known shape, and of the algorithms.

use baton_syntax::json::{self, Dialect};

use super::{
    Flow, Format, Loaded, MatrixKind, NodeKind, Outcome, RequiresMode, WorkflowGraph, ancestors,
    cycles, dominators, load, reachable, terminals, untangle,
};

fn loaded(text: &str) -> Loaded {
    let document = json::parse(text, Dialect::Strict);
    assert_eq!(document.errors, []);
    load(&document.root.unwrap())
}

fn graph(text: &str) -> WorkflowGraph {
    let loaded = loaded(text);
    assert_eq!(loaded.errors, []);
    loaded.graph.unwrap()
}

macro_rules! fixture {
    ($name:literal) => {
        graph(include_str!(concat!("../../../../fixtures/graphs/", $name)))
    };
}

#[test]
fn every_shape_loads() {
    for (graph, format, nodes, edges) in [
        (fixture!("v2.0-parent.json"), Format::V2_0, 17, 21),
        (fixture!("v2.0-unified.json"), Format::V2_0, 16, 19),
        (fixture!("v2.1.json"), Format::V2_1, 16, 19),
        (fixture!("v2.2.json"), Format::V2_2, 16, 19),
        (fixture!("v2.3.json"), Format::V2_3, 16, 19),
        (fixture!("v3.0-fork.json"), Format::V3Fork, 11, 10),
        (fixture!("alz-array.json"), Format::AlzArray, 9, 8),
    ] {
        assert_eq!(graph.format, format);
        assert_eq!((graph.nodes.len(), graph.edges.len()), (nodes, edges));
        let known = |edge: &super::Edge| edge.from.node.is_some() && edge.to.node.is_some();
        assert!(graph.edges.iter().all(known), "{format:?}");
        let required = graph.nodes.iter().flat_map(|node| &node.requires);
        assert!(required.clone().all(|required| required.node.is_some()));
    }
}

#[test]
fn spellings_of_one_identifier_are_equal() {
    let parent = fixture!("v2.0-parent.json");
    let dotted = parent.find("step-3.5").unwrap();
    assert_eq!(parent.find("STEP-3_5"), Some(dotted));
    assert_eq!(parent.id(dotted), "step-3.5");
    assert_eq!(parent.nodes[dotted].step_number(), Some("3_5"));
    let planner = parent.find("step-4b").unwrap();
    assert_eq!(parent.nodes[planner].step_number(), Some("4"));
}

#[test]
fn split_planners_exclude_each_other() {
    let parent = fixture!("v2.0-parent.json");
    let [bicep, terraform] = ["step-4b", "step-4t"].map(|id| parent.find(id).unwrap());
    assert!(parent.exclude(bicep, terraform));
    let gate = &parent.nodes[parent.find("gate-3").unwrap()];
    assert_eq!(gate.requires_mode, RequiresMode::Any);
    let values: Vec<&str> = parent
        .branches()
        .iter()
        .map(|branch| branch.value)
        .collect();
    assert_eq!(values, ["Bicep", "Terraform"]);
}

#[test]
fn every_kind_of_review_becomes_one() {
    let of =
        |graph: &WorkflowGraph, id: &str| graph.nodes[graph.find(id).unwrap()].challenger.clone();
    let new = fixture!("v2.3.json");
    let fixed = of(&new, "step-1").unwrap();
    assert!(fixed.fixed && fixed.enabled && !fixed.opt_in);
    assert_eq!(fixed.default.passes.unwrap().value, Some(1));
    let plan = of(&new, "step-4").unwrap();
    assert_eq!(plan.matrix.unwrap().kind, MatrixKind::OptIn);
    assert_eq!(plan.exit.unwrap().value, "all-passes-APPROVED");
    let design = of(&new, "step-3").unwrap();
    assert_eq!(design.scope.unwrap().value, "design-adr");
    assert_eq!(
        of(&new, "step-3_5").unwrap().skip_condition.unwrap().value,
        "constraints.count == 0"
    );
    assert!(of(&new, "step-7").is_none());
    let old = of(&fixture!("v2.0-parent.json"), "step-4b")
        .unwrap()
        .matrix
        .unwrap();
    assert_eq!((old.kind, old.tiers.len()), (MatrixKind::Complexity, 3));
    let fork = fixture!("v3.0-fork.json");
    assert!(!of(&fork, "step-2").unwrap().enabled);
    assert_eq!(fork.metadata.challenger_enabled, Some(false));
}

#[test]
fn both_spellings_of_a_machine_gate_are_one() {
    let graph = graph(
        r#"{"nodes": {"a": {"type": "gate", "gate": "validation"}, "b": {"type": "validation"},
            "c": {"type": "gate"}}, "edges": []}"#,
    );
    let kinds: Vec<NodeKind> = graph.nodes.iter().map(|node| node.kind).collect();
    assert_eq!(
        kinds,
        [NodeKind::MachineGate, NodeKind::MachineGate, NodeKind::Gate]
    );
}

#[test]
fn nodes_as_a_list_are_normalised() {
    let array = fixture!("alz-array.json");
    let node = |id: &str| &array.nodes[array.find(id).unwrap()];
    assert!(node("step-0").standalone && node("step-8").continuous);
    assert_eq!(node("step-1").name.as_ref().unwrap().value, "Ask");
    assert_eq!(node("step-4").requires[0].id.value, "gate-1");
    assert_eq!(node("step-7").kind, NodeKind::FanOut);
    assert_eq!(node("step-5").variants[1].subagents[0].value, "checker");
    assert_eq!(
        node("step-4").produces.as_ref().unwrap()[0].value,
        "04-plan.md"
    );
    let approved = array
        .edges_from(array.find("gate-1").unwrap())
        .next()
        .unwrap();
    assert!(approved.opens_on(Outcome::Complete));
}

#[test]
fn metadata_and_return_edges_are_read() {
    let graph = fixture!("v2.3.json");
    assert_eq!(graph.metadata.toggles[0].key.value, "pace");
    assert_eq!(graph.metadata.score_tiers[0].max_score, Some(1.5));
    let lock = graph.metadata.plan_lock.as_ref().unwrap();
    assert_eq!(
        lock.frozen_artifacts.as_ref().unwrap()[0].value,
        "04-plan.md"
    );
    assert_eq!(graph.return_edges.len(), 5);
    assert!(graph.return_edges[1].opens_on(Outcome::Fail));
    let gate = &graph.nodes[graph.find("gate-3").unwrap()];
    assert_eq!(
        gate.preconditions[0].stays_at.as_ref().unwrap().node,
        graph.find("step-4")
    );
}

#[test]
fn whatever_it_is_the_loader_says_where() {
    for (text, errors) in [
        ("[]", vec!["the graph must be an object, not a list"]),
        (
            "{}",
            vec!["the graph has no `nodes`", "the graph has no `edges`"],
        ),
        (
            r#"{"nodes": {}, "edges": 1}"#,
            vec!["`edges` must be a list, not a number"],
        ),
        (
            r#"{"nodes": {}, "edges": [], "metadata": {"version": "3.0"}}"#,
            vec!["the graph has version `3.0`, which nothing is known of"],
        ),
        (
            r#"{"nodes": {"a": 1, "b": {"requires": 1, "produces": [2]}}, "edges": [3]}"#,
            vec![
                "`a` must be an object, not a number",
                "`requires` must be a list, not a number",
                "an item of `produces` must be a string, not a number",
                "an item of `edges` must be an object, not a number",
            ],
        ),
        (
            r#"{"nodes": [1, {"id": null}], "edges": []}"#,
            vec![
                "an item of `nodes` must be an object, not a number",
                "the node has no `id`",
            ],
        ),
    ] {
        let found = loaded(text).errors;
        let messages: Vec<&str> = found.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages, errors, "{text}");
        assert!(
            found
                .iter()
                .all(|error| error.span.end as usize <= text.len())
        );
    }
}

#[test]
fn a_higher_minor_version_loads_and_a_higher_major_does_not() {
    for (version, loads) in [
        ("2.3", true),
        ("2.17", true),
        ("2.", false),
        ("2.x", false),
        ("4.0", false),
        ("1.0", false),
    ] {
        let text =
            format!(r#"{{"nodes": {{}}, "edges": [], "metadata": {{"version": "{version}"}}}}"#);
        assert_eq!(loaded(&text).graph.is_some(), loads, "{version}");
    }
}

fn flow(nodes: usize, edges: &[(usize, usize)]) -> Flow {
    Flow::from_edges(vec![true; nodes], edges.iter().copied())
}

#[test]
fn cycles_are_named_shortest_first_node_first() {
    for (nodes, edges, expected) in [
        (3, vec![(0, 1), (1, 2)], vec![]),
        (3, vec![(0, 1), (1, 2), (2, 0)], vec![vec![0, 1, 2]]),
        (2, vec![(1, 1)], vec![vec![1]]),
        (
            4,
            vec![(0, 1), (1, 0), (2, 3), (3, 2)],
            vec![vec![0, 1], vec![2, 3]],
        ),
        (
            4,
            vec![(0, 1), (1, 2), (2, 3), (3, 0), (1, 0)],
            vec![vec![0, 1]],
        ),
    ] {
        assert_eq!(cycles(&flow(nodes, &edges)), expected, "{edges:?}");
    }
}

#[test]
fn dominators_of_a_diamond() {
    let flow = flow(6, &[(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 5)]);
    let order = untangle(&flow, &[0]);
    let tree = dominators(&order, &[0]);
    for (gate, node, expected) in [
        (0, 5, true),
        (1, 4, true),
        (2, 4, false),
        (4, 5, true),
        (3, 5, false),
        (5, 4, false),
        (2, 2, true),
    ] {
        assert_eq!(tree.dominates(gate, node), expected, "{gate} {node}");
    }
    assert_eq!(terminals(&flow), [5]);
    assert_eq!(ancestors(&flow, 3), [true, true, false, true, false, false]);
    assert_eq!(
        reachable(&flow, &[3]),
        [false, false, false, true, true, true]
    );
}

#[test]
fn dominators_agree_with_the_definition() {
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..200 {
        let edges: Vec<(usize, usize)> = (0..16).map(|_| (random(10), random(10))).collect();
        let order = untangle(&flow(10, &edges), &[0]);
        let tree = dominators(&order, &[0]);
        let all = reachable(&order.flow, &[0]);
        for gate in 0..10 {
            let kept = (0..10).map(|node| node != gate).collect();
            let ends = (0..10).flat_map(|from| {
                order
                    .flow
                    .successors(from)
                    .iter()
                    .map(move |to| (from, *to))
            });
            let without = reachable(&Flow::from_edges(kept, ends), &[0]);
            for node in 0..10 {
                let expected = all[gate] && all[node] && !without[node];
                assert_eq!(
                    tree.dominates(gate, node),
                    expected,
                    "{edges:?} {gate} {node}"
                );
            }
        }
    }
}

#[test]
fn a_hundred_thousand_nodes_are_no_burden() {
    let nodes = 100_000;
    let mut edges: Vec<(usize, usize)> = (1..nodes).map(|node| (node - 1, node)).collect();
    edges.extend((2..nodes).map(|node| (node - 2, node)));
    let straight = flow(nodes, &edges);
    assert!(cycles(&straight).is_empty());
    let order = untangle(&straight, &[0]);
    assert_eq!(order.sequence.len(), nodes);
    let tree = dominators(&order, &[0]);
    assert!(tree.dominates(0, nodes - 1) && !tree.dominates(1, nodes - 1));
    assert!(
        ancestors(&straight, nodes - 1)
            .into_iter()
            .all(|is_before| is_before)
    );
    edges = (0..nodes).map(|node| (node, (node + 1) % nodes)).collect();
    assert_eq!(cycles(&flow(nodes, &edges)).len(), 1);
}
