//! The beginning of a project's record: empty, or what its artifacts tell where a record was lost.

use anyhow::Result;
use baton_flow::{Command, Project, RunState, Subject, What, plan, precheck, session};
use baton_repo::Git;
use serde_json::{Map, Value, json};

use super::files::Files;
use crate::actor;
use crate::commands::gates::Desk;
use crate::exit::say;

/// Whether a project has a folder, with or without a record in it.
pub(super) fn has_folder(desk: &Desk, name: &str) -> bool {
    baton_flow::project::is_name(name) && desk.place.folder(name).is_dir()
}

/// Begins a project's record.
///
/// Where artifacts lie already, the steps that left all they have to leave count as complete, up
/// to the first that did not. Nothing but the record is written, and no gate is open: nobody
/// knows who approved what lies there.
pub(super) fn begin(desk: &Desk, name: &str) -> Result<()> {
    let head = Git::open(&desk.root).ok().and_then(|git| git.head().ok()?);
    let branch = head
        .as_ref()
        .and_then(|head| head.name.strip_prefix("refs/heads/"));
    let mut project = Project::open(&desk.place, name, &desk.graph)?;
    let mut document = session::document(name, branch, &desk.graph);
    if has_folder(desk, name) {
        let found = recovered(desk, name, &mut document)?;
        if !found.is_empty() {
            say(&format!(
                "There is no record of {name}, but its artifacts: {} complete.",
                told(&found)
            ));
        }
    }
    let init = Command::Init {
        document,
        force: false,
    };
    let by = actor::actor(&desk.root);
    project.record(What::Session(init), &by, &actor::now())?;
    Ok(())
}

/// Marks the steps that left what they have to leave, and gives their keys.
fn recovered(desk: &Desk, name: &str, document: &mut Map<String, Value>) -> Result<Vec<String>> {
    let files = Files::read(name)?;
    let state = RunState::default();
    let subject = files.subject(&desk.graph, (&desk.place.artifacts, name), &state);
    let mut found = Vec::new();
    for key in precheck::steps() {
        let is_done = precheck::of_artifacts(&subject, key).is_some_and(|result| result.pass);
        let nodes = plan::nodes_of_step(&desk.graph, key);
        let optional = nodes
            .iter()
            .any(|node| desk.graph.node(*node).is_some_and(|node| node.optional));
        if !is_done && optional {
            continue;
        }
        if !is_done {
            break;
        }
        mark(document, key, &artifacts(&subject, &nodes));
        found.push(key.to_owned());
    }
    Ok(found)
}

fn artifacts(subject: &Subject<'_>, nodes: &[usize]) -> Vec<String> {
    let nodes = nodes.iter().filter_map(|node| subject.graph.node(*node));
    let produced = nodes.flat_map(|node| node.produces.iter().flatten());
    let names = produced.filter(|text| !text.value.contains(['/', '#']));
    let patterns: Vec<String> = names
        .map(|text| format!("{}/{}", subject.output(), text.value))
        .collect();
    let files = subject.files(&patterns).into_iter();
    files.map(|file| file.path.as_str().to_owned()).collect()
}

fn mark(document: &mut Map<String, Value>, key: &str, artifacts: &[String]) {
    let now = actor::now();
    let step = document
        .get_mut("steps")
        .and_then(|steps| steps.get_mut(key));
    if let Some(step) = step.and_then(Value::as_object_mut) {
        step.insert("status".to_owned(), json!("complete"));
        step.insert("started".to_owned(), json!(now));
        step.insert("completed".to_owned(), json!(now));
        step.insert("artifacts".to_owned(), json!(artifacts));
    }
    let number = key
        .split('_')
        .next()
        .and_then(|key| key.parse::<u32>().ok());
    document.insert("current_step".to_owned(), json!(number));
}

fn told(keys: &[String]) -> String {
    let shown: Vec<String> = keys.iter().map(|key| key.replace('_', ".")).collect();
    match shown.as_slice() {
        [one] => format!("step {one} is"),
        _ => format!("steps {} are", shown.join(", ")),
    }
}
