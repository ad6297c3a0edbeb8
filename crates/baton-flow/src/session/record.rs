//! The session's record: finding and changing parts of its document.

use baton_repo::graph::{GraphNode, WorkflowGraph, canonical};
use baton_repo::session::StepStatus;
use serde_json::{Map, Value};

use super::{Rigour, refuse};
use crate::effect::{Effect, RefusalCode};
use crate::plan;

/// A JSON object, keys in their order.
pub(crate) type Object = Map<String, Value>;

/// The key under which the document keeps a step; `3.5` and `step-3_5` are understood.
pub(super) fn key(document: &Object, step: &str) -> Result<String, Effect> {
    let wanted = canonical(step.trim());
    let wanted = wanted.strip_prefix("step-").unwrap_or(&wanted);
    let steps = document.get("steps").and_then(Value::as_object);
    let Some(steps) = steps else {
        let reason = "the record has no `steps`; mend the state file";
        return Err(refuse(RefusalCode::Conflict, reason));
    };
    if steps.get(wanted).is_some_and(Value::is_object) {
        return Ok(wanted.to_owned());
    }
    let known: Vec<String> = steps.keys().map(|key| format!("`{key}`")).collect();
    let reason = format!("there is no step `{step}`; there are {}", known.join(", "));
    Err(refuse(RefusalCode::Unknown, reason))
}

/// A step of the document.
pub(crate) fn step<'d>(document: &'d Object, key: &str) -> Option<&'d Object> {
    document.get("steps")?.get(key)?.as_object()
}

/// A step of the document, to be changed.
pub(super) fn step_mut<'d>(document: &'d mut Object, key: &str) -> Option<&'d mut Object> {
    document.get_mut("steps")?.get_mut(key)?.as_object_mut()
}

/// The keys of the steps, in the order of the workflow.
pub(crate) fn keys(document: &Object) -> Vec<&str> {
    let steps = document.get("steps").and_then(Value::as_object);
    let mut keys: Vec<&str> = steps
        .into_iter()
        .flat_map(|steps| steps.keys().map(String::as_str))
        .collect();
    keys.sort_by_key(|key| order(key));
    keys
}

/// What a step comes before and after: `3_5` lies between `3` and `4`.
pub(crate) fn order(key: &str) -> (u32, u32) {
    let (whole, part) = key.split_once(['_', '.']).unwrap_or((key, "0"));
    (whole.parse().unwrap_or(u32::MAX), part.parse().unwrap_or(0))
}

/// How far a step is; what nobody knows counts as not begun.
pub(crate) fn status(document: &Object, key: &str) -> StepStatus {
    let status = step(document, key).and_then(|step| step.get("status")?.as_str());
    status
        .and_then(StepStatus::parse)
        .unwrap_or(StepStatus::Pending)
}

/// Writes values into a step.
pub(super) fn set(document: &mut Object, key: &str, values: &[(&str, Value)]) {
    if let Some(step) = step_mut(document, key) {
        for (name, value) in values {
            step.insert((*name).to_owned(), value.clone());
        }
    }
}

/// An object of the document, made where there is none.
pub(super) fn object<'d>(document: &'d mut Object, name: &str) -> Result<&'d mut Object, Effect> {
    let value = document
        .entry(name)
        .or_insert_with(|| Value::Object(Map::new()));
    value
        .as_object_mut()
        .ok_or_else(|| misshapen(name, "no object"))
}

/// A list of the document, or of an object in it, made where there is none.
pub(super) fn list<'d>(object: &'d mut Object, name: &str) -> Result<&'d mut Vec<Value>, Effect> {
    let value = object
        .entry(name)
        .or_insert_with(|| Value::Array(Vec::new()));
    value
        .as_array_mut()
        .ok_or_else(|| misshapen(name, "no list"))
}

fn misshapen(name: &str, what: &str) -> Effect {
    let reason = format!("`{name}` in the state file is {what}; mend it first");
    refuse(RefusalCode::Conflict, reason)
}

/// What is written down about the halt of a step that is halted.
pub(crate) fn blocked<'d>(document: &'d Object, key: &str) -> Option<&'d Value> {
    let blocked = step(document, key)?.get("blocked")?;
    Some(blocked).filter(|blocked| !blocked.is_null() && blocked.as_bool() != Some(false))
}

/// Refuses to go on with a step that is halted.
pub(super) fn is_free(document: &Object, key: &str, rigour: Rigour) -> Result<(), Effect> {
    let blocked = blocked(document, key).filter(|_| rigour == Rigour::Table);
    let Some(blocked) = blocked else {
        return Ok(());
    };
    let why = why_blocked(blocked);
    let reason = format!(
        "step `{key}` is halted ({}); `baton state unblock` lets it go on",
        why.unwrap_or("nobody says why")
    );
    Err(refuse(RefusalCode::Halted, reason))
}

/// Why a step is halted: what a person said, or the last error a circuit breaker saw.
pub(crate) fn why_blocked(blocked: &Value) -> Option<&str> {
    let words = ["reason", "last_error"].into_iter();
    let mut words = words.filter_map(|word| blocked.get(word)?.as_str());
    words.next()
}

/// The number that `current_step` holds for a step; `3_5` counts as 3.
pub(super) fn number(key: &str) -> u32 {
    order(key).0
}

/// The nodes of a graph that stand for a step of the document.
pub(super) fn nodes<'g>(
    graph: &'g WorkflowGraph,
    key: &str,
) -> impl Iterator<Item = &'g GraphNode> + use<'g> {
    let numbers = plan::nodes_of_step(graph, key).into_iter();
    numbers.filter_map(|number| graph.node(number))
}

/// The text of a decision; an empty one is none.
pub(crate) fn decided<'d>(document: &'d Object, key: &str) -> Option<&'d str> {
    let value = document.get("decisions")?.get(key)?.as_str()?;
    Some(value).filter(|value| !value.is_empty())
}

/// The text of a field of the document; an empty one is none.
pub(crate) fn text<'d>(object: &'d Object, name: &str) -> Option<&'d str> {
    let value = object.get(name)?.as_str()?;
    Some(value).filter(|value| !value.is_empty())
}
