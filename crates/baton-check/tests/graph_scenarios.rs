//! The acceptance scenarios of the workflow graph, by number, over graphs in `fixtures/graphs/`.
//!
//! Rules are named by the specification's identifiers, which stay when a rule is renamed.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_check::{CheckConfig, Report, Scope, check, select};
use baton_repo::graph::{Format, Outcome};
use baton_repo::{Date, Memory, Options, Repo};
use baton_rules::{RULES, Settings};
use baton_source::Severity;

const CURRENT: &str = include_str!("../../../fixtures/graphs/v2.3.json");
const OLDEST: &str = include_str!("../../../fixtures/graphs/v2.0-parent.json");
const FORK: &str = include_str!("../../../fixtures/graphs/v3.0-fork.json");
const ARRAY: &str = include_str!("../../../fixtures/graphs/alz-array.json");

const SHAPES: [(&str, &str); 7] = [
    ("2.0, split planners", OLDEST),
    (
        "2.0",
        include_str!("../../../fixtures/graphs/v2.0-unified.json"),
    ),
    ("2.1", include_str!("../../../fixtures/graphs/v2.1.json")),
    ("2.2", include_str!("../../../fixtures/graphs/v2.2.json")),
    ("2.3", CURRENT),
    ("3.0, fork", FORK),
    ("list", ARRAY),
];

fn judge(graph: &str) -> (Repo, Report) {
    let files = vec![("workflow-graph.json".to_owned(), graph.as_bytes().to_vec())];
    let repo = Repo::open(Arc::new(Memory::new(files)), &Options::default()).unwrap();
    let config = CheckConfig {
        selection: select(&["graph".to_owned()], &[]).unwrap(),
        levels: BTreeMap::new(),
        overrides: Vec::new(),
        settings: Settings::default(),
        baseline: None,
        standing: None,
        today: "2026-11-21".parse::<Date>().unwrap(),
    };
    let report = check(&repo, &config, &Scope::All).unwrap();
    assert_eq!(report.failures, []);
    (repo, report)
}

/// Identifiers and messages of what is found.
fn found(graph: &str) -> Vec<(Severity, Vec<&'static str>, String)> {
    let (_, report) = judge(graph);
    let finding = |finding: baton_source::Diagnostic| {
        let rule = RULES.iter().find(|rule| rule.meta.slug == finding.rule);
        let names = rule.map_or_else(Vec::new, |rule| rule.meta.aliases.to_vec());
        (finding.severity, names, finding.message)
    };
    report.findings.into_iter().map(finding).collect()
}

/// The message of the only finding of a rule.
fn only(graph: &str, rule: &str) -> String {
    let all = found(graph);
    let of_rule = all.iter().filter(|(_, names, _)| names.contains(&rule));
    let messages: Vec<&String> = of_rule.map(|(_, _, message)| message).collect();
    assert_eq!(messages.len(), 1, "{rule}: {all:?}");
    messages[0].clone()
}

fn edited(graph: &str, from: &str, to: &str) -> String {
    assert!(graph.contains(from), "{from}");
    graph.replacen(from, to, 1)
}

const LAST_EDGE: &str = r#"{"from": "gate-5", "to": "step-7", "condition": "on_complete"}"#;

fn with_edge(edge: &str) -> String {
    edited(CURRENT, LAST_EDGE, &format!("{LAST_EDGE}, {edge}"))
}

fn with_return_edge(edge: &str) -> String {
    edited(
        CURRENT,
        r#""return_edges": ["#,
        &format!(r#""return_edges": [{edge}, "#),
    )
}

#[test]
fn scenario_1_the_current_graph_is_clean() {
    let (repo, report) = judge(CURRENT);
    assert_eq!(report.findings, []);
    let graph = repo.graph().unwrap();
    assert_eq!((graph.nodes.len(), graph.edges.len()), (16, 19));
    assert_eq!(graph.format, Format::V2_3);
}

#[test]
fn scenario_2_an_id_that_is_not_the_key() {
    let graph = edited(CURRENT, r#""id": "step-7""#, r#""id": "step-8""#);
    assert_eq!(
        only(&graph, "graph/id-mismatch"),
        "the node `step-7` calls itself `step-8`"
    );
}

#[test]
fn scenario_3_a_cycle_is_named_whole() {
    let graph = with_edge(r#"{"from": "step-7", "to": "step-1", "condition": "on_complete"}"#);
    assert_eq!(
        only(&graph, "graph/cycle"),
        "the edges form the cycle step-1 → gate-1 → step-2 → gate-2 → step-3_5 → gate-2_5 → \
         step-4 → gate-3 → step-5b → gate-4 → step-6b → gate-5 → step-7 → step-1"
    );
}

#[test]
fn scenario_4_the_same_way_back_as_a_return_edge() {
    let graph = with_return_edge(
        r#"{"from": "step-7", "to": "step-1", "condition": "on_refine", "reason": "All over"}"#,
    );
    assert_eq!(found(&graph), []);
}

#[test]
fn scenario_5_a_return_edge_that_is_a_forward_edge() {
    let graph = with_return_edge(
        r#"{"from": "step-4", "to": "gate-3", "condition": "on_complete", "reason": "Again"}"#,
    );
    assert_eq!(
        only(&graph, "graph/return-duplicate"),
        "`step-4 → gate-3` on `on_complete` is a forward edge already"
    );
}

#[test]
fn scenario_6_versions() {
    let unknown = edited(CURRENT, r#""version": "2.3""#, r#""version": "3.0""#);
    let (repo, _) = judge(&unknown);
    assert!(repo.graph().is_none());
    assert_eq!(found(&unknown).len(), 1);
    only(&unknown, "graph/version-unknown");

    let (repo, _) = judge(OLDEST);
    let graph = repo.graph().unwrap();
    assert!(graph.find("step-3.5").is_some());
    assert_eq!(graph.find("step-3.5"), graph.find("step-3_5"));
    assert_eq!(found(OLDEST), []);
}

#[test]
fn scenario_7_nodes_as_a_list() {
    let (repo, _) = judge(ARRAY);
    let graph = repo.graph().unwrap();
    let gate = graph.find("gate-1").unwrap();
    assert!(
        graph
            .edges_from(gate)
            .all(|edge| edge.opens_on(Outcome::Complete))
    );
    let errors = found(ARRAY)
        .into_iter()
        .filter(|(severity, ..)| *severity == Severity::Error);
    assert_eq!(errors.count(), 0);
}

#[test]
fn scenario_8_a_track_without_a_way() {
    let without = CURRENT.lines().filter(|line| !line.contains("step-5t"));
    let graph = without.collect::<Vec<_>>().join("\n");
    assert_eq!(
        only(&graph, "graph/condition-coverage"),
        "nothing follows `gate-3` when `iac_tool` is `Terraform`"
    );
}

#[test]
fn scenario_9_a_gate_that_waits_for_both_tracks() {
    let gate = r#""requires": ["step-5b", "step-5t"], "name": "Code checked", "gate": "validation", "requires_mode": "any""#;
    let graph = edited(CURRENT, gate, &gate.replace("any", "all"));
    assert_eq!(
        only(&graph, "graph/join-mode"),
        "`gate-4` waits for `step-5b` and `step-5t`, of which only one can run"
    );
}

#[test]
fn scenario_10_a_way_past_a_gate() {
    let graph = with_edge(r#"{"from": "gate-2", "to": "step-4", "condition": "on_complete"}"#);
    assert_eq!(
        only(&graph, "graph/gate-bypass"),
        "the gate `gate-2_5` is avoided on the way step-1 → gate-1 → step-2 → gate-2 → step-4"
    );
}

#[test]
fn scenario_11_a_skip_condition_over_nothing() {
    let graph = edited(CURRENT, "constraints.count == 0", "weather == good");
    only(&graph, "graph/challenger-skip-field");
    assert!(
        found(&graph)
            .iter()
            .all(|(severity, ..)| *severity == Severity::Warning)
    );
}

#[test]
fn every_shape_is_judged() {
    for (name, graph) in SHAPES {
        let rules: Vec<&str> = judge(graph)
            .1
            .findings
            .iter()
            .map(|finding| finding.rule)
            .collect();
        let expected: &[&str] = match name {
            "3.0, fork" => &[
                "step-without-gate",
                "step-without-gate",
                "unsupported-graph-version",
            ],
            "list" => &["missing-graph-version"],
            _ => &[],
        };
        assert_eq!(rules, expected, "{name}");
    }
}

#[test]
fn no_cut_of_a_graph_makes_a_rule_panic() {
    for (_, graph) in SHAPES {
        let lines: Vec<&str> = graph.lines().collect();
        for left_out in 0..lines.len() {
            let mut kept = lines.clone();
            kept.remove(left_out);
            // What was the last item of a list must not end in a comma.
            let text = kept
                .join("\n")
                .replace(",\n  ]", "\n  ]")
                .replace(",\n  }", "\n  }");
            judge(&text);
        }
    }
}

#[test]
fn a_large_graph_is_judged_whole() {
    let size = 20_000;
    let node = |number: usize| {
        let requires = number
            .checked_sub(1)
            .map_or(String::new(), |before| format!("\"n{before}\""));
        let kind = if number & 1 == 0 {
            "gate"
        } else {
            "agent-step"
        };
        format!(
            r#""n{number}": {{"id": "n{number}", "type": "{kind}", "name": "N", "requires": [{requires}], "mutates": ["a"]}}"#
        )
    };
    let edge = |number: usize| {
        let next = (number + 1) % size;
        format!(r#"{{"from": "n{number}", "to": "n{next}", "condition": "on_complete"}}"#)
    };
    let nodes: Vec<String> = (0..size).map(node).collect();
    let edges: Vec<String> = (0..size).map(edge).collect();
    let skips: Vec<String> = (2..size)
        .map(|to| {
            format!(
                r#"{{"from": "n{}", "to": "n{to}", "condition": "on_complete"}}"#,
                to - 2
            )
        })
        .collect();
    let graph = format!(
        r#"{{"$schema": "", "description": "", "nodes": {{{}}}, "edges": [{}, {}]}}"#,
        nodes.join(","),
        edges.join(","),
        skips.join(",")
    );
    let (_, report) = judge(&graph);
    let cycles = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "graph-cycle");
    assert_eq!(cycles.count(), 1);
}
