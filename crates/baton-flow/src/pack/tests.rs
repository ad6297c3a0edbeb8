//! The data of the pack, and the graph that goes with it.

use baton_repo::graph::Outcome;

use super::{runner, workflow_graph};
use crate::event::FailureCategory;

#[test]
fn the_graph_is_whole() {
    let loaded = workflow_graph();
    assert_eq!(loaded.errors, []);
    let graph = loaded.graph.unwrap();
    assert_eq!((graph.nodes.len(), graph.edges.len()), (16, 19));
    assert_eq!(graph.return_edges.len(), 16);
    let failing = graph.return_edges.iter();
    let failing = failing.filter(|edge| edge.opens_on(Outcome::Fail));
    assert_eq!(failing.count(), 2);
    let known =
        |edge: &&baton_repo::graph::Edge| edge.from.node.is_some() && edge.to.node.is_some();
    assert!(
        graph
            .edges
            .iter()
            .chain(&graph.return_edges)
            .all(|edge| known(&edge))
    );
}

#[test]
fn the_table_parses_and_names_every_step() {
    let facts = runner();
    let keys: Vec<&str> = facts.steps.iter().map(|step| step.key.as_str()).collect();
    assert_eq!(keys, ["1", "2", "3", "3_5", "4", "5", "6", "7"]);
    assert_eq!((facts.review.ceiling, facts.review.deep_ceiling), (2, 4));
    assert_eq!(facts.breaker.same_error, 3);
    assert_eq!(facts.breaker.categories[&FailureCategory::AuthExpired], 2);
    assert_eq!(facts.conductor("march"), "01-Conductor");
    assert_eq!(facts.conductor("june"), "01-Orchestrator");
    for (generation, node, track, expected) in [
        ("march", "step-4", "Bicep", Some("05b-Bicep Planner")),
        (
            "march",
            "STEP-4",
            "terraform",
            Some("05t-Terraform Planner"),
        ),
        ("march", "step-4", "", None),
        ("march", "step-1", "Bicep", None),
        ("june", "step-4", "Bicep", None),
    ] {
        assert_eq!(
            facts.agent(generation, node, track),
            expected,
            "{generation} {node}"
        );
    }
    let tier = |key| facts.tier_of_step(key).unwrap().name.as_str();
    assert_eq!(
        (tier("1"), tier("3_5"), tier("9")),
        ("primary", "heavy-api", "primary")
    );
    assert_eq!(facts.tier_of_role("review").unwrap().name, "review");
    let sidecars: Vec<_> = facts
        .steps
        .iter()
        .filter(|step| step.sidecar.is_some())
        .collect();
    assert_eq!(sidecars.len(), 4);
    assert!(sidecars.iter().all(|step| step.gating_artifact.is_some()));
}
