//! Older records become the newest: one function per version, and a last one that fills what is
//! required. Whatever nobody knows is kept.

#[cfg(test)]
mod tests;

use baton_repo::graph::canonical;
use baton_repo::session::StepStatus;
use serde_json::{Map, Value, json};

use crate::session::blank;
use crate::session::record::{self, Object};

/// The version that is written.
pub const NEWEST: &str = "3.0";

/// A record in the newest version.
#[derive(Debug, Clone, PartialEq)]
pub struct Migrated {
    /// The record.
    pub document: Object,
    /// The version it had; text that is no number counts as 1.0.
    pub from: String,
    /// What was changed, one sentence each; nothing for a record that was in order.
    pub changes: Vec<String>,
    /// What claims on steps told of the past, oldest first: `{step, entry}`.
    pub history: Vec<Value>,
}

/// Brings the record of a project to the newest version. `Err` is a version that is newer than
/// that.
pub fn migrate(document: &Object, project: &str) -> Result<Migrated, String> {
    let from = version(document);
    let mut migrated = Migrated {
        document: document.clone(),
        changes: Vec::new(),
        history: Vec::new(),
        from: written(document).unwrap_or_default(),
    };
    if from > (3, 0) {
        return Err(migrated.from);
    }
    if from < (2, 0) {
        one_to_two(&mut migrated);
    }
    if from < (3, 0) {
        two_to_three(&mut migrated);
    }
    without_locks(&mut migrated);
    filled(&mut migrated, project);
    Ok(migrated)
}

/// The version of a record; what is missing or no number counts as the first.
fn version(document: &Object) -> (u32, u32) {
    let text = written(document).unwrap_or_default();
    let (major, minor) = text.split_once('.').unwrap_or((&text, "0"));
    match (major.parse(), minor.parse()) {
        (Ok(major), Ok(minor)) => (major, minor),
        _ => (1, 0),
    }
}

fn written(document: &Object) -> Option<String> {
    match document.get("schema_version")? {
        Value::String(text) => Some(text.trim().to_owned()),
        other => Some(other.to_string()),
    }
}

/// Version 2.0 is the first one with reviews.
fn one_to_two(migrated: &mut Migrated) {
    if !migrated.document.contains_key("review_audit") {
        let audit = json!({});
        migrated.document.insert("review_audit".to_owned(), audit);
    }
    set_version(migrated, "2.0");
}

/// Version 3.0 knows step 3.5 by the key `3_5`, and has a log of decisions.
fn two_to_three(migrated: &mut Migrated) {
    if let Some(Value::Object(steps)) = migrated.document.get_mut("steps") {
        renamed(steps, "", &mut migrated.changes);
    }
    if let Some(Value::Object(audit)) = migrated.document.get_mut("review_audit") {
        renamed(audit, "step_", &mut migrated.changes);
    }
    let log = json!([]);
    let log = migrated.document.entry("decision_log").or_insert(log);
    // Version 2.0 left the field out or empty.
    if log.is_null() {
        *log = json!([]);
    }
    set_version(migrated, NEWEST);
    let change = format!("`schema_version` was {}", shown(&migrated.from));
    migrated.changes.insert(0, change);
}

fn shown(version: &str) -> String {
    if version.is_empty() {
        "missing".to_owned()
    } else {
        format!("`{version}`")
    }
}

fn set_version(migrated: &mut Migrated, version: &str) {
    let version = json!(version);
    migrated
        .document
        .insert("schema_version".to_owned(), version);
}

/// Keys of steps as today's records spell them, in their places.
fn renamed(object: &mut Map<String, Value>, prefix: &str, changes: &mut Vec<String>) {
    let (old, new) = (format!("{prefix}3.5"), format!("{prefix}3_5"));
    if !object.contains_key(&old) || object.contains_key(&new) {
        return;
    }
    let entries = std::mem::take(object);
    object.extend(entries.into_iter().map(|(key, value)| {
        let key = if key == old { canonical(&key) } else { key };
        (key, value)
    }));
    changes.push(format!("`{old}` became `{new}`"));
}

/// Locks and claims are gone since 3.0; what claims tell of the past goes to the ledger.
fn without_locks(migrated: &mut Migrated) {
    for key in ["lock", "stale_threshold_ms"] {
        if migrated.document.shift_remove(key).is_some() {
            migrated.changes.push(format!("`{key}` was removed"));
        }
    }
    let Some(Value::Object(steps)) = migrated.document.get_mut("steps") else {
        return;
    };
    for (key, step) in steps {
        let claim = step
            .as_object_mut()
            .and_then(|step| step.shift_remove("claim"));
        let Some(claim) = claim else {
            continue;
        };
        let log = claim.get("event_log").and_then(Value::as_array);
        let entries = log.into_iter().flatten();
        let entries = entries.map(|entry| json!({"step": key, "entry": entry}));
        migrated.history.extend(entries);
        let change = format!("the claim on step `{key}` was removed");
        migrated.changes.push(change);
    }
}

/// Fills what the newest version requires.
fn filled(migrated: &mut Migrated, project: &str) {
    let (document, changes) = (&mut migrated.document, &mut migrated.changes);
    for (key, value) in blank() {
        if document.contains_key(key) {
            continue;
        }
        let value = match key.as_str() {
            "project" => json!(project),
            "current_step" => json!(current(document)),
            _ => value.clone(),
        };
        document.insert(key.clone(), value);
        changes.push(format!("`{key}` was added"));
    }
    one_language(document, changes);
    fill_decisions(document, changes);
    fill_steps(document, changes);
}

/// The step in hand by the steps themselves.
fn current(document: &Object) -> u32 {
    let mut keys = record::keys(document).into_iter();
    let begun = keys.rfind(|key| record::status(document, key) != StepStatus::Pending);
    begun.map_or(0, |key| record::order(key).0.min(7))
}

/// The language of the code stands in two places; where one is empty, it is that of the other.
fn one_language(document: &mut Object, changes: &mut Vec<String>) {
    let known = |value: Option<&str>| match value {
        Some(value) if value.eq_ignore_ascii_case("bicep") => Some("Bicep"),
        Some(value) if value.eq_ignore_ascii_case("terraform") => Some("Terraform"),
        _ => None,
    };
    let top = known(record::text(document, "iac_tool"));
    let routing = known(record::decided(document, "iac_tool"));
    let is_empty = |value: Option<&Value>| {
        value.is_none_or(|value| value.is_null() || value.as_str() == Some(""))
    };
    if let Some(routing) = routing
        && is_empty(document.get("iac_tool"))
    {
        document.insert("iac_tool".to_owned(), json!(routing));
        changes.push("`iac_tool` was taken from `decisions.iac_tool`".to_owned());
    }
    if let (Some(top), Some(Value::Object(decisions))) = (top, document.get_mut("decisions"))
        && is_empty(decisions.get("iac_tool"))
    {
        decisions.insert("iac_tool".to_owned(), json!(top));
        changes.push("`decisions.iac_tool` was taken from `iac_tool`".to_owned());
    }
}

fn fill_decisions(document: &mut Object, changes: &mut Vec<String>) {
    let required = [
        "region",
        "compliance",
        "budget",
        "architecture_pattern",
        "deployment_strategy",
    ];
    let Some(Value::Object(decisions)) = document.get_mut("decisions") else {
        return;
    };
    for key in required {
        if !decisions.contains_key(key) {
            decisions.insert(key.to_owned(), json!(""));
            changes.push(format!("`decisions.{key}` was added"));
        }
    }
}

/// Adds steps and fields that are missing; what no longer fits is left for people to mend.
fn fill_steps(document: &mut Object, changes: &mut Vec<String>) {
    let template = blank().get("steps").and_then(Value::as_object);
    let Some(Value::Object(steps)) = document.get_mut("steps") else {
        return;
    };
    let mut added = false;
    for (key, blank) in template.into_iter().flatten() {
        let Some(held) = steps.get_mut(key) else {
            steps.insert(key.clone(), blank.clone());
            changes.push(format!("step `{key}` was added"));
            added = true;
            continue;
        };
        let (Some(held), Some(blank)) = (held.as_object_mut(), blank.as_object()) else {
            continue;
        };
        for (field, value) in blank {
            if !held.contains_key(field) {
                held.insert(field.clone(), value.clone());
                changes.push(format!("step `{key}` got `{field}`"));
            }
        }
    }
    if added {
        let entries = std::mem::take(steps);
        let mut entries: Vec<(String, Value)> = entries.into_iter().collect();
        entries.sort_by_key(|(key, _)| record::order(key));
        steps.extend(entries);
    }
}
