//! Calls of tools, a few at a time.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use baton_repo::Repo;

use super::call::{Answer, Call, Reading};
use super::interrupt::interrupted;
use super::process::{Start, run};
use super::scratch::Scratch;
use super::{Adapter, Names, Outcome, ToolRun};
use crate::{Failure, Skipped};

/// A tool and what it is called for.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) adapter: &'static Adapter,
    pub(super) program: &'static str,
    pub(super) path: PathBuf,
    pub(super) calls: Vec<Call>,
}

/// What is running at this moment.
#[derive(Debug, Default)]
pub struct Running(Names);

/// What waits, and what came of the rest.
#[derive(Default)]
struct State {
    waiting: VecDeque<(usize, usize, Call)>,
    readings: Vec<(usize, usize, Reading)>,
    times: Vec<Option<(Instant, Instant)>>,
    versions: Vec<Option<String>>,
    /// Tools that hung once are not called again.
    given_up: Vec<bool>,
    calls: usize,
    busy: usize,
}

impl Running {
    /// The names of the checks whose tools run, each once.
    pub fn names(&self) -> Vec<&'static str> {
        let mut names = lock(&self.0).clone();
        names.dedup();
        names
    }

    fn begin(&self, check: &'static str) {
        let mut names = lock(&self.0);
        names.push(check);
        names.sort_unstable();
    }

    fn end(&self, check: &'static str) {
        let mut names = lock(&self.0);
        if let Some(at) = names.iter().position(|name| *name == check) {
            names.remove(at);
        }
    }
}

/// Makes all calls and gathers what they say, in an order that does not depend on time.
pub(super) fn work(
    (repo, root): (&Repo, &Path),
    jobs: &[Job],
    running: &Running,
    outcome: &mut Outcome,
) {
    let mut state = State {
        times: vec![None; jobs.len()],
        versions: vec![None; jobs.len()],
        given_up: vec![false; jobs.len()],
        ..State::default()
    };
    for (number, job) in jobs.iter().enumerate() {
        for call in &job.calls {
            state.waiting.push_back((number, state.calls, call.clone()));
            state.calls += 1;
        }
    }
    let workers = thread::available_parallelism()
        .map_or(2, usize::from)
        .max(2);
    let workers = workers.min(state.calls);
    let state = Mutex::new(state);
    thread::scope(|scope| {
        for (number, job) in jobs.iter().enumerate() {
            let state = &state;
            scope.spawn(move || note_version(job, number, state));
        }
        for _ in 0..workers {
            scope.spawn(|| worker((repo, root), jobs, running, &state));
        }
    });
    let state = state.into_inner().unwrap_or_else(PoisonError::into_inner);
    gather(jobs, state, outcome);
}

fn note_version(job: &Job, number: usize, state: &Mutex<State>) {
    let version = job.adapter.version_of(&job.path);
    if let Some(slot) = lock(state).versions.get_mut(number) {
        *slot = version;
    }
}

fn worker((repo, root): (&Repo, &Path), jobs: &[Job], running: &Running, state: &Mutex<State>) {
    loop {
        let next = {
            let mut state = lock(state);
            let next = state.waiting.pop_front();
            // A call that runs may ask for another one.
            if next.is_none() && state.busy == 0 {
                return;
            }
            state.busy += usize::from(next.is_some());
            next
        };
        let Some((number, order, call)) = next else {
            thread::sleep(Duration::from_millis(2));
            continue;
        };
        let Some(job) = jobs.get(number) else { return };
        let begun = Instant::now();
        let given_up = lock(state).given_up.get(number).copied().unwrap_or(false);
        let (reading, hung) = if given_up || interrupted() {
            (Reading::default(), false)
        } else {
            running.begin(job.adapter.check);
            let answered = answer((repo, root), job, &call);
            running.end(job.adapter.check);
            answered
        };
        let mut state = lock(state);
        if let Some(slot) = state.times.get_mut(number) {
            let start = slot.map_or(begun, |(start, _)| start.min(begun));
            *slot = Some((start, Instant::now()));
        }
        if hung && let Some(slot) = state.given_up.get_mut(number) {
            *slot = true;
        }
        state.readings.push((number, order, reading));
        state.busy -= 1;
    }
}

/// Makes one call; also says whether the tool has to be given up.
fn answer((repo, root): (&Repo, &Path), job: &Job, call: &Call) -> (Reading, bool) {
    let scratch = call
        .scratch
        .map(|name| Scratch::new().map(|scratch| (name, scratch)));
    let scratch = match scratch.transpose() {
        Ok(scratch) => scratch,
        Err(error) => return (failed(format!("has no folder to work in: {error}")), true),
    };
    let folder = if call.names_program {
        std::env::temp_dir()
    } else {
        root.join(&call.folder)
    };
    let left_behind = call.leaves.map(|name| folder.join(name));
    let left_behind = left_behind.filter(|path| !path.exists());
    let step = |arguments: &[String], read: fn(&Answer<'_>) -> Reading| {
        let start = Start {
            program: &job.path,
            arguments,
            folder: &folder,
            variable: scratch
                .as_ref()
                .map(|(name, scratch)| (*name, scratch.path())),
        };
        match run(&start, job.adapter.time_limit) {
            Err(error) => (failed(error), true),
            Ok(ran) => {
                let answer = Answer {
                    repo,
                    call,
                    root,
                    stdout: &ran.stdout,
                    stderr: &ran.stderr,
                    exit: ran.exit,
                };
                (read(&answer), false)
            }
        }
    };
    let before = call
        .before
        .iter()
        .map(|arguments| step(arguments, prepared));
    let failed_before = before
        .into_iter()
        .find(|(reading, _)| reading.failure.is_some());
    let own = call
        .arguments
        .get(usize::from(call.names_program)..)
        .unwrap_or_default();
    let answered = failed_before.unwrap_or_else(|| step(own, job.adapter.read));
    if let Some(path) = left_behind {
        // It is there only if the call created it.
        let _ = fs::remove_file(path);
    }
    answered
}

/// What a call that only prepares another one means: it has to succeed.
fn prepared(answer: &Answer<'_>) -> Reading {
    if answer.exit == 0 {
        return Reading::default();
    }
    failed(format!("{} before it could judge", answer.words()))
}

fn failed(failure: String) -> Reading {
    Reading {
        failure: Some(failure),
        ..Reading::default()
    }
}

fn gather(jobs: &[Job], mut state: State, outcome: &mut Outcome) {
    state
        .readings
        .sort_by_key(|(number, order, _)| (*number, *order));
    let mut done = vec![true; jobs.len()];
    for (number, _, reading) in state.readings {
        let Some(job) = jobs.get(number) else {
            continue;
        };
        outcome.findings.extend(reading.findings);
        if let Some(failure) = reading.failure {
            if let Some(slot) = done.get_mut(number) {
                *slot = false;
            }
            let message = format!("{}: `{}` {failure}", job.adapter.check, job.program);
            outcome.failures.push(Failure {
                path: None,
                rule: None,
                message,
            });
        }
        if let Some(reason) = reading.skipped {
            let check = job.adapter.check.to_owned();
            outcome.skipped.push(Skipped { check, reason });
        }
    }
    for (number, job) in jobs.iter().enumerate() {
        let times = state.times.get(number).copied().flatten();
        outcome.tools.push(ToolRun {
            check: job.adapter.check,
            program: job.program,
            version: state.versions.get(number).cloned().flatten(),
            elapsed: times.map_or(Duration::ZERO, |(start, end)| end - start),
            done: done.get(number).copied().unwrap_or(false),
        });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
