//! Gates that open, stay closed, or close again; ways back.

use serde_json::json;

use crate::event::{ActorKind, RunEvent, Verdict};
use crate::plan::NodeStatus;
use crate::state::GateStatus;
use crate::story::{Story, actor, approval};
use crate::{RefusalCode, plan};

fn at(until: &str) -> Story {
    let mut story = Story::of("pack");
    story.decide("iac_tool", json!("Bicep")).until(until);
    story
}

fn back(from: &str, to: &str) -> RunEvent {
    RunEvent::ReturnTaken {
        from: from.to_owned(),
        to: to.to_owned(),
        reason: "r".to_owned(),
    }
}

fn rejection(gate: &str, reason: &str, to: Option<&str>) -> RunEvent {
    RunEvent::GateRejected {
        gate: gate.to_owned(),
        reason: reason.to_owned(),
        to: to.map(str::to_owned),
    }
}

#[test]
fn an_approval_is_for_what_was_shown_by_somebody_who_may_and_once() {
    let mut story = at("present gate-1");
    let refused = story.refused(ActorKind::Human, approval("gate-1", "d"));
    assert_eq!(refused.0, RefusalCode::Stale);
    story.present("gate-1", "d1").present("gate-1", "d2");
    for (kind, event, code) in [
        (
            ActorKind::Human,
            approval("gate-1", "d1"),
            RefusalCode::Stale,
        ),
        (
            ActorKind::Agent,
            approval("gate-1", "d2"),
            RefusalCode::NotAllowed,
        ),
        (
            ActorKind::Runner,
            approval("gate-1", "d2"),
            RefusalCode::NotAllowed,
        ),
        (
            ActorKind::Human,
            approval("gate-4", "d2"),
            RefusalCode::NotAllowed,
        ),
        (
            ActorKind::Human,
            approval("gate-2", "d2"),
            RefusalCode::Conflict,
        ),
        (
            ActorKind::Human,
            approval("step-1", "d2"),
            RefusalCode::Unknown,
        ),
        (
            ActorKind::Human,
            approval("gate-9", "d2"),
            RefusalCode::Unknown,
        ),
    ] {
        let told = format!("{event:?} {kind:?}");
        assert_eq!(story.refused(kind, event).0, code, "{told}");
    }
    story.human(approval("GATE-1", "d2"));
    assert_eq!(story.todo(), ["run step-2"]);
    let again = story.refused(ActorKind::Human, approval("gate-1", "d2"));
    assert_eq!(again.0, RefusalCode::Stale);
}

#[test]
fn several_approvals_come_from_several_people_about_the_same() {
    let mut story = at("present gate-1");
    let both = |digest: &str| RunEvent::GateApproved {
        gate: "gate-1".to_owned(),
        digest: digest.to_owned(),
        how: "command".to_owned(),
        needed: 2,
    };
    story.present("gate-1", "d").human(both("d"));
    assert_eq!(story.todo(), ["await gate-1"]);
    assert_eq!(
        story.refused(ActorKind::Human, both("d")).0,
        RefusalCode::Stale
    );
    story.present("gate-1", "other");
    story.happens("bob", ActorKind::Human, both("other"));
    assert_eq!(story.todo(), ["await gate-1"]);
    story.present("gate-1", "other").human(both("other"));
    assert_eq!(story.todo(), ["run step-2"]);
    let given: Vec<_> = story.state.gates["gate-1"]
        .approvals
        .iter()
        .map(|given| given.by.clone())
        .collect();
    assert_eq!(
        given,
        [
            actor("bob", ActorKind::Human),
            actor("ann", ActorKind::Human)
        ]
    );
}

#[test]
fn a_rejected_gate_opens_the_step_before_it_again() {
    let mut story = at("await gate-2");
    let refused = story.refused(ActorKind::Human, rejection("gate-2", " ", None));
    assert_eq!(refused.0, RefusalCode::ReasonMissing);
    let refused = story.refused(ActorKind::Agent, rejection("gate-2", "no", None));
    assert_eq!(refused.0, RefusalCode::NotAllowed);
    let refused = story.refused(ActorKind::Human, rejection("gate-2", "no", Some("step-4")));
    assert_eq!(refused.0, RefusalCode::NoSuchWay);
    story.human(rejection("gate-2", "too dear", None));
    assert_eq!(story.todo(), ["run step-2"]);
    assert_eq!(story.step("2", "sub_step"), json!("rework_1"));
    assert_eq!(
        story.state.gates["gate-2"].note.as_deref(),
        Some("too dear")
    );
    story
        .until("await gate-2")
        .human(rejection("gate-2", "the need is unclear", Some("step-1")));
    assert_eq!(story.todo(), ["run step-1"]);
    assert_eq!(story.state.gates["gate-1"].status, GateStatus::Withdrawn);
    assert_eq!(story.step("2", "status"), json!("pending"));
}

#[test]
fn a_deferred_gate_still_waits() {
    let mut story = at("await gate-1");
    story.human(RunEvent::GateDeferred {
        gate: "gate-1".to_owned(),
        reason: Some("on Monday".to_owned()),
    });
    assert_eq!(story.todo(), ["await gate-1"]);
    assert_eq!(
        story.state.gates["gate-1"].note.as_deref(),
        Some("deferred: on Monday")
    );
}

#[test]
fn what_changed_after_its_approval_is_shown_again_before_anything_goes_on() {
    let mut story = at("run step-4");
    story.runner(RunEvent::GateStale {
        gate: "gate-1".to_owned(),
        changed: vec!["agent-output/demo/01-requirements.md".to_owned()],
    });
    assert_eq!(story.todo(), ["present gate-1"]);
    let start = RunEvent::AgentStarted {
        node: "step-4".to_owned(),
        substep: None,
        attempt: 1,
    };
    assert_eq!(
        story.refused(ActorKind::Runner, start).0,
        RefusalCode::Conflict
    );
    let old = story.refused(ActorKind::Human, approval("gate-1", "d"));
    assert_eq!(old.0, RefusalCode::Stale);
    story.until("run step-4");
    assert_eq!(
        story.seen[story.seen.len() - 2..],
        ["present gate-1", "await gate-1"]
    );
}

#[test]
fn scenario_41_a_failed_gate_4_opens_the_code_again() {
    let mut story = at("validate gate-4");
    story.validate("gate-4", Verdict::Fail);
    assert_eq!(story.todo(), ["run step-5b"]);
    assert_eq!(story.step("5", "status"), json!("in_progress"));
    assert_eq!(story.step("5", "sub_step"), json!("rework_1"));
    assert_eq!(story.state.returns["gate-4>step-5b"], 1);
    let why = |story: &Story| story.state.work["step-5b"].rework.clone();
    assert_eq!(why(&story).as_deref(), Some("main.bicep:1 is no Bicep"));
    assert_ne!(story.status("gate-4"), NodeStatus::Complete);
    story.obey().validate("gate-4", Verdict::Fail).obey();
    story.validate("gate-4", Verdict::Fail);
    assert_eq!(story.todo(), ["halt step-5b"]);
    story.human(RunEvent::BreakerReset {
        node: "step-5b".to_owned(),
    });
    story.obey().validate("gate-4", Verdict::Fail);
    assert_eq!(story.todo(), ["halt step-5b"]);
    story.human(RunEvent::BreakerReset {
        node: "step-5b".to_owned(),
    });
    story.obey().validate("gate-4", Verdict::Pass);
    assert_eq!(story.todo(), ["run step-6b"]);
    assert_eq!(why(&story), None);
    assert_eq!(story.state.gates["gate-4"].failures, 0);
    assert_eq!(story.state.returns.get("gate-4>step-5b"), None);
}

#[test]
fn scenario_42_a_gate_that_could_not_look_is_inconclusive_and_looks_again() {
    let mut story = at("validate gate-4");
    story.validate("gate-4", Verdict::Inconclusive);
    assert_eq!(story.todo(), ["inconclusive gate-4"]);
    story.runner(RunEvent::Started {
        graph: "g".to_owned(),
    });
    assert_eq!(story.todo(), ["validate gate-4"]);
}

#[test]
fn scenario_45_rework_of_the_architecture_closes_the_gates_behind_it() {
    let mut story = at("present gate-3");
    story.obey().human(approval("gate-3", "d"));
    story.human(back("step-4", "step-2"));
    assert_eq!(story.todo(), ["run step-2"]);
    for gate in ["gate-2", "gate-2_5", "gate-3"] {
        let held = &story.state.gates[gate];
        assert_eq!(held.status, GateStatus::Withdrawn, "{gate}");
        assert_eq!(held.approvals, []);
    }
    assert_eq!(story.state.gates["gate-1"].status, GateStatus::Open);
    for key in ["3", "3_5", "4"] {
        assert_eq!(story.step(key, "status"), json!("pending"), "{key}");
    }
    assert_eq!(
        story.step("4", "artifacts"),
        json!(["agent-output/demo/a.md"])
    );
    let before = story.seen.len();
    story.until("run step-5b");
    let awaited: Vec<_> = story.seen[before..]
        .iter()
        .filter(|seen| seen.starts_with("await"))
        .collect();
    assert_eq!(awaited, ["await gate-2", "await gate-2_5", "await gate-3"]);
}

#[test]
fn ways_back_are_those_of_the_graph_from_where_the_run_has_been() {
    let mut story = at("run step-4");
    for (from, to, code) in [
        ("step-4", "step-1", RefusalCode::NoSuchWay),
        ("step-5b", "step-4", RefusalCode::Conflict),
        ("step-6t", "step-5t", RefusalCode::Conflict),
        ("step-4", "gate-2", RefusalCode::Unknown),
        ("step-4", "nowhere", RefusalCode::Unknown),
    ] {
        let refused = story.refused(ActorKind::Human, back(from, to));
        assert_eq!(refused.0, code, "{from} {to}: {}", refused.1);
    }
    story.start("step-4");
    let refused = story.refused(ActorKind::Human, back("step-4", "step-2"));
    assert_eq!(refused.0, RefusalCode::Conflict);
}

#[test]
fn preconditions_that_the_state_can_tell_keep_gates_and_steps_closed() {
    let mut story = at("present gate-2_5");
    let trace = json!({"reconciliation_status": "escalated_to_step-2"});
    story.decide("governance_trace", trace);
    assert_eq!(story.todo(), ["return step-3_5 step-2 step-3_5"]);
    let present = RunEvent::GatePresented {
        gate: "gate-2_5".to_owned(),
        shown: crate::story::shown("d"),
    };
    assert_eq!(
        story.refused(ActorKind::Runner, present).0,
        RefusalCode::Conflict
    );
    let mut story = at("run step-6b");
    story.decide("governance_trace", json!(""));
    assert_eq!(story.todo(), ["stuck step-6b"]);
}

#[test]
fn a_track_that_has_begun_cannot_change() {
    let mut story = at("run step-5b");
    let started = |story: &Story| {
        let node = plan::track_started(&story.graph, &story.state, "iac_tool");
        node.map(|node| story.graph.id(node).to_owned())
    };
    assert_eq!(started(&story), None);
    story.start("step-5b");
    assert_eq!(started(&story).as_deref(), Some("step-5b"));
    let event = crate::Event {
        at: "2026-06-01T00:00:00Z".to_owned(),
        by: actor("ann", ActorKind::Human),
        what: crate::What::Session(crate::Command::Decide {
            key: "iac_tool".to_owned(),
            value: json!("Terraform"),
        }),
    };
    let (state, effects) = crate::step(&story.graph, &story.state, &event);
    assert_eq!(state, story.state);
    let [crate::Effect::Refused { code, reason }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(*code, RefusalCode::Conflict);
    assert_eq!(
        reason,
        "`iac_tool` cannot change any more: `step-5b` has begun; go back to `step-1` first"
    );
}

#[test]
fn a_run_that_was_ended_takes_nothing_more() {
    let mut story = at("run step-2");
    story.human(RunEvent::Aborted {
        reason: "no budget".to_owned(),
    });
    assert_eq!(story.todo(), ["ended"]);
    let (code, reason) = story.refused(
        ActorKind::Human,
        RunEvent::Started {
            graph: "g".to_owned(),
        },
    );
    assert_eq!(code, RefusalCode::Halted);
    assert!(reason.contains("no budget"));
}

fn imported(
    story: &mut Story,
    change: impl FnOnce(&mut serde_json::Map<String, serde_json::Value>),
) {
    let mut document = story.state.document.clone();
    change(&mut document);
    let event = crate::Event {
        at: String::new(),
        by: actor("00-session-state.json", ActorKind::Agent),
        what: crate::What::Session(crate::Command::Import {
            document,
            digest: String::new(),
            history: Vec::new(),
        }),
    };
    let (state, _) = crate::step(&story.graph, &story.state, &event);
    story.effects = plan::next(&story.graph, &state);
    story.state = state;
}

#[test]
fn a_step_opened_again_by_hand_closes_the_gates_behind_it() {
    let mut story = at("run step-5b");
    imported(&mut story, |document| {
        document["steps"]["2"]["status"] = json!("in_progress");
    });
    assert_eq!(story.todo(), ["run step-2"]);
    assert_eq!(story.state.gates["gate-1"].status, GateStatus::Open);
    for gate in ["gate-2", "gate-2_5", "gate-3"] {
        assert_eq!(
            story.state.gates[gate].status,
            GateStatus::Withdrawn,
            "{gate}"
        );
    }
}

#[test]
fn steps_called_complete_by_hand_pass_no_gate() {
    let mut story = at("run step-4");
    imported(&mut story, |document| {
        for key in ["4", "5", "6", "7"] {
            document["steps"][key] = json!({"status": "complete"});
        }
    });
    assert_eq!(story.todo(), ["present gate-3"]);
    story.until("validate gate-4");
    assert!(!story.seen.iter().any(|seen| seen.starts_with("run step-5")));
}

#[test]
fn a_track_changed_by_hand_is_begun_anew() {
    let mut story = at("run step-6b");
    imported(&mut story, |document| {
        document["decisions"]["iac_tool"] = json!("Terraform");
    });
    assert_eq!(story.todo(), ["run step-5t"]);
    assert_eq!(story.state.gates["gate-4"].status, GateStatus::Withdrawn);
    assert_eq!(story.state.gates["gate-3"].status, GateStatus::Open);
}
