//! What a job of a run means for an agent: the task of its node, and what came before it.

use baton_repo::graph::{Branch, ROUTING_DECISION};
use serde_json::Value;

use crate::agent::{Freshness, Limits, Task};
use crate::driver::{Job, JobKind};
use crate::prompt::{self, Before};
use crate::resolve::Resolved;
use crate::task::{self, Of};
use crate::{Place, RunState, Subject, gate4, pack, plan};

/// Who works, and within which limits.
#[derive(Debug, Clone)]
pub struct Worker {
    /// The agent and its model.
    pub who: Resolved,
    /// How long and how much.
    pub limits: Limits,
}

/// What is known besides the state.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// Where the project lies.
    pub place: &'k Place,
    /// The handoff, from the root, if it is there.
    pub handoff: Option<&'k str>,
    /// The report of the machine gate, from the root, if it is there.
    pub report: Option<&'k str>,
}

/// The task for a job; the number is that of the node in the graph.
pub fn task(
    (subject, state): (&Subject<'_>, &RunState),
    (number, job): (usize, &Job),
    worker: Worker,
    known: Known<'_>,
) -> Option<Task> {
    let substep = match &job.kind {
        JobKind::Step(part) => part.as_deref(),
        JobKind::Review { .. } => None,
    };
    let of = Of {
        graph: subject.graph,
        node: number,
        substep,
        branch: subject.track.map(|value| Branch {
            decision: ROUTING_DECISION,
            value,
        }),
        root: &known.place.root,
        artifacts: subject.artifacts,
        project: subject.project,
    };
    let mut task = Task {
        attempt: job.attempt,
        model: worker.who.model,
        step_key: plan::step_key(subject.graph, number),
        limits: worker.limits,
        ..task::task(&of, worker.who.agent)?
    };
    match &job.kind {
        JobKind::Step(part) => {
            if part.is_some() {
                task.shared = vec![format!("{}/**", subject.output())];
            }
            let work = state.work.get(&task.node);
            let reworked = work.and_then(|work| work.rework.as_deref());
            if reworked.is_some() {
                task.freshness = Freshness::Changed;
            }
            // What is not there needs no warning; it stays protected all the same.
            let protected = task.protected.clone();
            let root = &known.place.root;
            task.protected.retain(|path| {
                let bare = path.trim_end_matches("/**");
                bare.contains('*') || root.join(bare).exists()
            });
            task.prompt = step_prompt((subject, state), &task, known, reworked);
            task.protected = protected;
        }
        JobKind::Review { pass, lens } => {
            task.substep = Some(format!("review-{pass}"));
            task.inputs = strings(step(state, &task.step_key), "artifacts");
            task.expected = vec![findings_file(subject, &task.step_key, *pass)];
            task.writable.clone_from(&task.expected);
            task.protected.clear();
            task.prompt = prompt::review(&task, *pass, lens);
        }
    }
    Some(task)
}

/// The file in which a review of a step stands, from the root.
pub fn findings_file(subject: &Subject<'_>, key: &str, pass: u32) -> String {
    let facts = pack::runner().step(key);
    let named = facts.and_then(|facts| facts.sidecar.clone());
    let name = named.unwrap_or_else(|| format!("challenge-findings-step-{key}.json"));
    let output = subject.output();
    if pass <= 1 {
        return format!("{output}/{name}");
    }
    let stem = name.trim_end_matches(".json").trim_end_matches("-pass1");
    format!("{output}/{stem}-pass{pass}.json")
}

fn step_prompt(
    (subject, state): (&Subject<'_>, &RunState),
    task: &Task,
    known: Known<'_>,
    reworked: Option<&str>,
) -> String {
    let work = state.work.get(&task.node);
    let failure = work.and_then(|work| work.failure.as_ref());
    let failure = failure.map(|(_, error)| format!("failed: {error}"));
    let failed = state.gates.get(gate4::gate());
    let failed = failed.filter(|gate| gate.failures > 0 && reworked.is_some());
    let note = failed.and_then(|gate| gate.note.as_deref());
    let findings: Vec<String> = note
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect();
    let report = known.report.filter(|_| !findings.is_empty());
    let point = step(state, &task.step_key).and_then(|step| step.get("sub_step")?.as_str());
    let point = point.filter(|point| !point.starts_with("rework_"));
    let read = strings(step(state, &task.step_key), "context_files_used");
    let before = Before {
        handoff: known.handoff,
        resume: point.map(|point| (point, read.as_slice())),
        rework: reworked,
        failure: failure.as_deref(),
        findings: &findings,
        report,
        inline: &[],
    };
    let mut text = prompt::prompt(task, &before);
    let first = plan::step_key(subject.graph, 0) == task.step_key;
    if first && !state.request.is_empty() {
        text.push_str("\nThis is what was asked for:\n\n");
        text.push_str(state.request.trim());
        text.push('\n');
    }
    text
}

fn step<'s>(state: &'s RunState, key: &str) -> Option<&'s Value> {
    state.document.get("steps")?.get(key)
}

fn strings(step: Option<&Value>, field: &str) -> Vec<String> {
    let list = step.and_then(|step| step.get(field)?.as_array());
    let texts = list.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
