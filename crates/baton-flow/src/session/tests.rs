//! Commands and what they refuse.

use baton_repo::graph::{self, WorkflowGraph};
use baton_repo::schema::Schema;
use baton_syntax::json::{self as syntax, Dialect};
use serde_json::{Value, json};

use super::document;
use crate::effect::{Effect, RefusalCode};
use crate::event::{Actor, ActorKind, Command, Event, What};
use crate::state::{GateState, GateStatus, RunState};
use crate::step;

const AT: &str = "2026-11-21T10:00:00Z";

fn graph() -> WorkflowGraph {
    let text = include_str!("../../../../fixtures/graphs/v2.3.json");
    let root = syntax::parse(text, Dialect::Strict).root.unwrap();
    graph::load(&root).graph.unwrap()
}

/// What a command does; `Err` is the refusal.
fn after(state: &RunState, command: Value) -> Result<RunState, (RefusalCode, String)> {
    let event = Event {
        at: AT.to_owned(),
        by: Actor {
            name: "tester".to_owned(),
            kind: ActorKind::Agent,
        },
        what: What::Session(serde_json::from_value::<Command>(command).unwrap()),
    };
    let (next, effects) = step(&graph(), state, &event);
    match effects.into_iter().next() {
        Some(Effect::Refused { code, reason }) => {
            assert_eq!(next, *state, "a refusal changes nothing");
            Err((code, reason))
        }
        _ => Ok(next),
    }
}

fn all(state: &RunState, commands: &[Value]) -> RunState {
    let run = |state: RunState, command: &Value| match after(&state, command.clone()) {
        Ok(state) => state,
        Err(refusal) => panic!("{command}: {refusal:?}"),
    };
    commands.iter().fold(state.clone(), run)
}

fn fresh() -> RunState {
    let document = document("shop", Some("shop/main"), &graph());
    let init = json!({"init": {"document": document, "force": false}});
    all(&RunState::default(), &[init])
}

fn refused(state: &RunState, command: Value) -> RefusalCode {
    let shown = command.to_string();
    let (code, reason) = after(state, command).expect_err(&shown);
    assert!(!reason.is_empty());
    code
}

fn start(key: &str) -> Value {
    json!({"start-step": {"step": key, "force": false}})
}

fn complete(key: &str) -> Value {
    json!({"complete-step": {"step": key, "review": "there", "force": false}})
}

fn decide(key: &str, value: &Value) -> Value {
    json!({"decide": {"key": key, "value": value}})
}

fn transition(from: &str, to: &str) -> Value {
    json!({"transition": {"from": from, "to": to, "complete": null, "decisions": [], "force": false}})
}

fn with(mut command: Value, pointer: &str, value: Value) -> Value {
    *command.pointer_mut(pointer).unwrap() = value;
    command
}

fn at<'s>(state: &'s RunState, key: &str, field: &str) -> &'s Value {
    &state.document["steps"][key][field]
}

fn violations(state: &RunState) -> Vec<String> {
    let parse = |text: &str| syntax::parse(text, Dialect::Strict).root.unwrap();
    let text = include_str!("../../../../schemas/session-state.v3.schema.json");
    let schema = Schema::compile(&parse(text)).unwrap();
    let document = serde_json::to_string(&state.document).unwrap();
    let found = schema.validate(&parse(&document));
    found.iter().map(|error| error.message.clone()).collect()
}

#[test]
fn scenario_13_a_new_record_has_eight_steps_and_six_audits_and_is_valid() {
    let state = fresh();
    assert_eq!(state.document["steps"].as_object().unwrap().len(), 8);
    assert_eq!(state.document["review_audit"].as_object().unwrap().len(), 6);
    assert_eq!(state.document["schema_version"], "3.0");
    assert_eq!(state.document["updated"], AT);
    assert_eq!(at(&state, "1", "agent"), "asker");
    assert_eq!(at(&state, "4", "agent"), "");
    assert_eq!(violations(&state), Vec::<String>::new());
    let again = json!({"init": {"document": {}, "force": false}});
    assert_eq!(refused(&state, again), RefusalCode::Conflict);
    assert_eq!(
        refused(&RunState::default(), start("1")),
        RefusalCode::Unknown
    );
}

/// The refusal of a command after others, all of them on a new record.
fn verdict(before: &[Value], command: &Value) -> Option<RefusalCode> {
    let refusal = after(&all(&fresh(), before), command.clone()).err();
    refusal.map(|(code, _)| code)
}

#[test]
fn the_table_of_what_may_follow_what_holds() {
    use RefusalCode::{Conflict, ReasonMissing, Unknown};
    let skip = |key: &str| json!({"skip-step": {"step": key, "reason": "", "force": false}});
    let block = |reason: Value| json!({"block": {"step": "1", "reason": reason}});
    let begun = vec![start("1")];
    let done = vec![start("1"), complete("1")];
    let left = vec![skip("3")];
    let forced = with(skip("2"), "/skip-step/force", json!(true));
    let cases = [
        ("complete before it begins", vec![], complete("1"), Conflict),
        ("complete twice", done.clone(), complete("1"), Conflict),
        ("begin what is complete", done.clone(), start("1"), Conflict),
        ("begin what is left out", left.clone(), start("3"), Conflict),
        (
            "complete what is left out",
            left.clone(),
            complete("3"),
            Conflict,
        ),
        ("leave out twice", left, skip("3"), Conflict),
        (
            "leave out what is needed",
            begun.clone(),
            skip("2"),
            Conflict,
        ),
        (
            "leave out what has begun",
            vec![start("3")],
            skip("3"),
            Conflict,
        ),
        (
            "force without a reason",
            begun.clone(),
            forced,
            ReasonMissing,
        ),
        ("a step nobody knows", begun.clone(), start("9"), Unknown),
        (
            "free what is not halted",
            begun,
            block(json!(null)),
            Conflict,
        ),
        ("halt what has ended", done, block(json!("x")), Conflict),
    ];
    for (name, before, command, code) in cases {
        assert_eq!(verdict(&before, &command), Some(code), "{name}");
    }
    let forced = with(complete("1"), "/complete-step/force", json!(true));
    assert_eq!(at(&all(&fresh(), &[forced]), "1", "status"), "complete");
}

#[test]
fn scenario_25_a_complete_step_opens_again_only_by_force_and_approvals_after_it_go() {
    let mut done = all(&fresh(), &[start("2"), complete("2")]);
    for gate in ["gate-1", "gate-2", "gate-3"] {
        let open = GateState {
            status: GateStatus::Open,
            shown: None,
            approvals: Vec::new(),
            note: None,
            failures: 0,
            imported: false,
        };
        done.gates.insert(gate.to_owned(), open);
    }
    assert_eq!(refused(&done, start("2")), RefusalCode::Conflict);
    let open = all(&done, &[with(start("2"), "/start-step/force", json!(true))]);
    assert_eq!(at(&open, "2", "status"), "in_progress");
    assert_eq!(at(&open, "2", "completed"), &Value::Null);
    let gates: Vec<GateStatus> = open.gates.values().map(|gate| gate.status).collect();
    let expected = [
        GateStatus::Open,
        GateStatus::Withdrawn,
        GateStatus::Withdrawn,
    ];
    assert_eq!(gates, expected);
}

#[test]
fn scenario_26_step_3_5_counts_as_3_in_any_spelling() {
    for key in ["3_5", "3.5", "step-3_5", "Step-3.5"] {
        let state = all(&fresh(), &[start(key)]);
        assert_eq!(state.document["current_step"], 3, "{key}");
        assert_eq!(at(&state, "3_5", "started"), AT);
    }
}

#[test]
fn a_checkpoint_begins_a_pending_step_and_keeps_a_complete_one_complete() {
    let checkpoint = |key: &str, sub: &str| {
        json!({"checkpoint": {"step": key, "sub_step": sub, "artifact": "01-requirements.md",
                              "telemetry": {"input_tokens": 7}}})
    };
    let begun = all(
        &fresh(),
        &[checkpoint("1", "phase_1"), checkpoint("1", "phase_2")],
    );
    assert_eq!(at(&begun, "1", "status"), "in_progress");
    assert_eq!(at(&begun, "1", "sub_step"), "phase_2");
    assert_eq!(at(&begun, "1", "artifacts"), &json!(["01-requirements.md"]));
    assert_eq!(at(&begun, "1", "telemetry"), &json!({"input_tokens": 7}));
    let again = all(&begun, &[start("1")]);
    assert_eq!(
        at(&again, "1", "sub_step"),
        "phase_2",
        "it goes on where it was"
    );
    let done = all(&begun, &[complete("1"), checkpoint("1", "after_gate_1")]);
    assert_eq!(at(&done, "1", "status"), "complete");
    assert_eq!(at(&done, "1", "sub_step"), "after_gate_1");
    assert_eq!(violations(&done), Vec::<String>::new());
}

#[test]
fn scenarios_21_and_22_a_step_without_review_is_complete_only_with_a_reason() {
    let begun = all(&fresh(), &[start("1")]);
    let missing = json!({"missing": {"gating_artifact": "01-requirements.md",
                                     "required_sidecar": "challenge-findings-requirements.json"}});
    let review = |review: Value| with(complete("1"), "/complete-step/review", review);
    assert_eq!(refused(&begun, review(missing)), RefusalCode::ReviewMissing);
    let blank = json!({"waived": {"reason": " "}});
    assert_eq!(refused(&begun, review(blank)), RefusalCode::ReasonMissing);
    let done = all(&begun, &[review(json!({"waived": {"reason": "a spike"}}))]);
    let expected = json!([{"step": "1", "reason": "a spike", "recorded": AT}]);
    assert_eq!(done.document["decisions"]["challenger_skip"], expected);
    assert_eq!(violations(&done), Vec::<String>::new());
    let written = decide("challenger_skip", &expected);
    assert_eq!(refused(&begun, written), RefusalCode::NotAllowed);
}

#[test]
fn scenario_27_a_transition_is_one_event_with_all_three_effects() {
    let begun = all(&fresh(), &[start("1")]);
    let command = with(transition("1", "2"), "/transition/complete", json!("there"));
    let command = with(
        command,
        "/transition/decisions",
        json!([["iac_tool", "bicep"]]),
    );
    let state = all(&begun, &[command]);
    assert_eq!(at(&state, "1", "status"), "complete");
    assert_eq!(at(&state, "2", "status"), "in_progress");
    assert_eq!(state.document["iac_tool"], "Bicep");
    assert_eq!(state.document["decisions"]["iac_tool"], "Bicep");
    assert_eq!(state.document["current_step"], 2);
    assert_eq!(violations(&state), Vec::<String>::new());
}

#[test]
fn scenario_28_a_way_the_graph_lacks_is_taken_only_by_force_and_noted() {
    let begun = all(&fresh(), &[start("1")]);
    let jump = with(transition("1", "6"), "/transition/complete", json!("there"));
    assert_eq!(refused(&begun, jump.clone()), RefusalCode::NoSuchWay);
    let forced = all(&begun, &[with(jump, "/transition/force", json!(true))]);
    assert_eq!(at(&forced, "6", "status"), "in_progress");
    let note = &forced.document["decision_log"][0];
    assert_eq!(note["title"], "From step 1 to step 6 against the workflow");
    assert_eq!(violations(&forced), Vec::<String>::new());
}

fn done(keys: &[&str]) -> Vec<Value> {
    let both = |key: &&str| [start(key), complete(key)];
    keys.iter().flat_map(both).collect()
}

#[test]
fn ways_are_those_of_the_graph() {
    use RefusalCode::{Conflict, NoSuchWay};
    let one = || done(&["1"]);
    let plan = || done(&["1", "2", "3_5", "4"]);
    let track = [plan(), vec![decide("iac_tool", &json!("Terraform"))]].concat();
    let cases = [
        ("through a gate", one(), ("1", "2"), None),
        (
            "before the end",
            vec![start("1")],
            ("1", "2"),
            Some(Conflict),
        ),
        (
            "over an optional step",
            done(&["1", "2"]),
            ("2", "3_5"),
            None,
        ),
        ("over another step", one(), ("1", "3_5"), Some(NoSuchWay)),
        ("back", plan(), ("4", "2"), None),
        ("back without a way", plan(), ("4", "3"), Some(NoSuchWay)),
        ("to itself", vec![start("1")], ("1", "1"), None),
        (
            "to a track nobody chose",
            plan(),
            ("4", "5"),
            Some(NoSuchWay),
        ),
        (
            "to the track that was chosen",
            track.clone(),
            ("4", "5"),
            None,
        ),
        (
            "to what is complete",
            done(&["1", "2"]),
            ("1", "2"),
            Some(Conflict),
        ),
    ];
    for (name, before, (from, to), expected) in cases {
        assert_eq!(verdict(&before, &transition(from, to)), expected, "{name}");
    }
    let state = all(&fresh(), &[track, vec![transition("4", "5")]].concat());
    assert_eq!(at(&state, "5", "agent"), "coder-t");
}

#[test]
fn a_way_back_makes_every_later_step_wait_again() {
    let mut commands = done(&["1", "2", "3_5", "4"]);
    commands.push(transition("4", "2"));
    let back = all(&fresh(), &commands);
    let keys = ["1", "2", "3", "3_5", "4"].iter();
    let statuses: Vec<&Value> = keys.map(|key| at(&back, key, "status")).collect();
    let expected = ["complete", "in_progress", "pending", "pending", "pending"];
    assert_eq!(statuses, expected);
    assert_eq!(at(&back, "4", "completed"), &Value::Null);
}

#[test]
fn decisions_fit_the_schema() {
    let cases = [
        ("iac_tool", json!("TERRAFORM"), Some(json!("Terraform"))),
        ("iac_tool", json!("Pulumi"), None),
        ("iac_tool", json!(""), Some(json!(""))),
        ("iac_tool", json!(1), None),
        ("complexity", json!("Medium"), Some(json!("standard"))),
        ("complexity", json!("huge"), None),
        ("review_depth", json!("standard"), Some(json!("default"))),
        ("sku_manifest_revision", json!("3"), Some(json!(3))),
        ("sku_manifest_revision", json!(-1), None),
        (
            "region",
            json!("swedencentral"),
            Some(json!("swedencentral")),
        ),
        ("region", json!(["a"]), None),
        (
            "our_own",
            json!({"any": ["thing"]}),
            Some(json!({"any": ["thing"]})),
        ),
        (" ", json!("x"), None),
    ];
    for (key, value, expected) in cases {
        let state = after(&fresh(), decide(key, &value)).ok();
        let found = state.map(|state| state.document["decisions"][key].clone());
        assert_eq!(found, expected, "{key} {value}");
    }
}

#[test]
fn scenario_31_the_log_has_the_form_its_validator_wants() {
    let log = |step: Value| {
        json!({"log": {"decision": "Use Azure SQL\nbecause", "rationale": "Orders",
                       "step": step, "agent": null, "title": null}})
    };
    let state = all(&fresh(), &[start("2"), log(json!("3.5")), log(json!(null))]);
    let expected = json!([
        {"id": "D001", "step": "3_5", "agent": "ruler", "title": "Use Azure SQL",
         "choice": "Use Azure SQL\nbecause", "rationale": "Orders", "timestamp": AT},
        {"id": "D002", "step": 2, "agent": "drawer", "title": "Use Azure SQL",
         "choice": "Use Azure SQL\nbecause", "rationale": "Orders", "timestamp": AT},
    ]);
    assert_eq!(state.document["decision_log"], expected);
    assert_eq!(violations(&state), Vec::<String>::new());
    assert_eq!(refused(&state, log(json!("8"))), RefusalCode::Unknown);
}

#[test]
fn findings_are_opened_once_and_closed_by_their_text() {
    let add =
        |texts: Value, repeat: bool| json!({"add-findings": {"texts": texts, "repeat": repeat}});
    let one = all(&fresh(), &[add(json!(["a"]), false)]);
    assert_eq!(
        refused(&one, add(json!(["a"]), false)),
        RefusalCode::Conflict
    );
    assert_eq!(refused(&one, add(json!([]), true)), RefusalCode::Conflict);
    let many = all(&one, &[add(json!(["a", "b"]), true)]);
    assert_eq!(many.document["open_findings"], json!(["a", "a", "b"]));
    let remove = |text: &str| json!({"remove-finding": {"text": text}});
    let fewer = all(&many, &[remove("a")]);
    assert_eq!(fewer.document["open_findings"], json!(["a", "b"]));
    assert_eq!(refused(&fewer, remove("c")), RefusalCode::Unknown);
    let mut old = fewer;
    old.document["open_findings"] = json!([{"type": "runtime", "message": "HTTP 503"}]);
    let none = all(&old, &[remove("HTTP 503")]);
    assert_eq!(none.document["open_findings"], json!([]));
}

#[test]
fn the_audit_of_reviews_grows_and_knows_older_numbers() {
    let mut state = fresh();
    state.document["review_audit"]["step_4"]["skipped"] = json!([2]);
    let audit = |skipped: Value| {
        json!({"audit-review": {"step": "4", "complexity": "standard", "passes_planned": 2,
                                "passes_executed": null, "models": ["m", "m"],
                                "skipped": skipped, "skip_reasons": ["late"]}})
    };
    let state = all(&state, &[audit(json!(["2"])), audit(json!(["3"]))]);
    let expected = json!({"complexity": "standard", "passes_planned": 2, "passes_executed": 0,
                          "skipped": [2, "3"], "skip_reasons": ["late", "late"],
                          "models_used": ["m"]});
    assert_eq!(state.document["review_audit"]["step_4"], expected);
    assert_eq!(violations(&state), Vec::<String>::new());
}

#[test]
fn a_halted_step_goes_on_only_when_somebody_lets_it() {
    let block = |reason: Value| json!({"block": {"step": "2", "reason": reason}});
    let halted = all(&fresh(), &[start("2"), block(json!("no quota"))]);
    assert_eq!(at(&halted, "2", "blocked")["reason"], "no quota");
    let expected = json!(["blocked: step 2 - no quota"]);
    assert_eq!(halted.document["open_findings"], expected);
    assert_eq!(violations(&halted), Vec::<String>::new());
    for command in [start("2"), complete("2"), transition("2", "3")] {
        assert_eq!(refused(&halted, command), RefusalCode::Halted);
    }
    assert_eq!(
        refused(&halted, block(json!("more"))),
        RefusalCode::Conflict
    );
    let free = all(&halted, &[block(json!(null)), complete("2")]);
    assert_eq!(free.document["open_findings"], json!([]));
    assert_eq!(free.document["steps"]["2"].get("blocked"), None);
}

#[test]
fn an_import_keeps_what_nobody_knows_and_brings_no_approval() {
    let mut document = fresh().document;
    document.insert("ours".to_owned(), json!({"kept": 1}));
    let gates = json!({"gate-1": {"status": "open", "approvals": [{"by": "eve"}]},
                       "gate-9": {"status": "open"}, "gate-2": {"status": "waiting"}});
    document.insert("gates".to_owned(), gates);
    let import = json!({"import": {"document": document, "digest": "d"}});
    let state = all(&RunState::default(), std::slice::from_ref(&import));
    assert_eq!(state.document["ours"], json!({"kept": 1}));
    assert_eq!(state.document.get("gates"), None);
    assert_eq!(state.gates.keys().collect::<Vec<_>>(), ["gate-1"]);
    assert_eq!(state.gates["gate-1"].status, GateStatus::Withdrawn);
    assert!(state.gates["gate-1"].imported && state.gates["gate-1"].approvals.is_empty());
    // An approval of ours goes too when the file says that its step is not done.
    let mut ours = all(&fresh(), &[start("1"), complete("1")]);
    let mut open = state.gates["gate-1"].clone();
    open.status = GateStatus::Open;
    ours.gates.insert("gate-1".to_owned(), open);
    let edited = all(&ours, &[import]);
    assert_eq!(edited.gates["gate-1"].status, GateStatus::Withdrawn);
}

#[test]
fn the_record_of_a_new_project_has_the_steps_that_the_pack_knows() {
    let blank = Value::Object(super::blank().clone());
    let steps = &crate::pack::runner().steps;
    assert_eq!(blank["steps"].as_object().unwrap().len(), steps.len());
    for step in steps {
        let held = &blank["steps"][&step.key];
        assert_eq!(held["name"], step.name.as_str(), "{}", step.key);
        assert_eq!(held["agent"], step.agent.as_str(), "{}", step.key);
        let audit = blank["review_audit"].get(format!("step_{}", step.key));
        assert_eq!(audit.is_some(), step.audited, "{}", step.key);
    }
}
