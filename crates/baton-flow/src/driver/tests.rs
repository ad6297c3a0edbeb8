//! Whole projects in a world that is written down: agents, gates and people answer as told.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use baton_repo::graph::WorkflowGraph;
use serde_json::{Map, json};

use super::{Answer, Choice, End, Job, JobKind, News, Validation, Worked, World, drive};
use crate::event::{
    Actor, ActorKind, AgentOutcome, FailureCategory, ReviewVerdict, Shown, Verdict,
};
use crate::{Command, FlowError, Place, Project, Question, RunState, What, pack};

/// A world in which everything is decided beforehand.
#[derive(Default)]
struct Script {
    track: &'static str,
    /// What comes of nodes, first to last; what is not named is done well.
    work: Mutex<BTreeMap<&'static str, Vec<Worked>>>,
    /// What comes of machine gates, first to last; then they pass.
    verdicts: Mutex<Vec<Verdict>>,
    /// Whether people are there to decide.
    attended: bool,
    changed: Mutex<BTreeMap<&'static str, Vec<String>>>,
    heard: Mutex<Vec<String>>,
}

impl World for Script {
    fn now(&self) -> String {
        "2026-11-21T12:00:00Z".to_owned()
    }

    fn wait(&self, after: FailureCategory, attempt: u32) {
        self.hear(format!("wait after {after:?} before {attempt}"));
    }

    fn is_interrupted(&self) -> bool {
        false
    }

    fn tell(&self, news: &News<'_>) {
        match news {
            News::Began(job) => self.hear(name(job)),
            News::Validated(gate, validation) => {
                self.hear(format!("{gate} {:?}", validation.verdict));
            }
            News::Waits(gate, _) => self.hear(format!("{gate} waits")),
            News::Stale(gate, changed) => self.hear(format!("{gate} stale {changed:?}")),
            News::Imported | News::Ended(..) | News::Decided(..) => {}
        }
    }

    fn hand_over(&self, _state: &RunState) -> Result<(), FlowError> {
        Ok(())
    }

    fn work(&self, _state: &RunState, job: &Job, again: bool) -> Result<Worked, FlowError> {
        if again {
            return Ok(Worked::Ended(AgentOutcome::Lost));
        }
        let mut work = self.work.lock().unwrap();
        let told = work.get_mut(name(job).as_str());
        if let Some(told) = told.filter(|told| !told.is_empty()) {
            return Ok(told.remove(0));
        }
        Ok(match job.kind {
            JobKind::Step(_) => Worked::Ended(AgentOutcome::Complete {
                artifacts: Vec::new(),
                telemetry: Map::new(),
            }),
            JobKind::Review { .. } => Worked::Reviewed(ReviewVerdict::Approved),
        })
    }

    fn validate(&self, _state: &RunState, _gate: &str) -> Result<Validation, FlowError> {
        let mut verdicts = self.verdicts.lock().unwrap();
        let verdict = if verdicts.is_empty() {
            Verdict::Pass
        } else {
            verdicts.remove(0)
        };
        Ok(Validation {
            verdict,
            digest: "judged".to_owned(),
            findings: match verdict {
                Verdict::Pass => Vec::new(),
                _ => vec!["main.bicep:3:1: not in order".to_owned()],
            },
        })
    }

    fn show(&self, _state: &RunState, gate: &str) -> Result<Shown, FlowError> {
        Ok(Shown {
            digest: format!("what lies before {gate}"),
            artifacts: BTreeMap::new(),
            findings: String::new(),
            graph: "graph".to_owned(),
        })
    }

    fn changed(&self, _state: &RunState) -> Result<Vec<(String, Vec<String>)>, FlowError> {
        let changed = std::mem::take(&mut *self.changed.lock().unwrap());
        let owned = |(gate, paths): (&str, Vec<String>)| (gate.to_owned(), paths);
        Ok(changed.into_iter().map(owned).collect())
    }

    fn decide(&self, _state: &RunState, _gate: &str, _shown: &Shown) -> Option<(Actor, Choice)> {
        let approve = Choice::Approve {
            how: "test".to_owned(),
            needed: 1,
        };
        self.attended.then(|| (person(), approve))
    }

    fn route(&self, _state: &RunState) -> Result<Option<String>, FlowError> {
        Ok(None)
    }

    fn answer(&self, _state: &RunState, question: &Question) -> Option<(Actor, Answer)> {
        let answer = match question {
            Question::Route { .. } => Answer::Value(self.track.to_owned()),
            Question::Return { to, .. } => Answer::Value(to.first()?.clone()),
            Question::Optional { .. } => Answer::Choice(false),
            Question::Repeat { .. } | Question::ReviewCeiling { .. } => Answer::Choice(true),
        };
        self.attended.then(|| (person(), answer))
    }
}

impl Script {
    fn hear(&self, what: String) {
        self.heard.lock().unwrap().push(what);
    }

    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    fn will(self, node: &'static str, outcomes: Vec<Worked>) -> Script {
        self.work.lock().unwrap().insert(node, outcomes);
        self
    }
}

fn attended(track: &'static str) -> Script {
    Script {
        track,
        attended: true,
        ..Script::default()
    }
}

fn name(job: &Job) -> String {
    match &job.kind {
        JobKind::Step(None) => job.node.clone(),
        JobKind::Step(Some(part)) => format!("{} {part}", job.node),
        JobKind::Review { pass, lens } => format!("{} review {pass} {lens}", job.node),
    }
}

fn person() -> Actor {
    Actor {
        name: "Ada".to_owned(),
        kind: ActorKind::Human,
    }
}

fn failed(category: FailureCategory, error: &str) -> Worked {
    Worked::Ended(AgentOutcome::Failed {
        category,
        error: error.to_owned(),
    })
}

fn graph() -> WorkflowGraph {
    pack::workflow_graph().graph.unwrap()
}

fn project<'g>(folder: &Path, graph: &'g WorkflowGraph) -> Project<'g> {
    let root = folder.join("repository");
    let place = Place::new(&root, "agent-output", &folder.join("state"));
    let mut project = Project::open(&place, "shop", graph).unwrap();
    let template = include_str!("../../../../rules/packs/apex/session-state.json");
    let mut document: Map<_, _> = serde_json::from_str(template).unwrap();
    document.insert("project".to_owned(), json!("shop"));
    let init = What::Session(Command::Init {
        document,
        force: false,
    });
    let trace = What::Session(Command::Decide {
        key: "governance_trace".to_owned(),
        value: json!("recorded"),
    });
    for what in [init, trace] {
        project
            .record(what, &person(), "2026-11-21T11:00:00Z")
            .unwrap();
    }
    project
}

/// Goes on until the project is finished or ends otherwise than by a session break.
fn lead(project: &mut Project<'_>, world: &Script) -> (Vec<String>, End) {
    let mut breaks = Vec::new();
    for _ in 0..20 {
        match drive(project, world, "graph").unwrap() {
            End::SessionBreak(gate) => breaks.push(gate),
            end => return (breaks, end),
        }
    }
    panic!("the project goes in circles: {:?}", world.heard());
}

#[test]
fn scenario_36_a_project_goes_from_start_to_finish_on_its_track_alone() {
    for (track, other) in [("Bicep", "t"), ("Terraform", "b")] {
        let folder = tempfile::tempdir().unwrap();
        let graph = graph();
        let mut project = project(folder.path(), &graph);
        let world = attended(track);
        let (breaks, end) = lead(&mut project, &world);
        let heard = world.heard();
        assert_eq!(end, End::Finished, "{heard:?}");
        assert_eq!(breaks, ["gate-2", "gate-3"]);
        for node in ["step-5", "step-6"] {
            assert!(!heard.contains(&format!("{node}{other}")), "{heard:?}");
        }
        assert!(
            heard.iter().any(|one| one.starts_with("step-7 ")),
            "{heard:?}"
        );
    }
}

#[test]
fn scenario_33_without_people_a_run_ends_at_the_first_gate() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph();
    let mut project = project(folder.path(), &graph);
    let world = Script::default();
    let end = drive(&mut project, &world, "graph").unwrap();
    assert_eq!(
        end,
        End::Asks(Question::Route {
            decision: "iac_tool".to_owned(),
            values: vec!["Bicep".to_owned(), "Terraform".to_owned()],
        })
    );
    let decide = What::Session(Command::Decide {
        key: "iac_tool".to_owned(),
        value: json!("Bicep"),
    });
    project.record(decide, &person(), "").unwrap();
    world.heard();
    let end = drive(&mut project, &world, "graph").unwrap();
    assert_eq!(end, End::Waits("gate-1".to_owned()));
    assert_eq!(end.exit_code(), 3);
    assert_eq!(world.heard(), ["gate-1 waits"]);
}

#[test]
fn scenario_41_a_failing_gate_sends_the_code_back_and_counts() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph();
    let mut project = project(folder.path(), &graph);
    let world = attended("Bicep");
    world.verdicts.lock().unwrap().push(Verdict::Fail);
    let (_, end) = lead(&mut project, &world);
    let heard = world.heard();
    assert_eq!(end, End::Finished, "{heard:?}");
    let of_code: Vec<&String> = heard
        .iter()
        .filter(|one| one.starts_with("step-5b") || one.starts_with("gate-4"))
        .collect();
    assert_eq!(
        of_code,
        ["step-5b", "gate-4 Fail", "step-5b", "gate-4 Pass"]
    );
}

#[test]
fn a_gate_that_keeps_failing_halts_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph();
    let mut project = project(folder.path(), &graph);
    let world = attended("Bicep");
    world.verdicts.lock().unwrap().extend([Verdict::Fail; 9]);
    let (_, end) = lead(&mut project, &world);
    assert!(matches!(end, End::Halted { .. }), "{end:?}");
    assert_eq!(end.exit_code(), 5);
    let failures = world
        .heard()
        .iter()
        .filter(|one| *one == "gate-4 Fail")
        .count();
    assert_eq!(failures, 3);
}

#[test]
fn scenario_42_what_cannot_be_looked_at_is_no_pass() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph();
    let mut project = project(folder.path(), &graph);
    let world = attended("Bicep");
    world.verdicts.lock().unwrap().push(Verdict::Inconclusive);
    let (_, end) = lead(&mut project, &world);
    assert!(
        matches!(&end, End::Inconclusive { gate, .. } if gate == "gate-4"),
        "{end:?}"
    );
    assert_eq!(end.exit_code(), 4);
    assert_eq!(lead(&mut project, &world).1, End::Finished);
}

#[test]
fn scenario_46_a_failed_deployment_goes_back_to_the_code_of_its_track() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph();
    let mut project = project(folder.path(), &graph);
    let failure = failed(FailureCategory::DeploymentError, "quota exceeded");
    let world = attended("Bicep").will("step-6b", vec![failure]);
    let (_, end) = lead(&mut project, &world);
    let heard = world.heard();
    assert_eq!(end, End::Finished, "{heard:?}");
    let after = heard.iter().skip_while(|one| *one != "step-6b").skip(1);
    let next = after.into_iter().find(|one| one.starts_with("step-"));
    assert_eq!(next.map(String::as_str), Some("step-5b"), "{heard:?}");
    assert!(!heard.iter().any(|one| one.starts_with("step-5t")));
}

#[test]
fn scenario_47_the_same_error_three_times_halts() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph();
    let mut project = project(folder.path(), &graph);
    let error = |second: u32| {
        let text = format!("2026-11-21T12:00:0{second}Z cannot build");
        failed(FailureCategory::BuildError, &text)
    };
    let world = attended("Bicep").will("step-1", vec![error(1), error(2), error(3)]);
    let end = drive(&mut project, &world, "graph").unwrap();
    assert!(
        matches!(&end, End::Halted { node, .. } if node == "step-1"),
        "{end:?}"
    );
    let again = drive(&mut project, &world, "graph").unwrap();
    assert!(
        matches!(again, End::Halted { .. }),
        "a halt outlives the process: {again:?}"
    );
}

#[test]
fn what_was_approved_and_changed_is_approved_again() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph();
    let mut project = project(folder.path(), &graph);
    let world = attended("Bicep");
    let end = drive(&mut project, &world, "graph").unwrap();
    assert_eq!(end, End::SessionBreak("gate-2".to_owned()));
    let path = "agent-output/shop/01-requirements.md".to_owned();
    world
        .changed
        .lock()
        .unwrap()
        .insert("gate-1", vec![path.clone()]);
    world.heard();
    let (_, end) = lead(&mut project, &world);
    let heard = world.heard();
    assert_eq!(end, End::Finished);
    assert!(
        heard.contains(&format!("gate-1 stale {:?}", [path])),
        "{heard:?}"
    );
    assert!(heard.contains(&"gate-1 waits".to_owned()), "{heard:?}");
}

#[test]
fn a_gate_is_shown_once_however_its_name_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let graph = crate::story::named("2.0");
    let mut project = project(folder.path(), &graph);
    let mut world = attended("Bicep");
    let end = drive(&mut project, &world, "graph").unwrap();
    assert_eq!(end, End::SessionBreak("gate-2".to_owned()));
    let skip = What::Run(crate::RunEvent::OptionChosen {
        node: "step-3".to_owned(),
        run: false,
    });
    project.record(skip, &person(), "").unwrap();
    world.attended = false;
    let waits = End::Waits("gate-2.5".to_owned());
    assert_eq!(drive(&mut project, &world, "graph").unwrap(), waits);
    assert!(world.heard().contains(&"gate-2.5 waits".to_owned()));
    assert_eq!(drive(&mut project, &world, "graph").unwrap(), waits);
    assert_eq!(world.heard(), Vec::<String>::new());
}

#[test]
fn work_that_was_handed_to_people_waits_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let graph = graph();
    let mut project = project(folder.path(), &graph);
    let world = attended("Bicep").will("step-1", vec![Worked::Handed("do it".to_owned())]);
    let end = drive(&mut project, &world, "graph").unwrap();
    assert!(
        matches!(&end, End::Handed(job) if job.node == "step-1"),
        "{end:?}"
    );
    assert_eq!(end.exit_code(), 3);
}
