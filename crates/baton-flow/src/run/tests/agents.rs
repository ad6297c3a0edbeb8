//! Agents that end in one way or another, and reviews of what they made.

use serde_json::{Map, json};

use crate::RefusalCode;
use crate::event::{
    ActorKind, AgentOutcome, CeilingChoice, FailureCategory, ReviewVerdict, RunEvent,
};
use crate::plan::NodeStatus;
use crate::story::{Story, complete};

fn bicep(name: &str, until: &str) -> Story {
    let mut story = Story::of(name);
    story.decide("iac_tool", json!("Bicep")).until(until);
    story
}

#[test]
fn an_agent_leaves_times_artifacts_and_measurements() {
    let mut story = Story::of("fork");
    let mut telemetry = Map::new();
    telemetry.insert("input_tokens".to_owned(), json!(10));
    telemetry.insert("step_start_iso".to_owned(), json!("a"));
    telemetry.insert("model".to_owned(), json!("m"));
    story.fail("step-1", FailureCategory::AgentError, "x");
    assert_eq!(story.todo(), ["run step-1"]);
    assert_eq!(story.state.work["step-1"].attempt, 1);
    story.runner(RunEvent::AgentStarted {
        node: "step-1".to_owned(),
        substep: None,
        attempt: 2,
    });
    assert_eq!(story.step("1", "status"), json!("in_progress"));
    assert_eq!(story.state.work["step-1"].attempt, 2);
    let artifacts = vec!["a.md".to_owned(), "a.md".to_owned()];
    story.end(
        "step-1",
        AgentOutcome::Complete {
            artifacts,
            telemetry,
        },
    );
    assert_eq!(story.step("1", "status"), json!("complete"));
    assert_eq!(story.step("1", "started"), json!("2026-06-01T00:02:00Z"));
    assert_eq!(story.step("1", "completed"), json!("2026-06-01T00:05:00Z"));
    assert_eq!(story.step("1", "artifacts"), json!(["a.md"]));
    let expected = json!({"input_tokens": 10, "step_start_iso": "a"});
    assert_eq!(story.step("1", "telemetry"), expected);
    assert_eq!(
        story.state.document["updated"],
        json!("2026-06-01T00:05:00Z")
    );
}

#[test]
fn what_was_cut_off_is_repeated_unless_it_deploys() {
    let mut story = Story::of("pack");
    story.start("step-1").end("step-1", AgentOutcome::Lost);
    assert_eq!(story.todo(), ["run step-1"]);
    let mut story = bicep("pack", "run step-6b");
    story.start("step-6b").end("step-6b", AgentOutcome::Lost);
    assert_eq!(story.todo(), ["repeat step-6b"]);
    story.start("step-6b").end("step-6b", complete());
    assert_eq!(story.todo(), ["present gate-5"]);
}

#[test]
fn a_deployment_that_ended_nobody_knows_how_is_asked_about() {
    let mut story = bicep("pack", "run step-6b");
    story.fail("step-6b", FailureCategory::Timeout, "silent for 10 min");
    assert_eq!(story.todo(), ["repeat step-6b"]);
}

#[test]
fn agents_work_one_at_a_time_and_only_where_the_run_is() {
    let mut story = bicep("pack", "run step-2");
    let start = |node: &str, substep: Option<&str>| RunEvent::AgentStarted {
        node: node.to_owned(),
        substep: substep.map(str::to_owned),
        attempt: 1,
    };
    for (event, code) in [
        (start("step-1", None), RefusalCode::Conflict),
        (start("step-4", None), RefusalCode::Conflict),
        (start("step-5t", None), RefusalCode::Conflict),
        (start("step-2", Some("part")), RefusalCode::Unknown),
        (start("gate-1", None), RefusalCode::Unknown),
        (start("step-99", None), RefusalCode::Unknown),
    ] {
        let told = format!("{event:?}");
        assert_eq!(story.refused(ActorKind::Runner, event).0, code, "{told}");
    }
    story.start("step-2");
    assert_eq!(story.todo(), [""; 0]);
    assert_eq!(story.status("step-2"), NodeStatus::Running);
    let again = story.refused(ActorKind::Runner, start("step-2", None));
    assert_eq!(again.0, RefusalCode::Conflict);
}

#[test]
fn parts_of_a_fan_out_run_side_by_side_and_only_failed_ones_again() {
    let mut story = bicep("pack", "run step-7/design-document");
    let first = story.todo();
    assert_eq!(first.len(), 4, "{first:?}");
    let part = |name: &str, outcome: Option<AgentOutcome>| match outcome {
        None => RunEvent::AgentStarted {
            node: "step-7".to_owned(),
            substep: Some(name.to_owned()),
            attempt: 1,
        },
        Some(outcome) => RunEvent::AgentEnded {
            node: "step-7".to_owned(),
            substep: Some(name.to_owned()),
            outcome,
        },
    };
    let names = [
        "design-document",
        "operations-runbook",
        "cost-estimate",
        "compliance-matrix",
        "backup-dr-plan",
        "resource-inventory",
        "documentation-index",
    ];
    for name in &names[..4] {
        story.runner(part(name, None));
    }
    assert_eq!(story.todo(), [""; 0]);
    let failed = |error: &str| AgentOutcome::Failed {
        category: FailureCategory::AgentError,
        error: error.to_owned(),
    };
    story.runner(part(names[0], Some(failed("a"))));
    assert_eq!(story.todo(), ["run step-7/backup-dr-plan"]);
    for name in &names[1..4] {
        story.runner(part(name, Some(complete())));
    }
    for name in &names[4..] {
        story
            .runner(part(name, None))
            .runner(part(name, Some(complete())));
    }
    assert_eq!(story.status("step-7"), NodeStatus::Failed);
    assert_eq!(story.todo(), ["run step-7/design-document"]);
    assert_eq!(story.state.work["step-7"].failed, ["design-document"]);
    story.obey();
    assert_eq!(story.todo(), ["finish"]);
}

#[test]
fn scenario_44_a_finding_for_an_earlier_step_keeps_gate_3_closed_and_offers_the_way_back() {
    let mut story = bicep("pack", "review step-4 1 comprehensive");
    story.review("step-4", 1, ReviewVerdict::RequiresEarlierStep);
    assert_eq!(story.todo(), ["return step-4 step-2"]);
    assert_eq!(story.status("step-4"), NodeStatus::Failed);
    let present = RunEvent::GatePresented {
        gate: "gate-3".to_owned(),
        shown: crate::story::shown("d"),
    };
    // Nor does it open when somebody calls the step complete.
    for _ in 0..2 {
        let refused = story.refused(ActorKind::Runner, present.clone());
        assert_eq!(refused.0, RefusalCode::Conflict);
        crate::steps::edit(&mut story.state, "4", |step| {
            step.insert("status".to_owned(), json!("complete"));
        });
    }
    let accepted = RunEvent::CeilingDecided {
        node: "step-4".to_owned(),
        choice: CeilingChoice::Accept,
    };
    let refused = story.refused(ActorKind::Agent, accepted.clone());
    assert_eq!(refused.0, RefusalCode::NotAllowed);
    let mut back = bicep("pack", "review step-4 1 comprehensive");
    back.review("step-4", 1, ReviewVerdict::RequiresEarlierStep);
    back.human(RunEvent::ReturnTaken {
        from: "step-4".to_owned(),
        to: "step-2".to_owned(),
        reason: "the network is too small".to_owned(),
    });
    assert_eq!(back.todo(), ["run step-2"]);
    story.human(accepted);
    assert_eq!(story.todo(), ["present gate-3"]);
}

#[test]
fn objections_to_a_plan_are_met_up_to_the_ceiling() {
    let mut story = bicep("pack", "review step-4 1 comprehensive");
    story.review("step-4", 1, ReviewVerdict::NeedsRevision);
    assert_eq!(story.todo(), ["run step-4"]);
    story.obey();
    assert_eq!(story.todo(), ["review step-4 1 comprehensive"]);
    story
        .review("step-4", 1, ReviewVerdict::NeedsRevision)
        .obey();
    assert_eq!(story.todo(), ["ceiling step-4"]);
    let decided = |choice| RunEvent::CeilingDecided {
        node: "step-4".to_owned(),
        choice,
    };
    let refused = story.refused(ActorKind::Agent, decided(CeilingChoice::Accept));
    assert_eq!(refused.0, RefusalCode::NotAllowed);
    story.human(decided(CeilingChoice::Override));
    assert_eq!(story.todo(), ["review step-4 1 comprehensive"]);
    story.review("step-4", 1, ReviewVerdict::Failed);
    assert_eq!(story.todo(), ["ceiling step-4"]);
    story.human(decided(CeilingChoice::Accept));
    assert_eq!(story.todo(), ["present gate-3"]);
    let decisions = &story.state.document["decisions"];
    assert_eq!(decisions["challenger_decision_4"], json!("accept"));
    let audit = &story.state.document["review_audit"]["step_4"];
    assert_eq!(audit["passes_executed"], json!(2));
}

#[test]
fn objections_to_requirements_are_shown_at_the_gate() {
    let mut story = Story::of("pack");
    story.until("review step-1 1 comprehensive");
    story.review("step-1", 1, ReviewVerdict::NeedsRevision);
    assert_eq!(story.status("step-1"), NodeStatus::Complete);
}

#[test]
fn reviews_follow_depth_complexity_and_conditions() {
    for (graph, decisions, node, expected) in [
        ("pack", json!({}), "step-2", 1),
        ("pack", json!({"complexity": "complex"}), "step-2", 1),
        (
            "pack",
            json!({"complexity": "complex", "review_depth": "deep"}),
            "step-2",
            3,
        ),
        (
            "pack",
            json!({"complexity": "high", "review_depth": "Deep"}),
            "step-2",
            3,
        ),
        ("pack", json!({"review_depth": "deep"}), "step-2", 2),
        ("pack", json!({"review_depth": "standard"}), "step-2", 1),
        ("pack", json!({}), "step-3", 0),
        ("pack", json!({"review_depth": "deep"}), "step-3", 1),
        ("pack", json!({}), "step-3_5", 1),
        ("pack", json!({"constraints": {"count": 0}}), "step-3_5", 0),
        ("pack", json!({"constraints": {"count": 2}}), "step-3_5", 1),
        ("pack", json!({}), "step-5b", 0),
        (
            "pack",
            json!({"review_depth": "deep", "complexity": "simple"}),
            "step-5b",
            1,
        ),
        ("pack", json!({"review_depth": "deep"}), "step-6b", 0),
        ("2.0", json!({"complexity": "complex"}), "step-2", 3),
        ("2.0", json!({}), "step-2", 2),
        ("fork", json!({"review_depth": "deep"}), "step-2", 0),
        (
            "2.3",
            json!({"review_depth": "deep", "complexity": "simple"}),
            "step-2",
            1,
        ),
    ] {
        let graph = crate::story::named(graph);
        let mut document = crate::story::document();
        document.insert("decisions".to_owned(), decisions.clone());
        let state = crate::RunState {
            document,
            ..crate::RunState::default()
        };
        let node = graph.find(node).unwrap();
        let planned = crate::reviews::planned(&graph, &state, node);
        assert_eq!(planned.len(), expected, "{decisions} {}", graph.id(node));
    }
}

#[test]
fn scenario_46_a_failed_deployment_goes_back_to_its_own_track() {
    for (track, deploy, code) in [
        ("Bicep", "step-6b", "step-5b"),
        ("Terraform", "step-6t", "step-5t"),
    ] {
        let mut story = Story::of("pack");
        story
            .decide("iac_tool", json!(track))
            .until(&format!("run {deploy}"));
        story.fail(deploy, FailureCategory::DeploymentError, "quota");
        assert_eq!(story.todo(), [format!("run {code}")]);
        assert_eq!(story.step("5", "sub_step"), json!("rework_1"));
        assert_eq!(story.step("6", "status"), json!("pending"));
        let why = story.state.work[code].rework.as_deref();
        assert_eq!(why, Some(format!("`{deploy}` failed: quota").as_str()));
        assert_ne!(story.status("gate-4"), NodeStatus::Complete);
    }
}

#[test]
fn scenario_47_the_same_failure_three_times_halts_the_run() {
    let mut story = Story::of("pack");
    for second in 1..=3 {
        let error = format!("cannot build at 10:00:0{second}");
        story.fail("step-1", FailureCategory::BuildError, &error);
    }
    assert_eq!(story.todo(), ["halt step-1"]);
    assert_eq!(story.step("1", "status"), json!("in_progress"));
    let blocked = story.step("1", "blocked");
    assert_eq!(blocked["failure_category"], json!("build_error"));
    assert_eq!(blocked["consecutive_count"], json!(3));
    let finding =
        "circuit_breaker: build_error - cannot build at 10:00:03 (3 consecutive failures)";
    assert_eq!(story.state.document["open_findings"], json!([finding]));
    let start = RunEvent::AgentStarted {
        node: "step-1".to_owned(),
        substep: None,
        attempt: 4,
    };
    assert_eq!(
        story.refused(ActorKind::Runner, start).0,
        RefusalCode::Halted
    );
    let reset = RunEvent::BreakerReset {
        node: "step-1".to_owned(),
    };
    assert_eq!(
        story.refused(ActorKind::Agent, reset.clone()).0,
        RefusalCode::NotAllowed
    );
    story.human(reset);
    assert_eq!(story.state.document["open_findings"], json!([]));
    assert!(story.step("1", "blocked").is_null());
    assert_eq!(story.todo(), ["run step-1"]);
    story.fail("step-1", FailureCategory::AgentError, "something else");
    assert_eq!(story.todo(), ["halt step-1"]);
}

#[test]
fn a_deployment_that_fails_again_and_again_halts() {
    let mut story = bicep("pack", "run step-6b");
    for round in 0..3 {
        story.fail(
            "step-6b",
            FailureCategory::DeploymentError,
            &format!("no. {round}"),
        );
        if round < 2 {
            story.until("run step-6b");
        }
    }
    assert_eq!(story.todo(), ["halt step-6b"]);
}

#[test]
fn failures_of_changing_kinds_come_to_an_end_too() {
    let mut story = Story::of("pack");
    let kinds = [FailureCategory::AgentError, FailureCategory::Timeout];
    let mut tries = 0_usize;
    while story.todo() == ["run step-1"] {
        let error = format!("{tries} {}", "x".repeat(tries));
        story.runner(RunEvent::AgentStarted {
            node: "step-1".to_owned(),
            substep: None,
            attempt: u32::try_from(tries).unwrap() + 1,
        });
        let category = kinds[tries % 2];
        story.end("step-1", AgentOutcome::Failed { category, error });
        tries += 1;
        assert!(tries < 20);
    }
    assert_eq!((tries, story.todo()), (9, vec!["halt step-1".to_owned()]));
}

#[test]
fn an_agent_does_not_decide_that_its_step_is_complete() {
    for (outcome, todo) in [
        (complete(), "review step-1 1 comprehensive"),
        (AgentOutcome::Lost, "run step-1"),
    ] {
        let mut story = Story::of("pack");
        story.start("step-1");
        crate::steps::edit(&mut story.state, "1", |step| {
            step.insert("status".to_owned(), json!("complete"));
        });
        story.end("step-1", outcome);
        assert_eq!(story.todo(), [todo]);
        assert_eq!(story.step("1", "status"), json!("in_progress"));
    }
}

#[test]
fn reviews_that_a_condition_leaves_out_are_noted() {
    let mut story = bicep("pack", "run step-3_5");
    story.decide("constraints", json!({"count": 0})).obey();
    assert_eq!(story.todo(), ["present gate-2_5"]);
    let audit = &story.state.document["review_audit"]["step_3_5"];
    assert_eq!(audit["skip_reasons"], json!(["constraints.count == 0"]));
}
