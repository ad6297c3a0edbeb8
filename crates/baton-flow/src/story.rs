//! A project that is led by hand, for tests: events go in, what is to be done comes out.

use std::collections::BTreeMap;

use baton_repo::graph::{self, WorkflowGraph};
use baton_syntax::json::{self, Dialect};
use serde_json::{Map, Value, json};

use crate::event::{
    Actor, ActorKind, AgentOutcome, Event, FailureCategory, ReviewVerdict, RunEvent, Shown,
    Verdict, What,
};
use crate::{Effect, Question, RefusalCode, RunState, pack, plan, step, steps};

/// All graphs of the fixtures, and that of the pack.
pub(crate) const GRAPHS: [(&str, &str); 8] = [
    ("pack", pack::WORKFLOW_GRAPH),
    (
        "2.0",
        include_str!("../../../fixtures/graphs/v2.0-parent.json"),
    ),
    (
        "2.0b",
        include_str!("../../../fixtures/graphs/v2.0-unified.json"),
    ),
    ("2.1", include_str!("../../../fixtures/graphs/v2.1.json")),
    ("2.2", include_str!("../../../fixtures/graphs/v2.2.json")),
    ("2.3", include_str!("../../../fixtures/graphs/v2.3.json")),
    (
        "fork",
        include_str!("../../../fixtures/graphs/v3.0-fork.json"),
    ),
    (
        "array",
        include_str!("../../../fixtures/graphs/alz-array.json"),
    ),
];

pub(crate) struct Story {
    pub(crate) graph: WorkflowGraph,
    pub(crate) state: RunState,
    pub(crate) effects: Vec<Effect>,
    pub(crate) seen: Vec<String>,
    minute: u32,
    last: Option<Event>,
}

pub(crate) fn load(text: &str) -> WorkflowGraph {
    let document = json::parse(text, Dialect::Strict);
    graph::load(&document.root.unwrap()).graph.unwrap()
}

pub(crate) fn named(name: &str) -> WorkflowGraph {
    let (_, text) = GRAPHS.iter().find(|(known, _)| *known == name).unwrap();
    load(text)
}

pub(crate) fn document() -> Map<String, Value> {
    let document = json!({
        "schema_version": "3.0",
        "project": "demo",
        "iac_tool": "",
        "current_step": 0,
        "decisions": {"governance_trace": {"L0": "x"}},
        "open_findings": [],
        "steps": {},
    });
    let Value::Object(document) = document else {
        unreachable!()
    };
    document
}

pub(crate) fn actor(name: &str, kind: ActorKind) -> Actor {
    Actor {
        name: name.to_owned(),
        kind,
    }
}

pub(crate) fn shown(digest: &str) -> Shown {
    Shown {
        digest: digest.to_owned(),
        artifacts: BTreeMap::new(),
        findings: String::new(),
        graph: "g".to_owned(),
    }
}

pub(crate) fn complete() -> AgentOutcome {
    AgentOutcome::Complete {
        artifacts: vec!["agent-output/demo/a.md".to_owned()],
        telemetry: Map::new(),
    }
}

impl Story {
    /// A project of a graph, begun.
    pub(crate) fn of(name: &str) -> Story {
        Story::on(named(name))
    }

    /// The same on a graph of one's own.
    pub(crate) fn on(graph: WorkflowGraph) -> Story {
        let state = RunState {
            document: document(),
            ..RunState::default()
        };
        let mut story = Story {
            graph,
            state,
            effects: Vec::new(),
            seen: Vec::new(),
            minute: 0,
            last: None,
        };
        story.runner(RunEvent::Started {
            graph: "g".to_owned(),
        });
        story
    }

    pub(crate) fn decide(&mut self, key: &str, value: Value) -> &mut Story {
        steps::within(&mut self.state.document, "decisions", |decisions| {
            decisions.insert(key.to_owned(), value);
        });
        self.effects = plan::next(&self.graph, &self.state);
        self
    }

    pub(crate) fn human(&mut self, happened: RunEvent) -> &mut Story {
        self.happens("ann", ActorKind::Human, happened)
    }

    pub(crate) fn runner(&mut self, happened: RunEvent) -> &mut Story {
        self.happens("baton", ActorKind::Runner, happened)
    }

    pub(crate) fn happens(&mut self, name: &str, kind: ActorKind, what: RunEvent) -> &mut Story {
        let told = format!("{what:?}");
        let (state, effects) = self.try_it(actor(name, kind), what);
        let refused = effects.first();
        assert!(
            !matches!(refused, Some(Effect::Refused { .. })),
            "{told}: {refused:?}"
        );
        self.state = state;
        self.effects = effects;
        self
    }

    pub(crate) fn refused(&mut self, kind: ActorKind, what: RunEvent) -> (RefusalCode, String) {
        let told = format!("{what:?}");
        let before = self.state.clone();
        let (after, mut effects) = self.try_it(actor("ann", kind), what);
        assert_eq!(after, before);
        assert_eq!(effects.len(), 1, "{told}");
        match effects.pop() {
            Some(Effect::Refused { code, reason }) => (code, reason),
            other => panic!("{told}: {other:?}"),
        }
    }

    fn try_it(&mut self, by: Actor, what: RunEvent) -> (RunState, Vec<Effect>) {
        self.minute += 1;
        let event = Event {
            at: format!(
                "2026-06-01T{:02}:{:02}:00Z",
                self.minute / 60 % 24,
                self.minute % 60
            ),
            by,
            what: What::Run(what),
        };
        let done = step(&self.graph, &self.state, &event);
        self.last = Some(event);
        done
    }

    pub(crate) fn start(&mut self, node: &str) -> &mut Story {
        self.runner(RunEvent::AgentStarted {
            node: node.to_owned(),
            substep: None,
            attempt: 1,
        })
    }

    pub(crate) fn end(&mut self, node: &str, outcome: AgentOutcome) -> &mut Story {
        self.runner(RunEvent::AgentEnded {
            node: node.to_owned(),
            substep: None,
            outcome,
        })
    }

    pub(crate) fn fail(
        &mut self,
        node: &str,
        category: FailureCategory,
        error: &str,
    ) -> &mut Story {
        let error = error.to_owned();
        self.start(node)
            .end(node, AgentOutcome::Failed { category, error })
    }

    pub(crate) fn review(&mut self, node: &str, pass: u32, verdict: ReviewVerdict) -> &mut Story {
        self.runner(RunEvent::ReviewEnded {
            node: node.to_owned(),
            pass,
            lens: "comprehensive".to_owned(),
            verdict,
        })
    }

    pub(crate) fn present(&mut self, gate: &str, digest: &str) -> &mut Story {
        self.runner(RunEvent::GatePresented {
            gate: gate.to_owned(),
            shown: shown(digest),
        })
    }

    pub(crate) fn validate(&mut self, gate: &str, verdict: Verdict) -> &mut Story {
        self.runner(RunEvent::Validated {
            gate: gate.to_owned(),
            verdict,
            digest: "d".to_owned(),
            findings: vec!["main.bicep:1 is no Bicep".to_owned()],
        })
    }

    /// Does the first thing there is to do in the most ordinary way.
    pub(crate) fn obey(&mut self) -> &mut Story {
        let effect = self.effects.first().cloned();
        let first = effect
            .clone()
            .unwrap_or_else(|| panic!("nothing to do: {:?}", self.last));
        self.seen.push(told(&first));
        match first {
            Effect::RunAgent {
                node,
                substep,
                attempt,
            } => {
                self.runner(RunEvent::AgentStarted {
                    node: node.clone(),
                    substep: substep.clone(),
                    attempt,
                });
                self.runner(RunEvent::AgentEnded {
                    node,
                    substep,
                    outcome: complete(),
                })
            }
            Effect::RunReview { node, pass, lens } => self.runner(RunEvent::ReviewEnded {
                node,
                pass,
                lens,
                verdict: ReviewVerdict::Approved,
            }),
            Effect::Validate { gate } => self.validate(&gate, Verdict::Pass),
            Effect::Present { gate } => self.present(&gate, "d"),
            Effect::Await { gate } => {
                let held = &self.state.gates[&graph::canonical(&gate)];
                let digest = held.shown.as_ref().unwrap().digest.clone();
                self.human(approval(&gate, &digest))
            }
            Effect::SessionBreak { .. } => {
                self.effects = plan::next(&self.graph, &self.state);
                self
            }
            Effect::Ask {
                question: Question::Optional { node },
            } => self.human(RunEvent::OptionChosen { node, run: false }),
            Effect::Ask {
                question: Question::Route { decision, values },
            } => self.decide(&decision, json!(values[0])),
            other => panic!("{other:?}"),
        }
    }

    /// Goes on until something is to be done.
    pub(crate) fn until(&mut self, wanted: &str) -> &mut Story {
        for _ in 0..200 {
            if self.effects.first().map(told).as_deref() == Some(wanted) {
                return self;
            }
            self.obey();
        }
        panic!("{wanted} never came: {:?}", self.seen);
    }

    pub(crate) fn status(&self, node: &str) -> plan::NodeStatus {
        plan::status(&self.graph, &self.state, self.graph.find(node).unwrap())
    }

    /// What there is to do, in short.
    pub(crate) fn todo(&self) -> Vec<String> {
        self.effects.iter().map(told).collect()
    }

    pub(crate) fn step(&self, key: &str, field: &str) -> Value {
        steps::field(&self.state, key, field)
            .cloned()
            .unwrap_or(Value::Null)
    }
}

pub(crate) fn approval(gate: &str, digest: &str) -> RunEvent {
    RunEvent::GateApproved {
        gate: gate.to_owned(),
        digest: digest.to_owned(),
        how: "command".to_owned(),
        needed: 1,
    }
}

/// An effect in one or two words.
pub(crate) fn told(effect: &Effect) -> String {
    match effect {
        Effect::RunAgent { node, substep, .. } => match substep {
            Some(part) => format!("run {node}/{part}"),
            None => format!("run {node}"),
        },
        Effect::RunReview { node, pass, lens } => format!("review {node} {pass} {lens}"),
        Effect::Validate { gate } => format!("validate {gate}"),
        Effect::Present { gate } => format!("present {gate}"),
        Effect::Await { gate } => format!("await {gate}"),
        Effect::Inconclusive { gate, .. } => format!("inconclusive {gate}"),
        Effect::SessionBreak { gate } => format!("break {gate}"),
        Effect::Halt { node, .. } => format!("halt {node}"),
        Effect::Refused { code, .. } => format!("refused {code:?}"),
        Effect::Stuck { node, .. } => format!("stuck {node}"),
        Effect::Finish => "finish".to_owned(),
        Effect::Ended { .. } => "ended".to_owned(),
        Effect::Ask { question } => match question {
            Question::Route { decision, .. } => format!("ask {decision}"),
            Question::Optional { node } => format!("ask {node}"),
            Question::Repeat { node, .. } => format!("repeat {node}"),
            Question::ReviewCeiling { node } => format!("ceiling {node}"),
            Question::Return { from, to, .. } => format!("return {from} {}", to.join(" ")),
        },
    }
}
