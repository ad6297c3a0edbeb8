//! Whole ways through every known graph, and what happens at their forks.

use serde_json::json;

use crate::event::{ActorKind, RunEvent};
use crate::plan::NodeStatus;
use crate::story::{GRAPHS, Story};
use crate::{Effect, RefusalCode, plan};

#[test]
fn every_known_graph_is_walked_to_its_end() {
    for (name, _) in GRAPHS {
        for track in ["Bicep", "terraform"] {
            let mut story = Story::of(name);
            story.decide("iac_tool", json!(track)).until("finish");
            let other = if track == "Bicep" { "t" } else { "b" };
            let crossed = |seen: &String| {
                seen.strip_prefix("run ")
                    .is_some_and(|node| node.ends_with(&format!("5{other}")))
            };
            assert!(!story.seen.iter().any(crossed), "{name}: {:?}", story.seen);
        }
    }
}

#[test]
fn the_pack_s_workflow_goes_through_all_gates() {
    let mut story = Story::of("pack");
    story.until("finish");
    let expected = [
        "run step-1",
        "review step-1 1 comprehensive",
        "ask iac_tool",
        "present gate-1",
        "await gate-1",
        "run step-2",
        "review step-2 1 comprehensive",
        "present gate-2",
        "await gate-2",
        "break gate-2",
        "ask step-3",
        "run step-3_5",
        "review step-3_5 1 governance-reconciliation",
        "present gate-2_5",
        "await gate-2_5",
        "run step-4",
        "review step-4 1 comprehensive",
        "present gate-3",
        "await gate-3",
        "break gate-3",
        "run step-5b",
        "validate gate-4",
        "run step-6b",
        "present gate-5",
        "await gate-5",
        "run step-7/design-document",
        "run step-7/operations-runbook",
        "run step-7/cost-estimate",
        "run step-7/compliance-matrix",
        "run step-7/backup-dr-plan",
        "run step-7/resource-inventory",
        "run step-7/documentation-index",
    ];
    assert_eq!(story.seen, expected);
    let current = &story.state.document["current_step"];
    assert_eq!(
        (current, story.step("6", "status")),
        (&json!(7), json!("complete"))
    );
    assert_eq!(story.step("3", "status"), json!("skipped"));
    assert_eq!(story.step("5", "name"), json!("IaC Code"));
    assert_eq!(story.step("5", "agent"), json!("06b-Bicep CodeGen"));
    assert_eq!(
        story.step("7", "artifacts"),
        json!(["agent-output/demo/a.md"])
    );
}

#[test]
fn the_fork_goes_on_without_the_gates_it_lacks() {
    let mut story = Story::of("fork");
    story.until("finish");
    let tail = ["run step-5", "run step-6", "run step-7/a"];
    assert!(
        story.seen.ends_with(&tail.map(str::to_owned)),
        "{:?}",
        story.seen
    );
    assert!(!story.seen.iter().any(|seen| seen.starts_with("review")));
}

#[test]
fn the_list_of_nodes_ends_with_its_watch_unless_a_violation_is_found() {
    let mut story = Story::of("array");
    story.until("finish");
    assert_eq!(story.step("5", "agent"), json!("coder-b"));
    assert_eq!(story.seen.last().unwrap(), "run step-8");
    assert_eq!(story.status("step-9"), NodeStatus::Pending);
    story.human(RunEvent::ReturnTaken {
        from: "step-8".to_owned(),
        to: "step-9".to_owned(),
        reason: "an open port".to_owned(),
    });
    assert_eq!(story.todo(), ["run step-9"]);
    story.obey();
    assert_eq!(story.todo(), ["finish"]);
}

#[test]
fn scenario_33_an_approval_gate_is_shown_and_nothing_after_it_starts() {
    let mut story = Story::of("pack");
    story
        .decide("iac_tool", json!("Bicep"))
        .until("present gate-1");
    story.obey();
    assert_eq!(story.todo(), ["await gate-1"]);
    let started = RunEvent::AgentStarted {
        node: "step-2".to_owned(),
        substep: None,
        attempt: 1,
    };
    let (code, reason) = story.refused(ActorKind::Runner, started);
    assert_eq!(code, RefusalCode::Conflict);
    assert_eq!(reason, "`step-2` is not reached: `gate-1` is not open");
}

#[test]
fn scenario_34_a_skipped_design_opens_governance() {
    for (name, governance) in [("pack", "step-3_5"), ("2.0", "step-3.5")] {
        let mut story = Story::of(name);
        story.decide("iac_tool", json!("Bicep")).until("ask step-3");
        assert_eq!(story.status(governance), NodeStatus::Pending);
        story.obey();
        assert_eq!(story.status("step-3"), NodeStatus::Skipped);
        assert_eq!(story.todo(), [format!("run {governance}")]);
    }
}

#[test]
fn a_chosen_design_is_run_before_governance() {
    let mut story = Story::of("pack");
    story.decide("iac_tool", json!("Bicep")).until("ask step-3");
    story.human(RunEvent::OptionChosen {
        node: "step-3".to_owned(),
        run: true,
    });
    assert_eq!(story.todo(), ["run step-3"]);
    story.start("step-3");
    assert_eq!(story.status("step-3_5"), NodeStatus::Pending);
    assert_eq!(story.todo(), [""; 0]);
}

#[test]
fn scenario_35_a_decision_skips_design_without_a_question() {
    for value in [json!(true), json!("true")] {
        let mut story = Story::of("pack");
        story
            .decide("iac_tool", json!("Bicep"))
            .decide("skip_design", value);
        story.until("run step-3_5");
        assert!(!story.seen.iter().any(|seen| seen == "ask step-3"));
        assert_eq!(story.step("3", "status"), json!("skipped"));
    }
}

#[test]
fn scenario_36_only_the_chosen_track_runs() {
    let mut story = Story::of("pack");
    story
        .decide("iac_tool", json!("Terraform"))
        .until("run step-5t");
    assert_eq!(story.status("step-5b"), NodeStatus::NotApplicable);
    story.obey();
    assert_eq!(story.todo(), ["validate gate-4"]);
    story.until("finish");
    assert!(
        !story
            .seen
            .iter()
            .any(|seen| seen.ends_with("5b") || seen.ends_with("6b"))
    );
}

#[test]
fn scenario_37_an_unset_track_is_asked_for_after_step_1() {
    for (name, values) in [
        ("pack", vec!["Bicep", "Terraform"]),
        ("array", vec!["Bicep", "Terraform"]),
    ] {
        let mut story = Story::of(name);
        story.until("ask iac_tool");
        let Some(Effect::Ask {
            question: crate::Question::Route { values: asked, .. },
        }) = story.effects.first()
        else {
            panic!("{:?}", story.effects)
        };
        assert_eq!(*asked, values);
        story.decide("iac_tool", json!("Pulumi"));
        assert_eq!(story.todo(), ["ask iac_tool"], "{name}");
    }
}

#[test]
fn scenario_38_gates_2_and_3_end_the_session_and_another_goes_on() {
    let mut story = Story::of("pack");
    story
        .decide("iac_tool", json!("Bicep"))
        .until("await gate-2")
        .obey();
    assert_eq!(story.todo(), ["break gate-2", "ask step-3"]);
    story.runner(RunEvent::Started {
        graph: "g".to_owned(),
    });
    assert_eq!(story.todo(), ["ask step-3"]);
    story.until("await gate-3").obey();
    assert_eq!(story.todo(), ["break gate-3", "run step-5b"]);
}

#[test]
fn a_run_keeps_to_its_graph_until_somebody_takes_another() {
    let mut story = Story::of("pack");
    let other = RunEvent::Started {
        graph: "h".to_owned(),
    };
    let (code, reason) = story.refused(ActorKind::Runner, other.clone());
    assert_eq!(code, RefusalCode::Conflict);
    assert!(reason.contains("`baton run migrate`"), "{reason}");
    let migrated = RunEvent::Migrated {
        graph: "h".to_owned(),
    };
    assert_eq!(
        story.refused(ActorKind::Agent, migrated.clone()).0,
        RefusalCode::NotAllowed
    );
    story.human(migrated).runner(other);
    assert_eq!(story.state.graph, "h");
}

#[test]
fn keys_of_steps_and_ways_between_them() {
    let parent = crate::story::named("2.0");
    let key = |id| plan::step_key(&parent, parent.find(id).unwrap());
    assert_eq!(
        ["step-1", "step-3.5", "step-4b", "step-4t", "step-7"].map(key),
        ["1", "3_5", "4", "4", "7"]
    );
    let pack = crate::story::named("pack");
    assert_eq!(plan::nodes_of_step(&pack, "5").len(), 2);
    assert_eq!(plan::nodes_of_step(&pack, "3.5").len(), 1);
    assert!(plan::nodes_of_step(&pack, "9").is_empty());
    let state = crate::RunState::default();
    for (from, to, allowed) in [
        ("1", "2", true),
        ("2", "3", true),
        ("2", "3_5", true),
        ("3", "3_5", true),
        ("3_5", "4", true),
        ("4", "5", true),
        ("5", "6", true),
        ("6", "7", true),
        ("4", "2", true),
        ("6", "5", true),
        ("2", "2", true),
        ("1", "6", false),
        ("1", "3", false),
        ("2", "4", false),
        ("7", "1", false),
        ("5", "5", false),
        ("9", "1", false),
    ] {
        assert_eq!(
            plan::allows(&pack, &state, from, to),
            allowed,
            "{from} {to}"
        );
    }
}

#[test]
fn a_letter_that_tells_no_tracks_apart_belongs_to_the_key() {
    let graph = crate::story::load(
        r#"{"nodes": {"step-1": {"type": "agent-step", "requires": []},
            "step-1b": {"type": "agent-step", "requires": ["step-1"]},
            "write-up": {"type": "agent-step", "requires": ["step-1b"]}},
          "edges": [{"from": "step-1", "to": "step-1b", "condition": "on_complete"},
            {"from": "step-1b", "to": "write-up", "condition": "on_complete"}]}"#,
    );
    let keys: Vec<String> = (0..3).map(|node| plan::step_key(&graph, node)).collect();
    assert_eq!(keys, ["1", "1b", "write_up"]);
}
