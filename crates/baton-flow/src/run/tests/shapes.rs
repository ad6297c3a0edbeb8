//! Small graphs of shapes that users write: forks, joins, and what leads nowhere.

use serde_json::json;

use crate::RunState;
use crate::event::{ActorKind, RunEvent, Verdict};
use crate::plan::{self, NodeStatus};
use crate::story::{Story, document, load};

fn story(nodes: &str, edges: &[(&str, &str, &str)], back: &[(&str, &str, &str)]) -> Story {
    let list = |edges: &[(&str, &str, &str)]| {
        let edge = |(from, to, condition): &(&str, &str, &str)| json!({"from": from, "to": to, "condition": condition, "reason": "r"});
        serde_json::Value::from(edges.iter().map(edge).collect::<Vec<_>>())
    };
    let nodes: serde_json::Value = serde_json::from_str(nodes).unwrap();
    let text = json!({"nodes": nodes, "edges": list(edges), "return_edges": list(back)});
    Story::on(load(&text.to_string()))
}

const FORK: &str = r#"{
  "plan": {"type": "agent-step", "requires": []},
  "build": {"type": "agent-step", "requires": ["plan"]},
  "test": {"type": "agent-step", "requires": ["plan"]},
  "ship": {"type": "agent-step", "requires": ["build", "test"]}
}"#;

#[test]
fn branches_are_walked_one_after_the_other_and_joined() {
    let edges = [
        ("plan", "build", "on_complete"),
        ("plan", "test", "on_complete"),
        ("build", "ship", "on_complete"),
        ("test", "ship", "on_complete"),
    ];
    let mut all = story(FORK, &edges, &[]);
    all.until("finish");
    assert_eq!(all.seen, ["run plan", "run build", "run test", "run ship"]);
    let any = FORK.replace(
        "\"build\", \"test\"]",
        "\"build\", \"test\"], \"requires_mode\": \"any\"",
    );
    let mut any = story(&any, &edges, &[]);
    any.until("run test");
    assert_eq!(any.status("ship"), NodeStatus::Ready);
}

#[test]
fn what_is_left_out_leads_on_by_its_own_edge_or_else_as_if_complete() {
    let nodes = r#"{
      "a": {"type": "agent-step", "requires": [], "optional": true},
      "b": {"type": "agent-step", "requires": ["a"]},
      "c": {"type": "agent-step", "requires": ["a"]}
    }"#;
    let mut own = story(
        nodes,
        &[("a", "b", "on_complete"), ("a", "c", "on_skip")],
        &[],
    );
    own.until("finish");
    assert_eq!(own.seen, ["ask a", "run c"]);
    let mut none = story(
        nodes,
        &[("a", "b", "on_complete"), ("b", "c", "on_complete")],
        &[],
    );
    none.until("finish");
    assert_eq!(none.seen, ["ask a", "run b", "run c"]);
}

#[test]
fn what_leads_nowhere_is_said() {
    let one = r#"{"a": {"type": "agent-step", "requires": []}, "b": {"type": "agent-step", "requires": ["x"]}}"#;
    for (nodes, edges, expected) in [
        ("{}", vec![], "stuck "),
        (
            r#"{"a": {"type": "robot", "requires": []}}"#,
            vec![],
            "stuck a",
        ),
        (one, vec![("a", "b", "on_complete")], "stuck a"),
        (one, vec![("a", "b", "on_skip")], "stuck a"),
        (one, vec![("a", "b", "on_violation")], "finish"),
        (
            r#"{"a": {"type": "agent-step", "requires": ["a"]}}"#,
            vec![("a", "a", "on_complete")],
            "stuck ",
        ),
    ] {
        let mut story = story(nodes, &edges, &[]);
        if story.todo() == ["run a"] {
            story.obey();
        }
        assert_eq!(story.todo(), [expected], "{nodes} {edges:?}");
    }
}

const CHECKED: &str = r#"{
  "a": {"type": "agent-step", "requires": []},
  "b": {"type": "agent-step", "requires": ["a"]},
  "check": {"type": "validation", "requires": ["b"]},
  "c": {"type": "agent-step", "requires": ["check"]}
}"#;

#[test]
fn a_failed_check_goes_where_the_graph_says_or_to_the_step_before() {
    let edges = [
        ("a", "b", "on_complete"),
        ("b", "check", "on_complete"),
        ("check", "c", "on_complete"),
    ];
    for (back, expected) in [
        (vec![], "run b"),
        (vec![("check", "a", "on_fail")], "run a"),
        (vec![("check", "a", "on_refine")], "run b"),
    ] {
        let mut story = story(CHECKED, &edges, &back);
        story
            .until("validate check")
            .validate("check", Verdict::Fail);
        assert_eq!(story.todo(), [expected], "{back:?}");
    }
}

#[test]
fn a_failed_check_without_a_step_before_it_is_stuck() {
    let nodes = r#"{
      "check": {"type": "validation", "requires": []},
      "c": {"type": "agent-step", "requires": ["check"]}
    }"#;
    let mut story = story(nodes, &[("check", "c", "on_complete")], &[]);
    assert_eq!(story.todo(), ["validate check"]);
    story.validate("check", Verdict::Fail);
    assert_eq!(story.todo(), ["stuck check"]);
    assert_eq!(story.status("check"), NodeStatus::Failed);
}

#[test]
fn what_passed_and_fails_later_is_closed_again() {
    let edges = [
        ("a", "b", "on_complete"),
        ("b", "check", "on_complete"),
        ("check", "c", "on_complete"),
    ];
    let mut story = story(CHECKED, &edges, &[]);
    story
        .until("run c")
        .validate("check", Verdict::Inconclusive);
    assert_eq!(story.todo(), ["run c"]);
    story.validate("check", Verdict::Fail);
    assert_eq!(story.todo(), ["run b"]);
}

#[test]
fn a_project_without_a_record_cannot_begin() {
    let graph = crate::story::named("pack");
    let event = crate::Event {
        at: "2026-06-01T00:00:00Z".to_owned(),
        by: crate::story::actor("ann", ActorKind::Human),
        what: crate::What::Run(RunEvent::Started {
            graph: "g".to_owned(),
        }),
    };
    let (state, effects) = crate::step(&graph, &RunState::default(), &event);
    assert_eq!((state, effects.len()), (RunState::default(), 1));
    assert_eq!(crate::story::told(&effects[0]), "refused Conflict");
}

#[test]
fn gates_in_files_of_others_are_decided_again() {
    let graph = crate::story::named("pack");
    let mut state = RunState {
        document: document(),
        ..RunState::default()
    };
    crate::steps::edit(&mut state, "1", |step| {
        step.insert("status".to_owned(), json!("complete"));
    });
    state.document["decisions"]["iac_tool"] = json!("Bicep");
    let gate = crate::GateState {
        status: crate::GateStatus::Open,
        shown: None,
        approvals: Vec::new(),
        note: None,
        failures: 0,
        imported: true,
    };
    state.gates.insert("gate-1".to_owned(), gate);
    let todo: Vec<_> = plan::next(&graph, &state)
        .iter()
        .map(crate::story::told)
        .collect();
    assert_eq!(todo, ["present gate-1"]);
    state.gates.get_mut("gate-1").unwrap().imported = false;
    let todo: Vec<_> = plan::next(&graph, &state)
        .iter()
        .map(crate::story::told)
        .collect();
    assert_eq!(todo, ["run step-2"]);
}
