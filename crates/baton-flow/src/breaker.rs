//! The circuit breaker: failures that come in a row halt a node until a person has looked.
//!
//! A success clears its counters, another error or category begins anew, and after a reset one
//! more failure halts at once.

mod normal;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use baton_repo::graph::WorkflowGraph;
use serde_json::{Value, json};

use crate::event::FailureCategory;
use crate::pack;
use crate::plan::step_key;
use crate::state::{Breaker, RunState, Trip};
use crate::steps;

pub use normal::{digest, normalised};

/// How many letters of an error a finding quotes.
const QUOTED: usize = 500;

/// How many previews of one resource are kept: more than a pattern needs.
const PREVIEWS: usize = 8;

/// Counts a failure; the answer is why the breaker halts, when it does.
pub fn failed(
    breaker: &mut Breaker,
    category: FailureCategory,
    error: &str,
    at: &str,
) -> Option<Trip> {
    let facts = &pack::runner().breaker;
    let most = facts.categories.get(&category).copied();
    let most = most.unwrap_or(facts.same_category);
    if most == 0 {
        return None;
    }
    let digest = digest(error);
    let same_error = match &breaker.error {
        Some((last, count)) if *last == digest => count.saturating_add(1),
        _ => 1,
    };
    let same_category = match breaker.category {
        Some((last, count)) if last == category => count.saturating_add(1),
        _ => 1,
    };
    breaker.error = Some((digest, same_error));
    breaker.category = Some((category, same_category));
    let pattern = facts.patterns.get(&category).map(String::as_str);
    let (pattern, count) = if same_category >= most && pattern.is_some() {
        (pattern?, same_category)
    } else if same_error >= facts.same_error {
        ("error-repetition", same_error)
    } else if same_category >= most {
        ("category-repetition", same_category)
    } else if breaker.half_open {
        ("half-open", same_category)
    } else {
        return None;
    };
    Some(trip(breaker, pattern, category, (count, error, at)))
}

/// Counts a success: the counters begin anew, what previews said is kept.
pub fn succeeded(breaker: &mut Breaker) {
    breaker.category = None;
    breaker.error = None;
    breaker.half_open = false;
}

/// Keeps what a preview says; the answer is why the breaker halts, when a resource goes back and
/// forth: added, deleted, added, deleted.
pub fn previewed(
    breaker: &mut Breaker,
    changes: &BTreeMap<String, String>,
    at: &str,
) -> Option<Trip> {
    let mut swinging = None;
    for (resource, change) in changes {
        let said = breaker.previews.entry(resource.clone()).or_default();
        said.push(change.to_lowercase());
        let surplus = said.len().saturating_sub(PREVIEWS);
        said.drain(..surplus);
        if swings(said) {
            swinging = swinging.or(Some(resource));
        }
    }
    let error = format!(
        "previews add and delete `{}` by turns; two sources claim it",
        swinging?
    );
    let category = FailureCategory::DeploymentError;
    Some(trip(
        breaker,
        "what-if-oscillation",
        category,
        (4, &error, at),
    ))
}

/// Halts a node for a reason of somebody else's counting.
pub(crate) fn trip(
    breaker: &mut Breaker,
    pattern: &str,
    category: FailureCategory,
    (count, error, at): (u32, &str, &str),
) -> Trip {
    let trip = Trip {
        pattern: pattern.to_owned(),
        category,
        count,
        error: quoted(error),
        at: at.to_owned(),
    };
    breaker.tripped = Some(trip.clone());
    trip
}

/// The sentence that stands among a session's open findings while a node is halted.
pub fn finding(trip: &Trip) -> String {
    format!(
        "circuit_breaker: {} - {} ({} consecutive failures)",
        name(trip.category),
        trip.error,
        trip.count
    )
}

/// The name of a category as files write it.
pub fn name(category: FailureCategory) -> String {
    match serde_json::to_value(category) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Writes into the document that a node is halted; its step stays in progress.
pub(crate) fn write(state: &mut RunState, key: &str, trip: &Trip) {
    let text = finding(trip);
    steps::add_to_list(&mut state.document, "open_findings", &[text]);
    let blocked = json!({
        "type": "circuit_breaker",
        "pattern": trip.pattern,
        "failure_category": name(trip.category),
        "consecutive_count": trip.count,
        "last_error": trip.error,
        "timestamp": trip.at,
    });
    steps::edit(state, key, |step| {
        step.insert("status".to_owned(), json!("in_progress"));
        let started = step.entry("started").or_insert(Value::Null);
        if started.is_null() {
            *started = json!(trip.at);
        }
        step.insert("blocked".to_owned(), blocked);
    });
}

/// Lets a halted node go on: counters, finding and mark are gone; one more failure halts again.
pub(crate) fn reset(graph: &WorkflowGraph, state: &mut RunState, node: usize) {
    let Some(canonical) = graph.node(node).map(|node| node.canonical.clone()) else {
        return;
    };
    let key = step_key(graph, node);
    if let Some(work) = state.work.get_mut(&canonical) {
        let tripped = work.breaker.tripped.take();
        work.breaker = Breaker {
            half_open: true,
            ..Breaker::default()
        };
        work.failure = None;
        work.lost.clear();
        work.attempt = 0;
        if let Some(text) = tripped.as_ref().map(finding)
            && let Some(Value::Array(list)) = state.document.get_mut("open_findings")
        {
            list.retain(|item| item.as_str() != Some(&text));
        }
    }
    if steps::field(state, &key, "blocked").is_some() {
        steps::edit(state, &key, |step| {
            step.remove("blocked");
        });
    }
}

/// Lets a node go on if it is halted, and does nothing else.
pub(crate) fn reset_tripped(graph: &WorkflowGraph, state: &mut RunState, node: usize) {
    if crate::plan::is_blocked(graph, state, node) {
        reset(graph, state, node);
    }
}

/// Why a node is halted, and what can be done about it.
pub(crate) fn reason(graph: &WorkflowGraph, state: &RunState, node: usize) -> String {
    let canonical = graph.node(node).map_or("", |node| node.canonical.as_str());
    let tripped = state.work.get(canonical);
    let tripped = tripped.and_then(|work| work.breaker.tripped.as_ref());
    let cause = match tripped {
        Some(trip) => format!(
            "{} (`{}`, {} in a row): {}",
            trip.pattern,
            name(trip.category),
            trip.count,
            trip.error
        ),
        None => "somebody blocked it".to_owned(),
    };
    let skip = if graph.node(node).is_some_and(|node| node.optional) {
        ", leave the step out,"
    } else {
        ""
    };
    let login = match tripped.map(|trip| trip.category) {
        Some(FailureCategory::AuthExpired) => "; sign in anew first",
        Some(FailureCategory::Timeout) => "; look whether the login still holds",
        _ => "",
    };
    format!("{cause}{login}; reset it and try again{skip} or end the run")
}

fn swings(said: &[String]) -> bool {
    let Some(last) = said.last_chunk::<4>() else {
        return false;
    };
    let [one, two, three, four] = last;
    let opposite = matches!(
        (one.as_str(), two.as_str()),
        ("add" | "create", "delete") | ("delete", "add" | "create")
    );
    opposite && one == three && two == four
}

/// An error on one line and not too long.
fn quoted(error: &str) -> String {
    let line = error.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(QUOTED).collect()
}
