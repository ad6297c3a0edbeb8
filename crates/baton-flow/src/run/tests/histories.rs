//! Random histories: whatever happens, gates hold, approvals count once, and nothing panics.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::graph::{Flow, GraphNode, NodeKind, WorkflowGraph, ancestors};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use serde_json::{Map, Value, json};

use crate::event::{
    ActorKind, AgentOutcome, CeilingChoice, Command, Event, FailureCategory, ReviewPresence,
    ReviewVerdict, RunEvent, Verdict, What,
};
use crate::plan::{self, NodeStatus};
use crate::state::{GateState, GateStatus, RunState, Work};
use crate::story::{GRAPHS, actor, approval, complete, document, load, shown};
use crate::{Effect, Question, pack, step, steps};

type Dice = (u8, u8, u8, u8);

fn cases() -> u32 {
    let wanted = std::env::var("BATON_PROPTEST_CASES");
    wanted
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(256)
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn graphs() -> Vec<WorkflowGraph> {
    GRAPHS.iter().map(|(_, text)| load(text)).collect()
}

fn pick<T: Clone>(list: &[T], number: u8) -> T {
    list[usize::from(number) % list.len()].clone()
}

fn begin(dice: Dice) -> RunState {
    let mut document = document();
    let Some(Value::Object(decisions)) = document.get_mut("decisions") else {
        unreachable!()
    };
    for (name, value) in [
        ("iac_tool", pick(&["Bicep", "terraform", ""], dice.0)),
        ("review_depth", pick(&["deep", "standard"], dice.1)),
        (
            "complexity",
            pick(&["simple", "standard", "complex"], dice.2),
        ),
        ("skip_design", pick(&["true", "", "false"], dice.3)),
    ] {
        decisions.insert(name.to_owned(), json!(value));
    }
    RunState {
        document,
        ..RunState::default()
    }
}

fn outcome(dice: Dice) -> AgentOutcome {
    use FailureCategory::{
        AgentError, AuthExpired, BuildError, DeploymentError, ForbiddenChange, Timeout,
    };
    let kinds = [
        AgentError,
        AuthExpired,
        BuildError,
        DeploymentError,
        ForbiddenChange,
        Timeout,
    ];
    match dice.2 % 8 {
        0..=4 => complete(),
        5 => AgentOutcome::Lost,
        _ => AgentOutcome::Failed {
            category: pick(&kinds, dice.3),
            error: format!("error {}", dice.3 % 3),
        },
    }
}

/// Any event about any node.
fn anything(graph: &WorkflowGraph, dice: Dice) -> RunEvent {
    let node = graph.id(usize::from(dice.1) % graph.nodes.len()).to_owned();
    let other = graph.id(usize::from(dice.2) % graph.nodes.len()).to_owned();
    let parts = [
        None,
        Some("a".to_owned()),
        Some("design-document".to_owned()),
    ];
    let (substep, reason) = (pick(&parts, dice.3), "r".to_owned());
    let change = pick(&["add", "delete"], dice.3).to_owned();
    match dice.0 % 16 {
        0 => RunEvent::Started {
            graph: pick(&["g", "h"], dice.3).to_owned(),
        },
        1 => RunEvent::AgentStarted {
            node,
            substep,
            attempt: u32::from(dice.2),
        },
        2 | 3 => RunEvent::AgentEnded {
            node,
            substep,
            outcome: outcome(dice),
        },
        4 => RunEvent::ReviewEnded {
            node,
            pass: u32::from(dice.2 % 4),
            lens: "l".to_owned(),
            verdict: verdict(dice.3),
        },
        5..=10 => about_a_gate(node, other, dice),
        11 => RunEvent::ReturnTaken {
            from: node,
            to: other,
            reason,
        },
        12 => RunEvent::Previewed {
            node,
            changes: BTreeMap::from([("r".to_owned(), change)]),
        },
        13 => RunEvent::BreakerReset { node },
        14 => RunEvent::OptionChosen {
            node,
            run: dice.3.is_multiple_of(2),
        },
        _ => RunEvent::CeilingDecided {
            node,
            choice: pick(&[CeilingChoice::Accept, CeilingChoice::Override], dice.3),
        },
    }
}

fn about_a_gate(gate: String, other: String, dice: Dice) -> RunEvent {
    let digest = pick(&["d1", "d2"], dice.3);
    match dice.0 % 16 {
        5 => RunEvent::GatePresented {
            gate,
            shown: shown(digest),
        },
        6 => approval(&gate, digest),
        7 => RunEvent::GateRejected {
            gate,
            reason: "r".to_owned(),
            to: pick(&[None, Some(other)], dice.3),
        },
        8 => RunEvent::GateDeferred { gate, reason: None },
        9 => RunEvent::GateStale {
            gate,
            changed: Vec::new(),
        },
        _ => validated(&gate, dice.3),
    }
}

fn verdict(number: u8) -> ReviewVerdict {
    use ReviewVerdict::{Approved, Failed, NeedsRevision, RequiresEarlierStep};
    let verdicts = [
        Approved,
        Approved,
        Approved,
        NeedsRevision,
        RequiresEarlierStep,
        Failed,
    ];
    pick(&verdicts, number)
}

fn validated(gate: &str, number: u8) -> RunEvent {
    RunEvent::Validated {
        gate: gate.to_owned(),
        verdict: pick(
            &[Verdict::Pass, Verdict::Fail, Verdict::Inconclusive],
            number,
        ),
        digest: "d".to_owned(),
        findings: Vec::new(),
    }
}

/// What somebody does about the first thing there is to do.
fn ordinary(graph: &WorkflowGraph, state: &RunState, dice: Dice) -> Option<RunEvent> {
    let running = graph.nodes.iter().find_map(|node| {
        let work = state.work.get(&node.canonical)?;
        Some((node.id.value.clone(), work.running.first()?.clone()))
    });
    let first = plan::next(graph, state).into_iter().next();
    if let Some((node, part)) = running
        && (first.is_none() || dice.3.is_multiple_of(2))
    {
        let substep = (!part.is_empty()).then_some(part);
        return Some(RunEvent::AgentEnded {
            node,
            substep,
            outcome: outcome(dice),
        });
    }
    let (reason, run) = (String::new(), dice.3.is_multiple_of(2));
    Some(match first? {
        Effect::RunAgent {
            node,
            substep,
            attempt,
        } => RunEvent::AgentStarted {
            node,
            substep,
            attempt,
        },
        Effect::RunReview { node, pass, lens } => RunEvent::ReviewEnded {
            node,
            pass,
            lens,
            verdict: verdict(dice.2),
        },
        Effect::Validate { gate } => validated(&gate, if dice.2 < 200 { 0 } else { dice.2 }),
        Effect::Present { gate } => RunEvent::GatePresented {
            gate,
            shown: shown("d1"),
        },
        Effect::Await { gate } => approval(&gate, "d1"),
        Effect::Halt { node, .. } => RunEvent::BreakerReset { node },
        Effect::Ask { question } => match question {
            Question::Optional { node } => RunEvent::OptionChosen { node, run },
            Question::Repeat { node, substep } => RunEvent::AgentStarted {
                node,
                substep,
                attempt: 1,
            },
            Question::ReviewCeiling { node } => RunEvent::CeilingDecided {
                node,
                choice: CeilingChoice::Accept,
            },
            Question::Return { from, to, .. } => RunEvent::ReturnTaken {
                from,
                to: to.first()?.clone(),
                reason,
            },
            Question::Route { .. } => return None,
        },
        _ => return None,
    })
}

fn event(graph: &WorkflowGraph, state: &RunState, dice: Dice, at: usize) -> Event {
    let usual = if dice.0 < 208 {
        ordinary(graph, state, dice)
    } else {
        None
    };
    let kinds = [
        ActorKind::Human,
        ActorKind::Human,
        ActorKind::Agent,
        ActorKind::Runner,
    ];
    let kind = if usual.is_some() {
        ActorKind::Human
    } else {
        pick(&kinds, dice.2)
    };
    Event {
        at: format!("2026-06-01T00:{:02}:{:02}Z", at / 60, at % 60),
        by: actor(pick(&["ann", "bob"], dice.3), kind),
        what: match usual {
            Some(usual) => What::Run(usual),
            None if dice.0.is_multiple_of(3) => What::Session(command(state, dice)),
            None => What::Run(anything(graph, dice)),
        },
    }
}

/// Any command, or an edit of the state file.
fn command(state: &RunState, dice: Dice) -> Command {
    let keys = ["1", "2", "3", "3_5", "4", "5", "6", "7", "9"];
    let (step, force) = (pick(&keys, dice.1).to_owned(), dice.3.is_multiple_of(2));
    let review = ReviewPresence::There;
    match dice.2 % 8 {
        0 => Command::StartStep { step, force },
        1 => Command::CompleteStep {
            step,
            review,
            force,
        },
        2 => Command::SkipStep {
            step,
            reason: "r".to_owned(),
            force,
        },
        3 => Command::Decide {
            key: pick(&["iac_tool", "review_depth", "skip_design"], dice.1).to_owned(),
            value: json!(pick(&["Bicep", "Terraform", "deep", "true"], dice.3)),
        },
        4 => Command::Transition {
            from: step,
            to: pick(&keys, dice.3).to_owned(),
            complete: Some(review),
            decisions: Vec::new(),
            force,
        },
        5 => Command::Block {
            step,
            reason: pick(&[None, Some("r".to_owned())], dice.3),
        },
        _ => {
            let mut document = state.document.clone();
            let status = pick(&["pending", "in_progress", "complete", "skipped"], dice.3);
            let at = json!("2026-06-01T00:00:00Z");
            let edited = json!({"status": status, "started": at, "completed": at});
            let tool = json!(pick(&["Bicep", "Terraform"], dice.1));
            steps::within(&mut document, "steps", |steps| {
                steps.insert(step, edited);
            });
            steps::within(&mut document, "decisions", |decisions| {
                decisions.insert("iac_tool".to_owned(), tool);
            });
            document.insert("gates".to_owned(), json!({"gate-1": {"status": "open"}}));
            Command::Import {
                document,
                digest: String::new(),
                history: Vec::new(),
            }
        }
    }
}

/// What an observer remembers who sees events only.
#[derive(Default)]
struct Observer {
    /// What each gate that waits was shown last.
    shown: BTreeMap<String, String>,
}

impl Observer {
    fn sees(
        &mut self,
        graph: &WorkflowGraph,
        (before, after): (&RunState, &RunState),
        event: &Event,
    ) {
        let What::Run(happened) = &event.what else {
            let open = |gate: &GateState| gate.status == GateStatus::Open;
            for (id, gate) in after.gates.iter().filter(|(_, gate)| open(gate)) {
                assert!(
                    before.gates.get(id).is_some_and(open),
                    "{event:?} opened {id}"
                );
                assert_eq!(before.gates.get(id), Some(gate));
            }
            self.shown.retain(|id, _| {
                let waits = |gate: &GateState| gate.status == GateStatus::Waiting;
                after
                    .gates
                    .get(id)
                    .is_some_and(|gate| open(gate) || waits(gate))
            });
            return;
        };
        if let RunEvent::GatePresented { gate, shown } = happened {
            let gate = baton_repo::graph::canonical(gate);
            self.shown.insert(gate, shown.digest.clone());
        }
        for node in graph.nodes.iter().filter(|node| node.is_gate()) {
            self.gate(node, (before, after), (event.by.kind, happened));
        }
        if let RunEvent::AgentStarted { node, .. } = happened {
            gates_before_are_open(graph, before, node);
        }
        steps_are_sound(after);
        assert_eq!(after.document["updated"], json!(event.at));
    }

    fn gate(
        &mut self,
        node: &GraphNode,
        (before, after): (&RunState, &RunState),
        (kind, happened): (ActorKind, &RunEvent),
    ) {
        let id = &node.canonical;
        let is = |state: &RunState, status| {
            let gate = state.gates.get(id);
            gate.is_some_and(|gate| gate.status == status)
        };
        let open = is(after, GateStatus::Open);
        match happened {
            _ if !open || is(before, GateStatus::Open) => {}
            RunEvent::GateApproved { gate, digest, .. } => {
                assert_eq!(baton_repo::graph::canonical(gate), *id);
                assert_eq!(kind, ActorKind::Human);
                assert_eq!(
                    self.shown.remove(id).as_ref(),
                    Some(digest),
                    "{id} was reused"
                );
            }
            RunEvent::Validated { verdict, .. } => {
                assert_eq!(
                    (node.kind, *verdict),
                    (NodeKind::MachineGate, Verdict::Pass)
                );
            }
            other => panic!("{other:?} opened {id}"),
        }
        if !open && !is(after, GateStatus::Waiting) {
            self.shown.remove(id);
            let given = after.gates.get(id).map_or(0, |gate| gate.approvals.len());
            assert_eq!(given, 0, "{id}");
        }
    }
}

fn gates_before_are_open(graph: &WorkflowGraph, state: &RunState, node: &str) {
    let survey = plan::survey(graph, state);
    let status = |node: usize| plan::status_in(graph, state, &survey, node);
    let flow = Flow::new(graph, |node| status(node) != NodeStatus::NotApplicable);
    let before = ancestors(&flow, graph.find(node).unwrap());
    let gates = (0..before.len()).filter(|gate| before[*gate] && graph.nodes[*gate].is_gate());
    let mut closed = gates.filter(|gate| status(*gate) != NodeStatus::Complete);
    assert_eq!(closed.next(), None, "{node} runs");
}

fn steps_are_sound(state: &RunState) {
    let running: Vec<&Work> = state
        .work
        .values()
        .filter(|work| !work.running.is_empty())
        .collect();
    assert!(running.len() <= 1, "{running:?}");
    let limit = pack::runner().fan_out_limit;
    assert!(running.iter().all(|work| work.running.len() <= limit));
    for step in state.document["steps"].as_object().unwrap().values() {
        let (status, is_set) = (&step["status"], |field: &str| step[field].is_string());
        assert!(*status != "in_progress" || is_set("started"), "{step}");
        assert!(*status != "complete" || is_set("completed"), "{step}");
    }
}

fn lead(graph: &WorkflowGraph, first: Dice, history: &[Dice]) -> RunState {
    let begun = begin(first);
    let (mut state, mut observer, mut accepted) = (begun.clone(), Observer::default(), Vec::new());
    for (at, dice) in history.iter().enumerate() {
        let event = event(graph, &state, *dice, at);
        let (after, effects) = step(graph, &state, &event);
        if let Some(Effect::Refused { reason, .. }) = effects.first() {
            assert_eq!((&after, effects.len()), (&state, 1));
            assert!(!reason.is_empty());
            continue;
        }
        observer.sees(graph, (&state, &after), &event);
        let works = after.work.values().any(|work| !work.running.is_empty());
        assert!(
            works || !effects.is_empty() || matches!(event.what, What::Session(_)),
            "nothing to do after {event:?}"
        );
        state = after;
        accepted.push(event);
    }
    let replayed = accepted
        .iter()
        .fold(begun, |state, event| step(graph, &state, event).0);
    assert_eq!(replayed, state);
    state
}

fn corrupt(graph: &WorkflowGraph, state: &mut RunState, dice: Dice) {
    let odd = [
        json!(null),
        json!([]),
        json!(7),
        json!("x"),
        json!({"status": 3}),
        json!({"": {}}),
    ];
    let key = pick(
        &[
            "steps",
            "decisions",
            "open_findings",
            "review_audit",
            "current_step",
        ],
        dice.1,
    );
    let node = &graph.nodes[usize::from(dice.2) % graph.nodes.len()].canonical;
    match dice.0 % 4 {
        0 => {
            state.document.insert(key.to_owned(), pick(&odd, dice.3));
        }
        1 => {
            let steps = Value::Object(Map::from_iter([("5".to_owned(), pick(&odd, dice.3))]));
            state.document.insert("steps".to_owned(), steps);
        }
        2 => {
            let work = Work {
                attempt: u32::MAX,
                reviewed: u32::MAX,
                extra_reviews: u32::MAX,
                delivered: dice.3.is_multiple_of(2),
                running: pick(&[vec![], vec!["nothing".to_owned()]], dice.3),
                lost: pick(&[vec![], vec!["nothing".to_owned()]], dice.1),
                reviews: vec![(u32::MAX, String::new(), verdict(dice.3))],
                ..Work::default()
            };
            state.work.insert(node.clone(), work);
            state.returns.insert(format!("{node}>{node}"), u32::MAX);
        }
        _ => {
            use GateStatus::{Inconclusive, Open, Rejected, Waiting, Withdrawn};
            let gate = GateState {
                status: pick(&[Inconclusive, Open, Rejected, Waiting, Withdrawn], dice.3),
                shown: None,
                approvals: Vec::new(),
                note: None,
                failures: u32::MAX,
                imported: dice.1.is_multiple_of(2),
            };
            state.gates.insert(node.clone(), gate);
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn histories_keep_gates_approvals_and_replay(
        graph in 0..GRAPHS.len(),
        first in any::<Dice>(),
        history in proptest::collection::vec(any::<Dice>(), 40..70),
    ) {
        let graph = load(GRAPHS[graph].1);
        lead(&graph, first, &history);
    }

    #[test]
    fn nothing_panics_whatever_the_state(
        graph in 0..GRAPHS.len(),
        first in any::<Dice>(),
        history in proptest::collection::vec(any::<Dice>(), 0..20),
        faults in proptest::collection::vec(any::<Dice>(), 1..6),
        further in proptest::collection::vec(any::<Dice>(), 1..10),
    ) {
        let graph = load(GRAPHS[graph].1);
        let mut state = lead(&graph, first, &history);
        for dice in faults {
            corrupt(&graph, &mut state, dice);
        }
        for (at, dice) in further.iter().enumerate() {
            let event = event(&graph, &state, *dice, at);
            state = step(&graph, &state, &event).0;
            plan::next(&graph, &state);
        }
    }
}

#[test]
fn a_graph_without_sense_panics_nowhere() {
    let graphs = [
        r#"{"nodes": {}, "edges": []}"#,
        r#"{"nodes": {"a": {}}, "edges": [{"from": "a", "to": "a"}]}"#,
        r#"{"nodes": {"a": {"type": "gate"}, "b": {"type": "agent-step", "requires": ["x"]}},
            "edges": [{"from": "a", "to": "b", "condition": "on_complete"},
              {"from": "b", "to": "a", "condition": "on_complete"}]}"#,
        r#"{"nodes": {"step-1.5": {"type": "agent-step", "optional": true},
              "step-1_5": {"type": "subagent-fan-out", "parallel_substeps": ["", "p", "p"]}},
            "edges": [{"from": "step-1.5", "to": "nowhere", "condition": []}]}"#,
    ];
    for text in graphs {
        let graph = load(text);
        let mut state = begin((0, 0, 0, 0));
        for number in 0..=4095_u16 {
            let [high, low] = number.to_be_bytes();
            let dice = (high, low, low / 16, low % 7);
            let what = match graph.nodes.len() {
                0 => RunEvent::Aborted {
                    reason: String::new(),
                },
                _ => anything(&graph, dice),
            };
            let event = Event {
                at: "2026-06-01T00:00:00Z".to_owned(),
                by: actor("ann", ActorKind::Human),
                what: What::Run(what),
            };
            state = step(&graph, &state, &event).0;
            assert!(!plan::next(&graph, &state).is_empty() || !state.work.is_empty());
        }
    }
}

#[test]
fn random_histories_reach_every_node() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = proptest::collection::vec(any::<Dice>(), 150);
    for graph in graphs() {
        let all = graph.nodes.iter().map(|node| node.canonical.clone());
        let mut missing: BTreeSet<String> = all.collect();
        for _ in 0..200 {
            let dice = strategy.new_tree(&mut runner).unwrap().current();
            let state = lead(&graph, dice[0], &dice[1..]);
            missing
                .retain(|node| !state.work.contains_key(node) && !state.gates.contains_key(node));
            if missing.is_empty() {
                break;
            }
        }
        assert!(missing.is_empty(), "{missing:?}");
    }
}
