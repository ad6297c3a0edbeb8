//! Handoffs as a whole.

use serde_json::{Value, json};

use super::{Sources, render};
use crate::session::blank;
use crate::state::{GateState, GateStatus, RunState};

fn state(steps: &[(&str, Value)]) -> RunState {
    let mut document = blank().clone();
    document.insert("project".to_owned(), json!("shop"));
    document.insert("updated".to_owned(), json!("2026-11-21T10:00:00Z"));
    for (key, values) in steps {
        for (name, value) in values.as_object().unwrap() {
            document["steps"][*key][name] = value.clone();
        }
    }
    RunState {
        document,
        ..RunState::default()
    }
}

fn sources<'a>(artifacts: &'a [String], reviews: &'a [(String, String)]) -> Sources<'a> {
    Sources {
        folder: "agent-output/shop",
        artifacts,
        reviews,
    }
}

fn in_folder(names: &[&str]) -> Vec<String> {
    let paths = names.iter().map(|name| format!("agent-output/shop/{name}"));
    paths.collect()
}

#[test]
fn a_new_project_has_all_six_sections() {
    let expected = "\
# shop — Handoff (no step complete)

Updated: 2026-11-21T10:00:00Z | IaC: not chosen | Branch: main

## Completed Steps

- None

## Key Decisions

- Region: swedencentral

## Open Challenger Findings (must_fix only)

- None

## Context for Next Step

Step 1 (Requirements) is next.

## Skill Context

- None

## Artifacts

- None
";
    assert_eq!(render(&state(&[]), &sources(&[], &[])), expected);
}

const IN_THE_MIDDLE: &str = "\
# shop — Handoff (Step 2 complete)

Updated: 2026-11-21T10:00:00Z | IaC: Bicep | Branch: main

## Completed Steps

- [x] Step 1 → `agent-output/shop/01-requirements.md`
- [x] Step 2 → `agent-output/shop/02-architecture-assessment.md` and 2 more
- [x] Step 3 → left out

## Key Decisions

- Region: swedencentral
- Budget: EUR 900 per month
- IaC tool: Bicep

## Open Challenger Findings (must_fix only)

- M2: No backup / &lt;none> (`challenge-findings-architecture-pass2.json`)
- M3: No backup / &lt;none> (`challenge-findings-architecture-pass3.json`)
- `agent-output/shop/challenge-findings-plan.json` is no JSON

## Context for Next Step

Step 3.5 (Governance) is in progress, last at `phase_2`. `gate-2_5` waits for a decision. 2 findings are open in `00-session-state.json`.

## Skill Context

- complexity: standard

## Artifacts

- `agent-output/shop/01-requirements.md`
- `agent-output/shop/02-architecture-assessment.md`
";

#[test]
fn steps_decisions_findings_and_artifacts_are_named() {
    let done = |artifacts: Value| json!({"status": "complete", "artifacts": artifacts});
    let mut state = state(&[
        ("1", done(json!(["01-requirements.md"]))),
        (
            "2",
            done(json!([
                "agent-output/shop/02-architecture-assessment.md",
                "x.md",
                "y.md"
            ])),
        ),
        ("3", json!({"status": "skipped"})),
        (
            "3_5",
            json!({"status": "in_progress", "sub_step": "phase_2"}),
        ),
    ]);
    state.document["iac_tool"] = json!("Bicep");
    state.document["decisions"]["budget"] = json!("EUR 900\nper month");
    state.document["decisions"]["complexity"] = json!("standard");
    state.document["decisions"]["challenger_skip"] = json!([]);
    state.document["open_findings"] = json!(["a", "b"]);
    let waiting = GateState {
        status: GateStatus::Waiting,
        shown: None,
        approvals: Vec::new(),
        note: None,
        failures: 0,
        imported: false,
    };
    state.gates.insert("gate-2_5".to_owned(), waiting);
    let artifacts = in_folder(&[
        "00-session-state.json",
        "00-session-state.json.bak",
        "01-requirements.md",
        "02-architecture-assessment.md",
    ]);
    let review = |pass: u32, focus: &str| {
        json!({"review_focus": focus, "findings": [
            {"id": format!("M{pass}"), "severity": "must_fix", "claim": "No backup | <none>"},
            {"id": "M9", "severity": "must_fix", "claim": "decided"},
            {"id": "S1", "severity": "should_fix", "claim": "small"}]})
        .to_string()
    };
    let decisions = json!({"decisions": [
        {"finding_id": "M9", "action": "accept"}, {"finding_id": "M2", "action": "defer"}]});
    let reviews: Vec<(String, String)> = [
        ("architecture-pass1.json", review(1, "comprehensive")),
        ("architecture-pass2.json", review(2, "comprehensive")),
        ("architecture-pass3.json", review(3, "cost-feasibility")),
        ("architecture-decisions.json", decisions.to_string()),
        ("plan.json", "{".to_owned()),
    ]
    .into_iter()
    .map(|(name, text)| (format!("agent-output/shop/challenge-findings-{name}"), text))
    .collect();
    assert_eq!(
        render(&state, &sources(&artifacts, &reviews)),
        IN_THE_MIDDLE
    );
}

#[test]
fn a_halted_step_is_said_first() {
    let state = state(&[
        ("1", json!({"status": "complete"})),
        (
            "2",
            json!({"status": "in_progress", "blocked": {"reason": "no quota."}}),
        ),
    ]);
    let text = render(&state, &sources(&[], &[]));
    assert!(
        text.starts_with("# shop — Handoff (Step 2 blocked)\n"),
        "{text}"
    );
    assert!(
        text.contains("\nStep 2 (Architecture) is halted: no quota.\n"),
        "{text}"
    );
    assert!(
        text.contains("- [x] Step 1 → no artifact is listed\n"),
        "{text}"
    );
}

#[test]
fn it_stays_under_60_lines_whatever_there_is() {
    let steps: Vec<(&str, Value)> = ["1", "2", "3", "3_5", "4", "5", "6", "7"]
        .into_iter()
        .map(|key| (key, json!({"status": "complete", "artifacts": ["a.md"]})))
        .collect();
    let mut state = state(&steps);
    for number in 0..50 {
        state.document["decisions"][format!("key_{number}")] = json!("x".repeat(500));
    }
    for key in [
        "compliance",
        "budget",
        "architecture_pattern",
        "deployment_strategy",
    ] {
        state.document["decisions"][key] = json!("chosen");
    }
    let mut artifacts = Vec::new();
    for folder in [
        "agent-output/shop",
        "infra/bicep/shop",
        "infra/bicep/shop/modules",
        "docs",
    ] {
        for (ending, number) in ["md", "json", "png", "py"]
            .iter()
            .zip(0_u32..)
            .cycle()
            .take(80)
        {
            let count = artifacts.len();
            artifacts.push(format!("{folder}/{number:02}-file-{count}.{ending}"));
        }
    }
    let findings: Vec<Value> = (0..40)
        .map(|number| json!({"id": format!("M{number}"), "severity": "must_fix", "title": "t"}))
        .collect();
    let findings = json!({"findings": findings}).to_string();
    let reviews = [(
        "agent-output/shop/challenge-findings-plan.json".to_owned(),
        findings,
    )];
    let text = render(&state, &sources(&artifacts, &reviews));
    assert!(text.lines().count() < 60, "{} lines", text.lines().count());
    assert!(text.contains("- and 33 more\n"), "{text}");
    assert!(text.contains(" files)\n"), "{text}");
    assert!(text.ends_with(" files)\n"), "{text}");
}
