//! `baton status`: where projects stand, what blocks them, what to do next.

use std::io::{self, Write};

use anyhow::Result;
use baton_flow::plan::{self, NodeStatus};
use baton_flow::staleness::{self, Stale};
use baton_flow::{Effect, GateState, GateStatus, RunState};
use baton_repo::graph::GraphNode;
use serde_json::{Value, json};

use super::super::print;
use super::desk::Desk;
use super::effects;
use crate::cli::StatusArgs;
use crate::exit::Verdict;
use crate::terminal::{Terminal, harmless};

/// A project as it is shown.
struct Standing<'a> {
    desk: &'a Desk,
    project: &'a str,
    state: &'a RunState,
    stale: Vec<Stale>,
    next: Vec<Effect>,
}

/// `baton status`.
pub(crate) fn status(args: &StatusArgs) -> Result<Verdict> {
    let desk = Desk::open()?;
    let mut names = match &args.project {
        Some(name) => vec![name.clone()],
        None => desk.projects()?,
    };
    if names.len() > 1 {
        return overview(&desk, &names, args);
    }
    let name = match names.pop() {
        Some(name) => name,
        None => desk.only_project()?,
    };
    let (_, state) = desk.project(&name)?;
    let standing = Standing {
        desk: &desk,
        project: &name,
        state: &state,
        stale: staleness::stale(&desk.sight(&name, &state))?,
        next: plan::next(&desk.graph, &state),
    };
    if args.json {
        print(|out| write_json(out, &value(&standing)))?;
    } else {
        print(|out| table(out, &standing))?;
    }
    Ok(verdict(&standing))
}

fn overview(desk: &Desk, names: &[String], args: &StatusArgs) -> Result<Verdict> {
    let mut rows = Vec::new();
    for name in names {
        let (_, state) = desk.project(name)?;
        let next = plan::next(&desk.graph, &state);
        let next: Vec<String> = next
            .iter()
            .map(|effect| effects::told(name, effect).0)
            .collect();
        let step = state.document.get("current_step").cloned();
        rows.push((name, step.unwrap_or(Value::Null), next));
    }
    let width = names.iter().map(String::len).max().unwrap_or(0);
    print(|out| {
        if args.json {
            let projects = rows.iter().map(
                |(name, step, next)| json!({ "project": name, "current_step": step, "next": next }),
            );
            let projects: Vec<Value> = projects.collect();
            return write_json(out, &json!({ "version": 1, "projects": projects }));
        }
        let terminal = Terminal::stdout();
        for (name, step, next) in &rows {
            let name = terminal.name(&format!("{name:<width$}"));
            let next = next.first().map_or("", String::as_str);
            writeln!(out, "{name}  step {step}  {}", harmless(next))?;
        }
        Ok(())
    })?;
    Ok(Verdict::Clean)
}

fn verdict(standing: &Standing<'_>) -> Verdict {
    let verdicts = standing
        .next
        .iter()
        .map(|effect| effects::told(standing.project, effect).1);
    let mut telling = verdicts.filter(|verdict| *verdict != Verdict::Clean);
    telling.next().unwrap_or(Verdict::Clean)
}

/// The word for a status.
pub(super) fn word(status: NodeStatus) -> &'static str {
    match status {
        NodeStatus::Pending => "pending",
        NodeStatus::Ready => "ready",
        NodeStatus::Running => "running",
        NodeStatus::AwaitingApproval => "awaiting approval",
        NodeStatus::Complete => "complete",
        NodeStatus::Skipped => "skipped",
        NodeStatus::Failed => "failed",
        NodeStatus::Blocked => "blocked",
        NodeStatus::NotApplicable => "not applicable",
    }
}

fn table(out: &mut dyn Write, standing: &Standing<'_>) -> io::Result<()> {
    let terminal = Terminal::stdout();
    let graph = &standing.desk.graph;
    let width = graph
        .nodes
        .iter()
        .map(|node| node.id.value.len())
        .max()
        .unwrap_or(0);
    writeln!(out, "{}", terminal.bold(standing.project))?;
    for (number, node) in graph.nodes.iter().enumerate() {
        let status = word(plan::status(graph, standing.state, number));
        let id = terminal.name(&format!("{:<width$}", harmless(&node.id.value)));
        let attempts = match attempts(standing, node) {
            0 | 1 => String::new(),
            more => format!("attempt {more}; "),
        };
        let remark = format!("{attempts}{}", remark(standing, node).unwrap_or_default());
        let line = format!("  {id}  {status:<17}  {}", harmless(&remark));
        writeln!(out, "{}", line.trim_end())?;
    }
    for finding in findings(standing) {
        writeln!(
            out,
            "{} {}",
            terminal.bold("open finding:"),
            harmless(&finding)
        )?;
    }
    for effect in &standing.next {
        let (text, _) = effects::told(standing.project, effect);
        writeln!(out, "{} {}", terminal.bold("next:"), harmless(&text))?;
    }
    Ok(())
}

fn attempts(standing: &Standing<'_>, node: &GraphNode) -> u32 {
    let work = standing
        .state
        .work
        .get(&node.canonical)
        .map(|work| work.attempt);
    let failures = held(standing, node).map(|gate| gate.failures);
    work.or(failures).unwrap_or(0)
}

/// What blocks a node, or who opened it.
fn remark(standing: &Standing<'_>, node: &GraphNode) -> Option<String> {
    if let Some(paths) = changed(standing, node) {
        return Some(format!("approved, but changed since: {}", paths.join(", ")));
    }
    if let Some(gate) = held(standing, node) {
        let names: Vec<&str> = gate
            .approvals
            .iter()
            .map(|one| one.by.name.as_str())
            .collect();
        let by = format!("approved by {}", names.join(", "));
        let given = (!names.is_empty()).then_some(by);
        let unverified = gate.imported && gate.status != GateStatus::Open;
        let unverified = unverified.then(|| "approved elsewhere, unverified".to_owned());
        return gate.note.clone().or(given).or(unverified);
    }
    let work = standing.state.work.get(&node.canonical)?;
    let trip = work.breaker.tripped.as_ref();
    let trip = trip.map(|trip| format!("{}, {} times: {}", trip.pattern, trip.count, trip.error));
    let failure = work.failure.as_ref().map(|(_, error)| error.clone());
    trip.or(failure)
}

fn held<'s>(standing: &'s Standing<'_>, node: &GraphNode) -> Option<&'s GateState> {
    standing.state.gates.get(&node.canonical)
}

/// Paths that changed since an open gate was approved.
fn changed(standing: &Standing<'_>, node: &GraphNode) -> Option<Vec<String>> {
    let mut stale = standing.stale.iter();
    let stale = stale.find(|stale| stale.gate == node.id.value)?;
    Some(stale.changed.iter().map(|one| one.path.clone()).collect())
}

fn findings(standing: &Standing<'_>) -> Vec<String> {
    let open = standing
        .state
        .document
        .get("open_findings")
        .and_then(Value::as_array);
    let text = |finding: &Value| match finding {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    open.into_iter().flatten().map(text).collect()
}

fn value(standing: &Standing<'_>) -> Value {
    let graph = &standing.desk.graph;
    let nodes = graph.nodes.iter().enumerate().map(|(number, node)| {
        let gate = held(standing, node);
        let approvals = gate.into_iter().flat_map(|gate| &gate.approvals);
        let approvals: Vec<Value> = approvals
            .map(|one| json!({ "by": one.by.name, "at": one.at, "how": one.how, "digest": one.digest }))
            .collect();
        json!({
            "id": node.id.value,
            "name": node.name.as_ref().map(|name| &name.value),
            "status": word(plan::status(graph, standing.state, number)),
            "attempts": attempts(standing, node),
            "remark": remark(standing, node),
            "approvals": approvals,
            "changed": changed(standing, node).unwrap_or_default(),
        })
    });
    let nodes: Vec<Value> = nodes.collect();
    let next = standing.next.iter().map(|effect| {
        let (text, verdict) = effects::told(standing.project, effect);
        json!({ "text": text, "exit": verdict.code(), "effect": effect })
    });
    let next: Vec<Value> = next.collect();
    json!({
        "version": 1,
        "project": standing.project,
        "current_step": standing.state.document.get("current_step"),
        "graph": { "pinned": standing.state.graph, "now": standing.desk.graph_digest },
        "nodes": nodes,
        "open_findings": findings(standing),
        "next": next,
    })
}

/// Writes a value for programs.
pub(super) fn write_json(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}
