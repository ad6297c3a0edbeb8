//! What an agent did to the files of the project's record, although the ledger keeps it.
//!
//! An agent may write down what it settled. It may not say that other steps are done, open
//! gates, or lift a block: then the file is written anew from the ledger.

use serde_json::{Map, Value};

use crate::project::Project;
use crate::projection;
use crate::{FlowError, RunState, step};

/// Undoes what an agent wrote into the state file beyond its own step; what it claimed comes
/// back, one sentence each. To be called after an agent's end and before anything is recorded:
/// recording takes over what the file says.
pub fn restore(project: &Project<'_>, own_step: &str) -> Result<Vec<String>, FlowError> {
    use crate::ledger::Ledger as _;
    let entries = project.ledger().entries(&project.name)?;
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let state = entries.iter().fold(RunState::default(), |state, entry| {
        step(project.graph, &state, &entry.event).0
    });
    let path = project.state_file();
    let text = projection::render(&state).map_err(|error| FlowError::StateUnreadable {
        path: path.clone(),
        reason: error.to_string(),
    })?;
    let claims = match projection::read(&path) {
        Ok(Some(held)) if baton_repo::sha256(text.as_bytes()) == held.digest => {
            return Ok(Vec::new());
        }
        Ok(Some(held)) if held.digest.is_empty() => vec!["the file is no JSON any more".to_owned()],
        Ok(Some(held)) => claims(&state, &held.document, own_step),
        Ok(None) => vec!["the file is gone".to_owned()],
        Err(FlowError::StateUnreadable { .. }) => {
            vec!["neither the file nor its copy is JSON any more".to_owned()]
        }
        Err(error) => return Err(error),
    };
    if !claims.is_empty() {
        projection::write(&path, &text)?;
    }
    Ok(claims)
}

/// What a document says beyond what the ledger knows and what the agent of a step may say.
pub fn claims(state: &RunState, document: &Map<String, Value>, own_step: &str) -> Vec<String> {
    let mut out = Vec::new();
    let known = steps(&state.document);
    let told = steps(document);
    let empty = Value::Null;
    for (key, said) in told.into_iter().flatten() {
        let held = known.and_then(|known| known.get(key)).unwrap_or(&empty);
        let (was, is) = (status(held), status(said));
        if key != own_step && was != is && is != "pending" {
            out.push(format!("step {key} is said to be {is}; it is {was}"));
        }
        if key == own_step && is == "complete" && was != "complete" {
            out.push(format!(
                "step {key} is said to be complete, which only the runner says"
            ));
        }
        if held.get("blocked").is_some_and(|block| !block.is_null())
            && said.get("blocked").is_none_or(Value::is_null)
        {
            out.push(format!("the block of step {key} is said to be lifted"));
        }
    }
    for key in known.into_iter().flatten().map(|(key, _)| key) {
        if told.is_none_or(|told| !told.contains_key(key)) {
            out.push(format!("step {key} is left out"));
        }
    }
    let held = serde_json::to_value(&state.gates).unwrap_or(Value::Null);
    for (gate, said) in gates(document) {
        let is = status(said);
        let was = held.get(gate).map_or("not shown", status);
        if was != is {
            out.push(format!("{gate} is said to be {is}; it is {was}"));
        }
    }
    for key in ["project", "schema_version"] {
        if state.document.contains_key(key) && state.document.get(key) != document.get(key) {
            out.push(format!("`{key}` was changed"));
        }
    }
    out
}

fn steps(document: &Map<String, Value>) -> Option<&Map<String, Value>> {
    document.get("steps")?.as_object()
}

fn gates(document: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    let gates = document.get("gates").and_then(Value::as_object);
    gates.into_iter().flatten()
}

fn status(value: &Value) -> &str {
    value
        .get("status")
        .and_then(Value::as_str)
        .unwrap_or("pending")
}

#[cfg(test)]
mod tests;
