//! The world of a run: agents that are started, gates that are judged, people at the terminal.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use baton_flow::agent::{
    AgentAdapter, AgentFile, Answer as Said, Caller, Limits, Manual, Progress, StopToken, Task,
    manual, record,
};
use baton_flow::approval::{self, Sight};
use baton_flow::driver::{Answer, Choice, Job, JobKind, News, Validation, Worked, World};
use baton_flow::event::{Actor, AgentOutcome, FailureCategory, ReviewVerdict, Shown};
use baton_flow::gate4::{ItemVerdict, MissingTools};
use baton_flow::handoff::{self, HANDOFF_FILE};
use baton_flow::job::{self, Known, Worker};
use baton_flow::resolve::{self, ModelBy, Resolved};
use baton_flow::staleness::Stale;
use baton_flow::{FlowError, Place, Project, Question, RunState, retry, route, staleness, verdict};
use baton_repo::graph::{ROUTING_DECISION, WorkflowGraph};
use baton_syntax::glob::GlobSet;

use super::super::{gate, gates};
use super::answers;
use super::files::Files;
use super::news::{Teller, remark};
use crate::actor;

/// The artifact in which the tool is chosen.
const REQUIREMENTS: &str = "01-requirements.md";

/// How often it is looked whether somebody wants an end.
const PACE: Duration = Duration::from_millis(50);

/// Everything a run touches.
pub(super) struct RunWorld<'r> {
    pub(super) place: &'r Place,
    pub(super) project: &'r str,
    pub(super) graph: &'r WorkflowGraph,
    pub(super) graph_digest: &'r str,
    pub(super) adapter: Box<dyn AgentAdapter>,
    /// Whether people do the work, in whatever tool they like.
    pub(super) by_hand: bool,
    pub(super) limits: Limits,
    pub(super) missing_tools: MissingTools,
    pub(super) teller: Teller<'r>,
    pub(super) stop: StopToken,
}

impl World for RunWorld<'_> {
    fn now(&self) -> String {
        actor::now()
    }

    fn wait(&self, after: FailureCategory, attempt: u32) {
        let chance = f64::from(std::process::id() % 100) / 100.0;
        let until = Instant::now() + retry::delay(after, attempt, chance);
        while Instant::now() < until && !self.stop.is_stopped() {
            thread::sleep(PACE);
        }
    }

    fn is_interrupted(&self) -> bool {
        self.stop.is_stopped()
    }

    fn tell(&self, news: &News<'_>) {
        self.teller.tell(news);
        if let News::Waits(gate, shown) = news
            && let Err(error) = gates::notify(self.project, gate, shown)
        {
            remark(&format!("{error:#}"));
        }
    }

    fn hand_over(&self, state: &RunState) -> Result<(), FlowError> {
        handoff::write(self.place, self.project, state).map(|_| ())
    }

    fn work(&self, state: &RunState, job: &Job, again: bool) -> Result<Worked, FlowError> {
        self.have_done(state, job, again).map_err(outside)
    }

    fn validate(&self, _state: &RunState, gate: &str) -> Result<Validation, FlowError> {
        let evaluation = gate::judged(self.project, self.missing_tools).map_err(outside)?;
        remark(&format!("{gate}: the report is in {}", evaluation.path));
        let report = evaluation.report;
        let unseen = report
            .items
            .iter()
            .filter(|item| item.verdict == ItemVerdict::Inconclusive)
            .flat_map(|item| {
                item.notes
                    .iter()
                    .map(|note| format!("{}: {note}", item.title))
            });
        Ok(Validation {
            verdict: report.verdict,
            findings: report.findings.into_iter().chain(unseen).collect(),
            digest: report.digest,
        })
    }

    fn show(&self, state: &RunState, gate: &str) -> Result<Shown, FlowError> {
        let number = self.graph.find(gate).ok_or_else(|| FlowError::World {
            reason: format!("the workflow has no gate `{gate}`"),
        })?;
        approval::shown(&self.sight(state), number)
    }

    fn changed(&self, state: &RunState) -> Result<Vec<(String, Vec<String>)>, FlowError> {
        let stale = staleness::stale(&self.sight(state))?;
        let paths = |stale: Stale| {
            let changed = stale.changed.into_iter();
            (stale.gate, changed.map(|changed| changed.path).collect())
        };
        Ok(stale.into_iter().map(paths).collect())
    }

    fn decide(&self, _state: &RunState, gate: &str, shown: &Shown) -> Option<(Actor, Choice)> {
        match gates::choose(self.project, gate, shown) {
            Ok(choice) => choice,
            Err(error) => {
                remark(&format!("{error:#}"));
                None
            }
        }
    }

    fn route(&self, state: &RunState) -> Result<Option<String>, FlowError> {
        let branches = self.graph.branches().into_iter();
        let tracks = branches.filter(|branch| branch.decision == ROUTING_DECISION);
        let values: Vec<String> = tracks.map(|branch| branch.value.to_owned()).collect();
        let path = format!("{}/{}/{REQUIREMENTS}", self.place.artifacts, self.project);
        let Ok(text) = fs::read_to_string(self.place.root.join(&path)) else {
            return Ok(None);
        };
        let decisions = state.document.get("decisions");
        let decided = decisions.and_then(|all| all.get(ROUTING_DECISION)?.as_str());
        route::read(&text, &path, &values)
            .and_then(|found| route::agree(found.as_ref(), &path, decided))
            .map_err(|error| FlowError::World {
                reason: error.to_string(),
            })
    }

    fn answer(&self, _state: &RunState, question: &Question) -> Option<(Actor, Answer)> {
        let answer = answers::ask(question)?;
        Some((actor::actor(&self.place.root), answer))
    }
}

impl RunWorld<'_> {
    fn sight<'s>(&'s self, state: &'s RunState) -> Sight<'s> {
        Sight {
            place: self.place,
            project: self.project,
            graph: self.graph,
            graph_digest: self.graph_digest,
            state,
        }
    }

    fn files(&self) -> Result<Files> {
        Files::read(self.project)
    }

    fn have_done(&self, state: &RunState, job: &Job, again: bool) -> Result<Worked> {
        let files = self.files()?;
        let subject = files.subject(self.graph, (&self.place.artifacts, self.project), state);
        let number = self.graph.find(&job.node);
        let number = number.with_context(|| format!("there is no node `{}`", job.node))?;
        let worker = self.worker(&files, state, (number, job))?;
        let handoff = format!("{}/{}/{HANDOFF_FILE}", self.place.artifacts, self.project);
        let report = baton_flow::gate4::report_path(&subject);
        let known = Known {
            place: self.place,
            handoff: files.has(&handoff).then_some(handoff.as_str()),
            report: files.has(&report).then_some(report.as_str()),
        };
        let task = job::task((&subject, state), (number, job), worker, known);
        let task = task.with_context(|| format!("there is no node `{}`", job.node))?;
        if again && !self.by_hand {
            return Ok(Worked::Ended(AgentOutcome::Lost));
        }
        if self.by_hand && (again || matches!(job.kind, JobKind::Review { .. })) {
            return Ok(self.by_hand(&files, &task, job));
        }
        let validate = |paths: &[String]| {
            Files::read(self.project).map_or_else(
                |error| vec![format!("{error:#}")],
                |files| files.faults(paths),
            )
        };
        let mut progress = |progress: Progress| self.teller.progress(&progress);
        let mut caller = Caller {
            stop: &self.stop,
            validate: &validate,
            progress: &mut progress,
        };
        let said = self.adapter.run(&task, &mut caller)?;
        self.undo_claims(&task.step_key)?;
        Ok(match said {
            Said::Ended(output) => {
                output.notes.iter().for_each(|note| remark(note));
                self.came_to(&task, job, output.outcome)
            }
            Said::Waiting(text) => Worked::Handed(text),
            Said::Shown(text) => Worked::Shown(text),
        })
    }

    /// What an agent's end means: of a review, what its findings say.
    fn came_to(&self, task: &Task, job: &Job, outcome: AgentOutcome) -> Worked {
        match (&job.kind, &outcome) {
            (JobKind::Review { .. }, AgentOutcome::Complete { .. }) => {
                let path = task.expected.first().map(|path| self.place.root.join(path));
                let text = path.and_then(|path| fs::read_to_string(path).ok());
                Worked::Reviewed(verdict::of_findings(&text.unwrap_or_default()))
            }
            (JobKind::Review { .. }, _) => Worked::Reviewed(ReviewVerdict::Failed),
            (
                JobKind::Step(Some(_)),
                AgentOutcome::Complete {
                    artifacts,
                    telemetry,
                },
            ) => {
                // Others of the fan-out were writing meanwhile.
                let wanted = GlobSet::new(task.expected.iter().cloned());
                let is_own = |path: &&String| {
                    let wanted = wanted.as_ref();
                    wanted.is_ok_and(|wanted| wanted.matches(path.as_str()))
                };
                let own = artifacts.iter().filter(is_own);
                Worked::Ended(AgentOutcome::Complete {
                    artifacts: own.cloned().collect(),
                    telemetry: telemetry.clone(),
                })
            }
            (JobKind::Step(_), _) => Worked::Ended(outcome),
        }
    }

    /// Work that people do: it is done when what it should leave behind is there and in order.
    fn by_hand(&self, files: &Files, task: &Task, job: &Job) -> Worked {
        let finished = manual::finished(task, &|paths| files.faults(paths));
        if let AgentOutcome::Failed { error, .. } = &finished.outcome {
            let text = manual::handoff(task, &Manual::default().done);
            return Worked::Handed(format!("{text}\nNot done yet: {error}"));
        }
        self.came_to(task, job, finished.outcome)
    }

    /// What an agent wrote into the state beyond its own step is undone and told.
    fn undo_claims(&self, step: &str) -> Result<()> {
        let project = Project::open(self.place, self.project, self.graph)?;
        for claim in record::restore(&project, step)? {
            remark(&format!(
                "The agent changed the project's state, which was undone: {claim}."
            ));
        }
        Ok(())
    }

    fn worker(
        &self,
        files: &Files,
        state: &RunState,
        (number, job): (usize, &Job),
    ) -> Result<Worker> {
        let repo = files.repo();
        let node = self.graph.node(number).context("there is no such node")?;
        let track = baton_flow::subject::track(self.graph, &state.document);
        let found = match &job.kind {
            JobKind::Step(_) => resolve::worker(repo, node, track).map_err(Into::into),
            JobKind::Review { .. } => resolve::reviewer(repo, self.graph)
                .with_context(|| format!("nobody is there who reviews `{}`", job.node)),
        };
        let who = match found {
            Ok(who) => who,
            // A repository without agent files can be led all the same: whoever works is told
            // what the graph calls them.
            Err(_) if repo.agents().is_empty() => {
                let name = node.agent.as_ref().map_or("", |agent| agent.value.as_str());
                Resolved {
                    agent: AgentFile {
                        name: name.to_owned(),
                        path: None,
                    },
                    model: None,
                    model_by: ModelBy::Nobody,
                }
            }
            Err(error) => return Err(error),
        };
        let limits = self.limits.clone();
        Ok(Worker { who, limits })
    }
}

/// An error of the world as the runner tells it.
fn outside(error: anyhow::Error) -> FlowError {
    match error.downcast::<FlowError>() {
        Ok(error) => error,
        Err(error) => FlowError::World {
            reason: format!("{error:#}"),
        },
    }
}
