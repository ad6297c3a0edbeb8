//! What is told of a run while it goes: lines for people, JSON objects for programs.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::Instant;

use baton_flow::agent::Progress;
use baton_flow::driver::{Choice, Job, JobKind, News, Worked};
use baton_flow::event::{AgentOutcome, ReviewVerdict, Verdict};
use baton_repo::graph::WorkflowGraph;
use serde_json::{Value, json};

use crate::cli::RunFormat;
use crate::exit::say;
use crate::terminal::{Terminal, harmless};

/// Tells what goes on.
pub(super) struct Teller<'t> {
    project: &'t str,
    graph: &'t WorkflowGraph,
    format: RunFormat,
    terminal: Terminal,
    began: Mutex<BTreeMap<String, Instant>>,
}

impl<'t> Teller<'t> {
    pub(super) fn new(project: &'t str, graph: &'t WorkflowGraph, format: RunFormat) -> Self {
        Teller {
            project,
            graph,
            format,
            terminal: Terminal::stdout(),
            began: Mutex::new(BTreeMap::new()),
        }
    }

    /// Tells one piece of news.
    pub(super) fn tell(&self, news: &News<'_>) {
        match self.format {
            RunFormat::Jsonl => print(&self.object(news).to_string()),
            RunFormat::Text => {
                for line in self.lines(news) {
                    print(&line);
                }
            }
        }
    }

    /// Tells people at a terminal what an agent is doing.
    pub(super) fn progress(&self, progress: &Progress) {
        if self.format != RunFormat::Text || !io::stderr().is_terminal() {
            return;
        }
        let terminal = Terminal::stderr();
        let line = match progress {
            Progress::Said(line) => harmless(line).into_owned(),
            Progress::Ending(why) => format!("is being ended: {}", harmless(why)),
            Progress::Started(_) | Progress::Used { .. } => return,
        };
        let wide = Terminal::stderr_columns().saturating_sub(4);
        let line: String = line.chars().take(wide).collect();
        say(&terminal.dim(&format!("    {line}")));
    }

    /// Tells how the run ended: one object, or lines.
    pub(super) fn end(&self, object: &Value, lines: &[String]) {
        match self.format {
            RunFormat::Jsonl => print(&object.to_string()),
            RunFormat::Text => lines.iter().for_each(|line| print(line)),
        }
    }

    fn lines(&self, news: &News<'_>) -> Vec<String> {
        let mark = |sign: &str, plain: &str| {
            let sign = if self.terminal.unicode { sign } else { plain };
            sign.to_owned()
        };
        match news {
            News::Imported => vec![
                "The state file had been changed by somebody else; its approvals count for nothing."
                    .to_owned(),
            ],
            News::Began(job) => {
                self.start_clock(job);
                let again = match job.kind {
                    JobKind::Step(_) if job.attempt > 1 => format!(", attempt {}", job.attempt),
                    _ => String::new(),
                };
                let agent = self.agent(job);
                vec![format!(
                    "{} {}{agent}{again}",
                    mark("▸", ">"),
                    self.job(job)
                )]
            }
            News::Ended(job, worked) => self.ended(job, worked),
            News::Validated(gate, validation) => {
                let word = match validation.verdict {
                    Verdict::Pass => self.terminal.added("passed"),
                    Verdict::Fail => self.terminal.removed("failed"),
                    Verdict::Inconclusive => self.terminal.removed("inconclusive"),
                };
                let mut lines = vec![format!("{} {gate} {word}", mark("■", "*"))];
                let found = validation.findings.iter();
                lines.extend(found.map(|finding| format!("    {}", harmless(finding))));
                lines
            }
            News::Waits(gate, _) => vec![format!("{} {gate} waits for approval", mark("■", "*"))],
            News::Decided(gate, choice) => {
                let word = match choice {
                    Choice::Approve { .. } => "approved".to_owned(),
                    Choice::Reject { reason, .. } => format!("rejected: {}", harmless(reason)),
                    Choice::Defer { .. } => "put off".to_owned(),
                };
                vec![format!("{} {gate} {word}", mark("■", "*"))]
            }
            News::Stale(gate, changed) => {
                let changed = changed.iter().map(|path| format!("    {}", harmless(path)));
                let head = format!("{} {gate}: what was approved has changed", mark("■", "*"));
                std::iter::once(head).chain(changed).collect()
            }
        }
    }

    fn ended(&self, job: &Job, worked: &Worked) -> Vec<String> {
        let name = self.job(job);
        let took = self.took(job);
        let good = if self.terminal.unicode { "✓" } else { "+" };
        let bad = if self.terminal.unicode { "✗" } else { "x" };
        match worked {
            Worked::Ended(AgentOutcome::Complete { artifacts, .. }) => {
                let files = match artifacts.len() {
                    1 => "1 file".to_owned(),
                    count => format!("{count} files"),
                };
                let good = self.terminal.added(good);
                vec![format!("{good} {name}: {files}{took}")]
            }
            Worked::Ended(AgentOutcome::Failed { category, error }) => {
                let bad = self.terminal.removed(bad);
                let category = word(category);
                vec![
                    format!("{bad} {name}: {category}{took}"),
                    format!("    {}", harmless(error.lines().next().unwrap_or_default())),
                ]
            }
            Worked::Ended(AgentOutcome::Lost) => {
                vec![format!(
                    "{bad} {name}: cut off, nobody knows how far it came"
                )]
            }
            Worked::Reviewed(verdict) => {
                let word = match verdict {
                    ReviewVerdict::Approved => "approved",
                    ReviewVerdict::NeedsRevision => "needs revision",
                    ReviewVerdict::RequiresEarlierStep => "an earlier step must be done anew",
                    ReviewVerdict::Failed => "the review failed",
                };
                vec![format!("{good} {name}: {word}{took}")]
            }
            Worked::Handed(text) | Worked::Shown(text) => text
                .lines()
                .map(|line| harmless(line).into_owned())
                .collect(),
        }
    }

    fn object(&self, news: &News<'_>) -> Value {
        let mut object = match news {
            News::Imported => json!({"event": "imported"}),
            News::Began(job) => {
                self.start_clock(job);
                json!({"event": "began", "job": job_object(job)})
            }
            News::Ended(job, worked) => {
                json!({"event": "ended", "job": job_object(job), "outcome": worked_object(worked)})
            }
            News::Validated(gate, validation) => json!({
                "event": "validated",
                "gate": gate,
                "verdict": word(&validation.verdict),
                "findings": validation.findings,
            }),
            News::Waits(gate, shown) => {
                json!({"event": "waits", "gate": gate, "digest": shown.digest})
            }
            News::Decided(gate, choice) => {
                let choice = match choice {
                    Choice::Approve { .. } => json!({"approve": {}}),
                    Choice::Reject { reason, to } => {
                        json!({"reject": {"reason": reason, "to": to}})
                    }
                    Choice::Defer { reason } => json!({"defer": {"reason": reason}}),
                };
                json!({"event": "decided", "gate": gate, "choice": choice})
            }
            News::Stale(gate, changed) => {
                json!({"event": "stale", "gate": gate, "changed": changed})
            }
        };
        if let Some(object) = object.as_object_mut() {
            object.insert("project".to_owned(), json!(self.project));
        }
        object
    }

    /// What a job is called.
    fn job(&self, job: &Job) -> String {
        let number = self.graph.find(&job.node);
        let node = number.and_then(|number| self.graph.node(number));
        let named = node.and_then(|node| node.name.as_ref());
        let title = named.map_or_else(String::new, |name| format!(" {}", name.value));
        let part = match &job.kind {
            JobKind::Step(None) => String::new(),
            JobKind::Step(Some(part)) => format!(", {part}"),
            JobKind::Review { pass, lens } => format!(", review {pass} ({lens})"),
        };
        format!("{}{title}{part}", self.terminal.name(&job.node))
    }

    fn agent(&self, job: &Job) -> String {
        let number = self.graph.find(&job.node);
        let node = number.and_then(|number| self.graph.node(number));
        let agent = node.and_then(|node| node.agent.as_ref());
        match (agent, &job.kind) {
            (Some(agent), JobKind::Step(_)) => format!(": {}", harmless(&agent.value)),
            _ => String::new(),
        }
    }

    fn start_clock(&self, job: &Job) {
        if let Ok(mut began) = self.began.lock() {
            began.insert(key(job), Instant::now());
        }
    }

    fn took(&self, job: &Job) -> String {
        let mut began = self.began.lock().ok();
        let started = began.as_mut().and_then(|began| began.remove(&key(job)));
        let seconds = started.map_or(0, |started| started.elapsed().as_secs());
        match (seconds / 60, seconds % 60) {
            (0, 0) => String::new(),
            (0, seconds) => format!(", {seconds} s"),
            (minutes, seconds) => format!(", {minutes} min {seconds} s"),
        }
    }
}

/// Tells something that only people want to know.
pub(super) fn remark(text: &str) {
    say(&harmless(text));
}

fn print(line: &str) {
    // Whoever reads may have gone; the run goes on, and its ledger says what came of it.
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn key(job: &Job) -> String {
    format!("{} {:?}", job.node, job.kind)
}

fn job_object(job: &Job) -> Value {
    match &job.kind {
        JobKind::Step(part) => {
            json!({"node": job.node, "part": part, "attempt": job.attempt})
        }
        JobKind::Review { pass, lens } => {
            json!({"node": job.node, "review": {"pass": pass, "lens": lens}})
        }
    }
}

fn worked_object(worked: &Worked) -> Value {
    match worked {
        Worked::Ended(outcome) => json!(outcome),
        Worked::Reviewed(verdict) => json!({"reviewed": verdict}),
        Worked::Handed(text) => json!({"handed": {"text": text}}),
        Worked::Shown(text) => json!({"shown": {"text": text}}),
    }
}

/// The word that stands for a value in JSON, for people.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().replace('_', " ")
}
