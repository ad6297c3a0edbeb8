//! What a job of a run means for an agent: which files it reads, writes and leaves alone.

use baton_repo::graph::GraphNode;
use serde_json::Value;

use crate::agent::{AgentFile, Freshness, Limits, Task};
use crate::driver::{Job, JobKind};
use crate::pack;
use crate::plan;
use crate::prompt::{self, Before};
use crate::{RunState, Subject};

/// So many files of earlier steps are named; the handoff names the others.
const MOST_INPUTS: usize = 40;

/// Who works, and within which limits.
#[derive(Debug, Clone, Default)]
pub struct Worker {
    /// The agent.
    pub agent: AgentFile,
    /// The model it should use.
    pub model: Option<String>,
    /// How long and how much.
    pub limits: Limits,
}

/// What is known besides the state.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'k> {
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
    let node = subject.graph.node(number)?;
    let key = plan::step_key(subject.graph, number);
    let (substep, expected) = match &job.kind {
        JobKind::Step(part) => (part.clone(), expected(subject, node, part.as_deref())),
        JobKind::Review { pass, .. } => {
            let part = format!("review-{pass}");
            (Some(part), vec![findings_file(subject, &key, *pass)])
        }
    };
    let is_review = matches!(job.kind, JobKind::Review { .. });
    let output = subject.output();
    let mut writable = vec![format!("{output}/**")];
    if !is_review {
        let code = node
            .produces
            .iter()
            .flatten()
            .any(|text| text.value.contains('/'));
        let folders = subject.code().into_iter().filter(|_| code);
        writable.extend(folders.map(|folder| format!("{folder}/**")));
    }
    let reworked = reworked(state, &key);
    let mut task = Task {
        project: subject.project.to_owned(),
        node: node.canonical.clone(),
        shared: match &substep {
            Some(_) if !is_review => vec![format!("{output}/**")],
            _ => Vec::new(),
        },
        substep,
        attempt: job.attempt,
        agent: worker.agent,
        model: worker.model,
        inputs: inputs(subject, state, &key, is_review),
        protected: protected(subject, state, (node, &key)),
        freshness: match reworked {
            Some(_) if !is_review => Freshness::Changed,
            _ => Freshness::Valid,
        },
        step_key: key,
        expected,
        writable,
        limits: worker.limits,
        ..Task::default()
    };
    task.prompt = match &job.kind {
        JobKind::Step(_) => step_prompt((subject, state), &task, known, reworked),
        JobKind::Review { pass, lens } => prompt::review(&task, *pass, lens),
    };
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
    let gate = crate::gate4::gate();
    let failed = state.gates.get(gate).filter(|gate| gate.failures > 0);
    let findings: Vec<String> = failed
        .filter(|_| reworked.is_some())
        .and_then(|gate| gate.note.clone())
        .map(|note| note.lines().map(str::to_owned).collect())
        .unwrap_or_default();
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
    if let Some(request) = Some(state.request.as_str()).filter(|text| first && !text.is_empty()) {
        text.push_str("\nThis is what was asked for:\n\n");
        text.push_str(request.trim());
        text.push('\n');
    }
    text
}

/// Why a step is done again, if it is.
fn reworked<'s>(state: &'s RunState, key: &str) -> Option<&'s str> {
    let point = step(state, key)?.get("sub_step")?.as_str()?;
    point
        .starts_with("rework_")
        .then_some("a later gate or step sent it back")
}

/// What a node leaves behind; of a fan-out, what one part does.
fn expected(subject: &Subject<'_>, node: &GraphNode, part: Option<&str>) -> Vec<String> {
    let produced = node.produces.iter().flatten();
    let all: Vec<String> = produced.map(|text| rooted(subject, &text.value)).collect();
    let Some(part) = part else {
        return all;
    };
    let own = all.iter().filter(|path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.contains(part)
    });
    own.cloned().collect()
}

/// Files of earlier steps; of a review, those of the step itself.
fn inputs(subject: &Subject<'_>, state: &RunState, key: &str, is_review: bool) -> Vec<String> {
    let mut inputs = Vec::new();
    for facts in &pack::runner().steps {
        let is_own = facts.key == key;
        if is_own && !is_review {
            break;
        }
        if is_own == is_review {
            inputs.extend(strings(step(state, &facts.key), "artifacts"));
        }
        if is_own {
            break;
        }
    }
    let is_there = |path: &String| subject.repo.file(path).is_some();
    inputs.retain(is_there);
    inputs.truncate(MOST_INPUTS);
    inputs
}

/// What a node must leave alone: what is frozen, and what earlier steps made.
fn protected(
    subject: &Subject<'_>,
    state: &RunState,
    (node, key): (&GraphNode, &str),
) -> Vec<String> {
    let frozen = node.frozen_inputs.iter().flatten();
    let mut protected: Vec<String> = frozen.map(|text| rooted(subject, &text.value)).collect();
    let own = node.produces.iter().flatten();
    let own = own.chain(node.mutates.iter());
    let own: Vec<String> = own.map(|text| rooted(subject, &text.value)).collect();
    for facts in pack::runner().steps.iter().filter(|facts| facts.key != key) {
        let made = strings(step(state, &facts.key), "artifacts").into_iter();
        protected.extend(made.filter(|path| !own.contains(path)));
    }
    protected.sort_unstable();
    protected.dedup();
    protected
}

/// A name of the graph as a path from the root; without a folder it lies in the project's.
fn rooted(subject: &Subject<'_>, name: &str) -> String {
    let name = name.replace("{project}", subject.project);
    let path = name.split('#').next().unwrap_or_default();
    if path.contains('/') {
        return name.trim_start_matches("./").to_owned();
    }
    format!("{}/{name}", subject.output())
}

fn step<'s>(state: &'s RunState, key: &str) -> Option<&'s Value> {
    state.document.get("steps")?.get(key)
}

fn strings(step: Option<&Value>, field: &str) -> Vec<String> {
    let list = step.and_then(|step| step.get(field)?.as_array());
    let texts = list.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
