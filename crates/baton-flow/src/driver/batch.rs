//! Agents at work: one, or the parts of a fan-out side by side.

use std::sync::mpsc;
use std::thread;

use super::{Drive, End, Job, JobKind, News, Worked, World};
use crate::event::{AgentOutcome, FailureCategory, ReviewVerdict, RunEvent};
use crate::{Effect, FlowError, RunState};

impl Drive<'_, '_> {
    /// Has the agents work which the engine wants now: the first, and others of its fan-out.
    pub(super) fn run_agents(&mut self, first: Effect) -> Result<Option<End>, FlowError> {
        let mut jobs = Vec::new();
        let mut next = Some(first);
        while let Some(Effect::RunAgent {
            node,
            substep,
            attempt,
        }) = next
        {
            jobs.push(Job {
                node,
                kind: JobKind::Step(substep),
                attempt,
            });
            next = match self.todo.front() {
                Some(Effect::RunAgent { .. }) => self.todo.pop_front(),
                _ => None,
            };
        }
        let failure = jobs.first().and_then(|job| {
            let work = self
                .state
                .work
                .get(&baton_repo::graph::canonical(&job.node))?;
            work.failure
                .as_ref()
                .map(|(category, _)| (*category, job.attempt))
        });
        if let Some((category, attempt)) = failure {
            self.world.wait(category, attempt);
        }
        for job in &jobs {
            let began = RunEvent::AgentStarted {
                node: job.node.clone(),
                substep: substep(job),
                attempt: job.attempt,
            };
            if let Some(end) = self.happen(began)? {
                return Ok(Some(end));
            }
            self.world.tell(&News::Began(job));
        }
        let mut last = None;
        for (job, worked) in all(self.world, &self.state.clone(), &jobs) {
            last = self.ended(&job, worked?)?;
            if last.is_some() {
                return Ok(last);
            }
        }
        Ok(last)
    }

    /// Work that was handed to people, or cut off: whether it is done.
    pub(super) fn ended(&mut self, job: &Job, worked: Worked) -> Result<Option<End>, FlowError> {
        self.world.tell(&News::Ended(job, &worked));
        let outcome = match worked {
            Worked::Ended(outcome) => outcome,
            Worked::Reviewed(_) => AgentOutcome::Failed {
                category: FailureCategory::AgentError,
                error: "a review came where a step was asked for".to_owned(),
            },
            Worked::Handed(_) => {
                self.world.hand_over(&self.state)?;
                return Ok(Some(End::Handed(job.clone())));
            }
            Worked::Shown(_) => return Ok(Some(End::Shown)),
        };
        self.happen(RunEvent::AgentEnded {
            node: job.node.clone(),
            substep: substep(job),
            outcome,
        })
    }

    /// Has somebody review the work of a node.
    pub(super) fn review(
        &mut self,
        (node, pass, lens): (String, u32, String),
    ) -> Result<Option<End>, FlowError> {
        let job = Job {
            node: node.clone(),
            kind: JobKind::Review {
                pass,
                lens: lens.clone(),
            },
            attempt: pass,
        };
        self.world.tell(&News::Began(&job));
        let worked = self.world.work(&self.state, &job, false)?;
        self.world.tell(&News::Ended(&job, &worked));
        let verdict = match worked {
            Worked::Reviewed(verdict) => verdict,
            Worked::Ended(_) => ReviewVerdict::Failed,
            Worked::Handed(_) => {
                self.world.hand_over(&self.state)?;
                return Ok(Some(End::Handed(job)));
            }
            Worked::Shown(_) => return Ok(Some(End::Shown)),
        };
        self.happen(RunEvent::ReviewEnded {
            node,
            pass,
            lens,
            verdict,
        })
    }

    /// What was at work when the process ended: people may have done it; else nobody knows.
    pub(super) fn lose_what_was_cut_off(&mut self) -> Result<Option<End>, FlowError> {
        let running = |(node, work): (&String, &crate::Work)| {
            let job = |part: &String| Job {
                node: node.clone(),
                kind: JobKind::Step((!part.is_empty()).then(|| part.clone())),
                attempt: work.attempt,
            };
            work.running.iter().map(job).collect::<Vec<Job>>()
        };
        let jobs: Vec<Job> = self.state.work.iter().flat_map(running).collect();
        for job in jobs {
            let worked = self.world.work(&self.state, &job, true)?;
            if let Some(end) = self.ended(&job, worked)? {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }
}

/// The work of all jobs, as it comes to an end.
fn all(world: &dyn World, state: &RunState, jobs: &[Job]) -> Vec<(Job, Result<Worked, FlowError>)> {
    if let [job] = jobs {
        return vec![(job.clone(), world.work(state, job, false))];
    }
    let (done, results) = mpsc::channel();
    thread::scope(|scope| {
        for job in jobs {
            let done = done.clone();
            scope.spawn(move || {
                let worked = world.work(state, job, false);
                // Whoever waits has not gone: it is this very function.
                let _ = done.send((job.clone(), worked));
            });
        }
    });
    drop(done);
    results.into_iter().collect()
}

fn substep(job: &Job) -> Option<String> {
    match &job.kind {
        JobKind::Step(substep) => substep.clone(),
        JobKind::Review { .. } => None,
    }
}
