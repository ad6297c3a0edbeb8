//! What blocks a gate, one cause at a time.

use std::sync::Arc;

use baton_repo::graph;
use baton_repo::{Memory, Options, Repo};
use baton_syntax::json::{self, Dialect};
use serde_json::{Value, json};

use super::{Standing, standing};
use crate::event::{Actor, ActorKind, FailureCategory, ReviewVerdict};
use crate::staleness::{Changed, Stale};
use crate::state::{Approval, Breaker, GateState, GateStatus, Trip, Work};
use crate::{RunState, Subject, subject};

const GRAPH: &str = r#"{
  "nodes": {
    "step-4": {"id": "step-4", "type": "agent-step", "name": "Plan", "agent": "a", "requires": [],
      "produces": ["04-implementation-plan.md"],
      "challenger": {"passes": 1, "lenses": ["comprehensive"], "exit_criteria": "all-passes-APPROVED"}},
    "gate-3": {"id": "gate-3", "type": "gate", "name": "G3", "requires": ["step-4"], "gate": "approval",
      "preconditions": [{"id": "said", "check": "decisions.said present", "on_fail": "stay-at-step-4"}]},
    "step-6b": {"id": "step-6b", "type": "agent-step", "name": "B", "agent": "b", "requires": ["gate-3"],
      "condition": {"field": "decisions.iac_tool", "equals": "Bicep"}},
    "step-6t": {"id": "step-6t", "type": "agent-step", "name": "T", "agent": "t", "requires": ["gate-3"],
      "condition": {"field": "decisions.iac_tool", "equals": "Terraform"}},
    "gate-5": {"id": "gate-5", "type": "gate", "name": "G5", "requires": ["step-6b", "step-6t"],
      "requires_mode": "any", "gate": "approval"}
  },
  "edges": [
    {"from": "step-4", "to": "gate-3", "condition": "on_complete"},
    {"from": "gate-3", "to": "step-6b", "condition": "on_complete"},
    {"from": "gate-3", "to": "step-6t", "condition": "on_complete"},
    {"from": "step-6b", "to": "gate-5", "condition": "on_complete"},
    {"from": "step-6t", "to": "gate-5", "condition": "on_complete"}
  ],
  "metadata": {"version": "2.3", "iac_tracks": ["Bicep", "Terraform"]}
}"#;

const PLAN: (&str, &str) = ("agent-output/shop/04-implementation-plan.md", "# Plan\n");
const REVIEW: &str = "agent-output/shop/challenge-findings-plan.json";

fn state(step_4: &str) -> RunState {
    let document = json!({
        "decisions": {"iac_tool": "Bicep", "said": "yes"},
        "steps": {"4": {"status": step_4}, "6": {"status": "in_progress"}},
    });
    RunState {
        document: document.as_object().unwrap().clone(),
        ..RunState::default()
    }
}

fn look(gate: &str, state: &RunState, files: &[(&str, &str)], stale: &[Stale]) -> Standing {
    let root = json::parse(GRAPH, Dialect::Strict).root.unwrap();
    let graph = graph::load(&root).graph.unwrap();
    let source = Memory::new(files.iter().copied());
    let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
    let subject = Subject {
        repo: &repo,
        graph: &graph,
        artifacts: "agent-output",
        project: "shop",
        track: subject::track(&graph, &state.document),
    };
    standing((&subject, state), stale, gate).unwrap()
}

fn blockers(state: &RunState, review: &str) -> Vec<String> {
    look("gate-3", state, &[PLAN, (REVIEW, review)], &[]).blockers
}

fn open_gate() -> GateState {
    GateState {
        status: GateStatus::Open,
        shown: None,
        approvals: vec![Approval {
            by: Actor {
                name: "ada".to_owned(),
                kind: ActorKind::Human,
            },
            at: "2026-06-10T08:00:00Z".to_owned(),
            how: "command".to_owned(),
            digest: String::new(),
        }],
        note: None,
        failures: 0,
        imported: false,
    }
}

#[test]
fn a_gate_before_which_all_is_done_waits_and_an_approved_one_is_open() {
    let mut state = state("complete");
    let clean = "{\"findings\": []}";
    let waiting = look("gate-3", &state, &[PLAN, (REVIEW, clean)], &[]);
    assert_eq!((waiting.open, waiting.blockers), (false, vec![]));
    assert_eq!(
        waiting.steps,
        [("step-4".to_owned(), "complete".to_owned())]
    );
    state.gates.insert("gate-3".to_owned(), open_gate());
    let open = look("gate-3", &state, &[PLAN, (REVIEW, clean)], &[]);
    assert!(open.open);
    let by = [("ada".to_owned(), "2026-06-10T08:00:00Z".to_owned())];
    assert_eq!(open.approvals, by);
}

#[test]
fn each_cause_is_named() {
    let clean = "{\"findings\": []}";
    let earlier =
        r#"{"findings": [{"id": "P1", "severity": "should_fix", "requires_step": "step-2"}]}"#;
    let open = r#"{"findings": [{"id": "P2", "severity": "must_fix", "claim": "No backup"}]}"#;
    let cases = [
        (state("in_progress"), clean, "step-4 is in progress"),
        (state("pending"), clean, "step-4 is pending"),
        (
            state("complete"),
            earlier,
            "finding `P1` of a review needs step-2 done anew",
        ),
        (
            state("complete"),
            open,
            "`P2` must be fixed and nobody decided about it: No backup",
        ),
        (
            state("complete"),
            "",
            "`04-implementation-plan.md` calls for a review of step 4, but `agent-output/shop/challenge-findings-plan.json` is empty",
        ),
    ];
    for (state, review, expected) in cases {
        assert_eq!(blockers(&state, review), [expected]);
    }
}

#[test]
fn a_precondition_that_does_not_hold_blocks() {
    let mut state = state("complete");
    state.document["decisions"] = json!({"iac_tool": "Bicep"});
    let told = blockers(&state, "{\"findings\": []}");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("decisions.said present"), "{told:?}");
}

#[test]
fn what_the_runner_knows_of_reviews_and_failures_counts() {
    let mut state = state("complete");
    let work = Work {
        reviews: vec![(1, "comprehensive".to_owned(), ReviewVerdict::NeedsRevision)],
        breaker: Breaker {
            tripped: Some(Trip {
                pattern: "error-repetition".to_owned(),
                category: FailureCategory::BuildError,
                count: 3,
                error: "no".to_owned(),
                at: String::new(),
            }),
            ..Breaker::default()
        },
        ..Work::default()
    };
    state.work.insert("step-4".to_owned(), work);
    let told = blockers(&state, "{\"findings\": []}");
    assert_eq!(
        told,
        [
            "a review wants step-4 revised",
            "step-4 is halted by its circuit breaker: error-repetition",
        ]
    );
}

#[test]
fn an_approval_of_what_has_changed_blocks() {
    let mut state = state("complete");
    state.gates.insert("gate-3".to_owned(), open_gate());
    let was = Some("1".to_owned());
    let changed = |path: &str, was: &Option<String>, is: Option<&str>| Changed {
        path: path.to_owned(),
        was: was.clone(),
        is: is.map(str::to_owned),
    };
    let stale = [Stale {
        gate: "gate-3".to_owned(),
        changed: vec![
            changed("a.md", &was, Some("2")),
            changed("b.md", &was, None),
            changed("c.md", &None, Some("3")),
        ],
    }];
    let files = [PLAN, (REVIEW, "{\"findings\": []}")];
    let standing = look("gate-3", &state, &files, &stale);
    assert!(!standing.open);
    assert_eq!(
        standing.blockers,
        [
            "a.md was changed after the approval",
            "b.md was approved and is gone",
            "c.md is there only since the approval",
        ]
    );
    let other = [Stale {
        gate: "gate-1".to_owned(),
        ..stale[0].clone()
    }];
    assert!(look("gate-3", &state, &files, &other).open);
}

#[test]
fn only_steps_of_the_track_stand_before_a_gate() {
    let state = state("complete");
    let standing = look("gate-5", &state, &[], &[]);
    assert_eq!(
        standing.steps,
        [("step-6b".to_owned(), "in progress".to_owned())]
    );
    assert_eq!(standing.blockers, ["step-6b is in progress"]);
    let mut done = state;
    done.document["steps"]["6"]["status"] = Value::from("complete");
    assert_eq!(
        look("gate-5", &done, &[], &[]).blockers,
        Vec::<String>::new()
    );
}
