//! Agents and reviews that begin and end.

use baton_repo::graph::GraphNode;
use serde_json::{Map, Value, json};

use super::{Changes, Done, Turn, refused, returns};
use crate::breaker;
use crate::effect::{Effect, RefusalCode};
use crate::event::{AgentOutcome, FailureCategory, ReviewVerdict, RunEvent};
use crate::pack;
use crate::plan::{self, NodeStatus, step_key};
use crate::reviews::{self, Standing};
use crate::state::{RunState, Trip};
use crate::steps;

/// Numbers of the telemetry that add up from one try to the next.
const SUMS: [&str; 6] = [
    "elapsed_ms",
    "input_tokens",
    "output_tokens",
    "subagent_count",
    "validation_attempts",
    "cache_hits",
];

pub(super) fn started(turn: &mut Turn<'_>, id: &str, substep: Option<&str>, attempt: u32) -> Done {
    let (number, node) = turn.step(id)?;
    let part = substep.unwrap_or_default();
    may_start(turn, number, part)?;
    if !plan::parts(node).iter().any(|known| known == part) {
        let reason = format!("`{}` has no part `{part}`", node.id.value);
        return Err(refused(RefusalCode::Unknown, reason));
    }
    let lost = turn
        .held(number)
        .is_some_and(|work| work.lost.iter().any(|lost| lost == part));
    let startable = plan::parts_to_start(turn.graph, &turn.state, number);
    if !lost && !startable.iter().any(|startable| startable == part) {
        let reason = format!(
            "`{}` cannot start `{part}` now: it runs, is done, or waits for room",
            node.id.value
        );
        return Err(refused(RefusalCode::Conflict, reason));
    }
    turn.open_step(number);
    let revised = turn.held(number).is_some_and(|work| work.delivered);
    if revised {
        let key = step_key(turn.graph, number);
        steps::edit(&mut turn.state, &key, |step| {
            step.insert("sub_step".to_owned(), json!("revision"));
        });
    }
    let work = turn.work(number);
    let most = work.attempt.saturating_add(1);
    work.attempt = attempt.clamp(work.attempt.max(1), most);
    if work.failed.iter().any(|failed| failed == part) {
        // The others that failed come again in the same round.
        work.failed.clear();
        work.failure = None;
    }
    if part.is_empty() {
        work.failure = None;
    }
    work.lost.retain(|lost| lost != part);
    work.delivered = false;
    work.reviews.clear();
    work.running.push(part.to_owned());
    Ok(Vec::new())
}

/// Refuses to start what is not reached, halted, done, asked about, or not alone.
fn may_start(turn: &Turn<'_>, number: usize, part: &str) -> Result<(), Effect> {
    let id = turn.graph.id(number);
    let conflict = |reason: String| Err(refused(RefusalCode::Conflict, reason));
    match turn.status(number) {
        NodeStatus::Blocked => {
            let reason = plan::halted(turn.graph, &turn.state, number);
            let reason = format!("`{id}` is halted: {reason}");
            return Err(refused(RefusalCode::Halted, reason));
        }
        NodeStatus::Complete | NodeStatus::Skipped => {
            return conflict(format!("`{id}` is done; a way back opens it again"));
        }
        _ if !turn.survey.is_live(number) => {
            return conflict(format!("`{id}` is not reached: {}", closed(turn, number)));
        }
        _ => {}
    }
    let others: Vec<usize> = (0..turn.graph.nodes.len())
        .filter(|other| *other != number)
        .collect();
    turn.at_rest(&others)?;
    let none = crate::state::Work::default();
    let work = turn.held(number).unwrap_or(&none);
    if work.delivered && reviews::standing(turn.graph, &turn.state, number) != Standing::Revise {
        return conflict(format!("the result of `{id}` waits to be reviewed"));
    }
    if !work.lost.is_empty() && !work.lost.iter().any(|lost| lost == part) {
        return conflict(format!(
            "`{id}` was cut off; say first whether that is done again"
        ));
    }
    let key = step_key(turn.graph, number);
    let begun = steps::status(&turn.state, &key) == steps::StepStatus::InProgress;
    let optional = turn.graph.node(number).is_some_and(|node| node.optional);
    if optional && !work.chosen && !begun {
        return conflict(format!(
            "`{id}` is optional and nobody has chosen to run it"
        ));
    }
    if let Some(reason) = plan::broken_precondition(turn.graph, &turn.state, number) {
        return conflict(reason);
    }
    Ok(())
}

/// The gate or step that a node waits for.
fn closed(turn: &Turn<'_>, number: usize) -> String {
    let waits = |node: &usize| plan::after(turn.graph, &turn.state, *node).contains(&number);
    let mut frontier = turn.survey.frontier().filter(waits);
    match frontier.next() {
        Some(node) if turn.graph.node(node).is_some_and(GraphNode::is_gate) => {
            format!("`{}` is not open", turn.graph.id(node))
        }
        Some(node) => format!("`{}` comes first", turn.graph.id(node)),
        None => "no way leads there now".to_owned(),
    }
}

pub(super) fn ended(
    turn: &mut Turn<'_>,
    id: &str,
    substep: Option<&str>,
    outcome: &AgentOutcome,
) -> Done {
    let (number, node) = turn.step(id)?;
    let part = substep.unwrap_or_default();
    let runs = turn.held(number);
    if !runs.is_some_and(|work| work.running.iter().any(|running| running == part)) {
        let reason = format!("no agent works on `{}`", node.id.value);
        return Err(refused(RefusalCode::Conflict, reason));
    }
    turn.work(number).running.retain(|running| running != part);
    // The document may call the step complete by now: that is not for an agent to say.
    turn.open_step(number);
    match outcome {
        AgentOutcome::Complete {
            artifacts,
            telemetry,
        } => {
            let key = step_key(turn.graph, number);
            record(&mut turn.state, &key, artifacts, telemetry);
            succeeded(turn, number, part);
        }
        AgentOutcome::Failed { category, error } => {
            failed(turn, number, (part, *category, error));
        }
        AgentOutcome::Lost => {
            if plan::deploys(turn.graph, number) {
                turn.work(number).lost.push(part.to_owned());
            }
        }
    }
    Ok(Vec::new())
}

fn succeeded(turn: &mut Turn<'_>, number: usize, part: &str) {
    let parts = turn.graph.node(number).map(plan::parts).unwrap_or_default();
    let work = turn.work(number);
    if !work.done.iter().any(|done| done == part) {
        work.done.push(part.to_owned());
    }
    let whole = parts.iter().all(|part| work.done.contains(part));
    breaker::succeeded(&mut work.breaker);
    if !whole {
        return;
    }
    work.done.clear();
    work.failed.clear();
    work.failure = None;
    work.delivered = true;
    let planned = reviews::planned(turn.graph, &turn.state, number);
    let key = step_key(turn.graph, number);
    if let Some(reason) = reviews::left_out(turn.graph, &turn.state, number) {
        audit(&mut turn.state, &key, |entry| {
            steps::add_to_list(entry, "skip_reasons", &[reason]);
        });
    }
    if !planned.is_empty() {
        let passes = planned.len();
        audit(&mut turn.state, &key, |entry| {
            entry.insert("passes_planned".to_owned(), json!(passes));
        });
        steps::edit(&mut turn.state, &key, |step| {
            step.insert("sub_step".to_owned(), json!("review"));
        });
    }
}

fn failed(
    turn: &mut Turn<'_>,
    number: usize,
    (part, category, error): (&str, FailureCategory, &str),
) {
    let at = turn.event.at.clone();
    let facts = &pack::runner().breaker;
    let work = turn.work(number);
    if !part.is_empty() && !work.failed.iter().any(|failed| failed == part) {
        work.failed.push(part.to_owned());
    }
    work.failure = Some((category, error.to_owned()));
    let mut trip = breaker::failed(&mut work.breaker, category, error, &at);
    let counts = facts.categories.get(&category) != Some(&0);
    if trip.is_none() && counts && work.attempt >= facts.attempts {
        let count = work.attempt;
        let counted = (count, error, at.as_str());
        trip = Some(breaker::trip(
            &mut work.breaker,
            "attempts",
            category,
            counted,
        ));
    }
    if let Some(trip) = trip {
        halt(turn, number, &trip);
        return;
    }
    if facts.fault_of_input.contains(&category)
        && let Some(target) = plan::failure_target(turn.graph, &turn.state, number)
        && turn.at_rest(&[number]).is_ok()
    {
        returns::after_failure(turn, number, target);
        return;
    }
    if plan::deploys(turn.graph, number) {
        // Nobody knows how far it came.
        turn.work(number).lost.push(part.to_owned());
    }
}

/// Writes into the document that a node is halted.
pub(super) fn halt(turn: &mut Turn<'_>, number: usize, trip: &Trip) {
    let key = step_key(turn.graph, number);
    breaker::write(&mut turn.state, &key, trip);
}

pub(super) fn previewed(turn: &mut Turn<'_>, id: &str, changes: &Changes) -> Done {
    let (number, node) = turn.step(id)?;
    let key = step_key(turn.graph, number);
    if steps::status(&turn.state, &key) != steps::StepStatus::InProgress {
        let reason = format!("`{}` is not in progress", node.id.value);
        return Err(refused(RefusalCode::Conflict, reason));
    }
    let at = turn.event.at.clone();
    let breaker = &mut turn.work(number).breaker;
    if let Some(trip) = breaker::previewed(breaker, changes, &at) {
        halt(turn, number, &trip);
    }
    Ok(Vec::new())
}

pub(super) fn reviewed(turn: &mut Turn<'_>, happened: &RunEvent) -> Done {
    let RunEvent::ReviewEnded {
        node: id,
        pass,
        lens,
        verdict,
    } = happened
    else {
        return Ok(Vec::new());
    };
    let (number, node) = turn.step(id)?;
    let awaited = turn
        .held(number)
        .is_some_and(|work| work.delivered && work.running.is_empty());
    let next = reviews::standing(turn.graph, &turn.state, number);
    let fits = matches!(&next, Standing::Next { pass: wanted, .. } if wanted == pass);
    if !awaited || !fits {
        let reason = format!("no review {pass} of `{}` is awaited", node.id.value);
        return Err(refused(RefusalCode::Conflict, reason));
    }
    let work = turn.work(number);
    work.reviewed = work.reviewed.saturating_add(1);
    work.reviews.push((*pass, lens.clone(), *verdict));
    if *verdict != ReviewVerdict::Failed {
        let key = step_key(turn.graph, number);
        audit(&mut turn.state, &key, |entry| {
            let before = entry.get("passes_executed").and_then(Value::as_u64);
            let executed = before.unwrap_or(0).saturating_add(1);
            entry.insert("passes_executed".to_owned(), json!(executed));
        });
    }
    Ok(Vec::new())
}

/// Changes what the document says of the reviews of a step.
pub(super) fn audit(state: &mut RunState, key: &str, change: impl FnOnce(&mut Map<String, Value>)) {
    let tier = steps::decision(state, &pack::runner().review.tier_decision);
    let blank = [
        ("complexity", json!(tier.unwrap_or_default())),
        ("passes_planned", json!(0)),
        ("passes_executed", json!(0)),
        ("skipped", json!([])),
        ("skip_reasons", json!([])),
        ("models_used", json!([])),
    ];
    steps::within(&mut state.document, "review_audit", |audit| {
        steps::within(audit, &format!("step_{key}"), |entry| {
            for (field, value) in blank {
                entry.entry(field).or_insert(value);
            }
            change(entry);
        });
    });
}

/// Notes what an agent left behind. The document knows a closed set of measurements; what else
/// an agent reports stays in the ledger.
fn record(state: &mut RunState, key: &str, artifacts: &[String], telemetry: &Map<String, Value>) {
    steps::edit(state, key, |step| {
        steps::add_to_list(step, "artifacts", artifacts);
        let known = |name: &str| telemetry.contains_key(name);
        if !SUMS.iter().any(|name| known(name))
            && !known("step_start_iso")
            && !known("step_end_iso")
        {
            return;
        }
        steps::within(step, "telemetry", |held| {
            let number = |map: &Map<String, Value>, name| map.get(name).and_then(Value::as_u64);
            let more = SUMS
                .into_iter()
                .filter_map(|name| Some((name, number(telemetry, name)?)));
            for (name, more) in more {
                let sum = number(held, name).unwrap_or(0).saturating_add(more);
                held.insert(name.to_owned(), json!(sum));
            }
            if let Some(start) = telemetry
                .get("step_start_iso")
                .filter(|text| text.is_string())
            {
                held.entry("step_start_iso")
                    .or_insert_with(|| start.clone());
            }
            if let Some(end) = telemetry
                .get("step_end_iso")
                .filter(|text| text.is_string())
            {
                held.insert("step_end_iso".to_owned(), end.clone());
            }
        });
    });
}
