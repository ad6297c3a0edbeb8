//! `00-handoff.md`: what the next session must know, in fewer than 60 lines. It names files and
//! never repeats what they say.

mod findings;
mod paths;
#[cfg(test)]
mod tests;
mod write;

use baton_repo::session::StepStatus;
use serde_json::Value;

use crate::session::record::{self, Object};
use crate::state::{GateStatus, RunState};
use paths::grouped;

pub use write::{gathered, write};

/// Name of the handoff within a project's folder.
pub const HANDOFF_FILE: &str = "00-handoff.md";

/// The most lines a handoff has.
const MOST_LINES: usize = 59;
/// The most findings and decisions it names one by one.
const MOST_FINDINGS: usize = 8;
const MOST_FACTS: usize = 6;
/// The most characters of one entry.
const MOST_CHARS: usize = 110;

/// Decisions every reader asks for, and what they are called.
const KEY_DECISIONS: [(&str, &str); 6] = [
    ("region", "Region"),
    ("compliance", "Compliance"),
    ("budget", "Budget"),
    ("iac_tool", "IaC tool"),
    ("architecture_pattern", "Architecture pattern"),
    ("deployment_strategy", "Deployment strategy"),
];

/// What a handoff is made from, beside the state.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The project's folder from the root of the repository, such as `agent-output/shop`.
    pub folder: &'a str,
    /// The project's files, and its folders of code with a slash, from the root of the repository.
    pub artifacts: &'a [String],
    /// Findings of reviews and the decisions about them: paths as above, with their texts.
    pub reviews: &'a [(String, String)],
}

/// The text of the handoff.
pub fn render(state: &RunState, sources: &Sources<'_>) -> String {
    let document = &state.document;
    let mut lines = vec![
        format!("# {} — Handoff ({})", title(document), standing(document)),
        String::new(),
        about(document),
    ];
    let parts = [
        ("Completed Steps", completed(document, sources)),
        ("Key Decisions", decisions(document)),
        (
            "Open Challenger Findings (must_fix only)",
            bulleted(&findings::open(sources.reviews), MOST_FINDINGS),
        ),
        ("Context for Next Step", vec![context(state)]),
        ("Skill Context", facts(document)),
    ];
    for (heading, entries) in parts {
        section(&mut lines, heading, entries);
    }
    // What is left after the heading and the lines around it.
    let room = MOST_LINES.saturating_sub(lines.len() + 3);
    let listed = sources.artifacts.iter().filter(|path| is_work(path));
    let listed: Vec<&str> = listed.map(String::as_str).collect();
    let artifacts = grouped(&listed, room);
    let artifacts = artifacts.iter().map(|path| format!("- {path}")).collect();
    section(&mut lines, "Artifacts", or_none(artifacts));
    lines.join("\n") + "\n"
}

fn section(lines: &mut Vec<String>, heading: &str, entries: Vec<String>) {
    lines.extend([String::new(), format!("## {heading}"), String::new()]);
    lines.extend(entries);
}

/// Whether a file is the work of a step, not the record of it.
fn is_work(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    path.ends_with('/') || !name.starts_with("00-") && !name.starts_with('.')
}

fn title(document: &Object) -> String {
    one_line(record::text(document, "project").unwrap_or("unnamed"))
}

/// How far the project is: a halted step counts more than one that is complete.
fn standing(document: &Object) -> String {
    let keys = record::keys(document);
    let mut halted = keys.iter();
    let halted = halted.find(|key| record::blocked(document, key).is_some());
    if let Some(key) = halted {
        return format!("Step {} blocked", shown(key));
    }
    let done = |key: &&&str| record::status(document, key) == StepStatus::Complete;
    match keys.iter().rfind(done) {
        Some(key) => format!("Step {} complete", shown(key)),
        None => "no step complete".to_owned(),
    }
}

/// A step's key as people write it.
fn shown(key: &str) -> String {
    key.replace('_', ".")
}

fn about(document: &Object) -> String {
    let field = |name, otherwise| one_line(record::text(document, name).unwrap_or(otherwise));
    format!(
        "Updated: {} | IaC: {} | Branch: {}",
        field("updated", "unknown"),
        field("iac_tool", "not chosen"),
        field("branch", "unknown"),
    )
}

fn completed(document: &Object, sources: &Sources<'_>) -> Vec<String> {
    let mut entries = Vec::new();
    for key in record::keys(document) {
        let step = shown(key);
        match record::status(document, key) {
            StepStatus::Complete => entries.push(match main_artifact(document, key, sources) {
                Some(path) => format!("- [x] Step {step} → {path}"),
                None => format!("- [x] Step {step} → no artifact is listed"),
            }),
            StepStatus::Skipped => entries.push(format!("- [x] Step {step} → left out")),
            StepStatus::Pending | StepStatus::InProgress => {}
        }
    }
    or_none(entries)
}

/// The first artifact of a step, from the root of the repository, and how many more there are.
fn main_artifact(document: &Object, key: &str, sources: &Sources<'_>) -> Option<String> {
    let listed = record::step(document, key)?.get("artifacts")?.as_array()?;
    let (first, more) = listed.split_first()?;
    let first = first.as_str()?;
    let inside = format!("{}/{first}", sources.folder);
    let is_there = |path: &str| sources.artifacts.iter().any(|known| known == path);
    let path = if is_there(&inside) || !first.contains('/') {
        inside
    } else {
        first.to_owned()
    };
    let path = paths::code(&one_line(&path));
    Some(match more.len() {
        0 => path,
        more => format!("{path} and {more} more"),
    })
}

fn decisions(document: &Object) -> Vec<String> {
    let known = KEY_DECISIONS.iter().filter_map(|(key, name)| {
        let value = record::decided(document, key);
        let value = value.or_else(|| record::text(document, key))?;
        Some(format!("- {name}: {}", one_line(value)))
    });
    or_none(known.collect())
}

/// Other decisions, which tell agents how to work.
fn facts(document: &Object) -> Vec<String> {
    let decisions = document.get("decisions").and_then(Value::as_object);
    let others = decisions.into_iter().flatten().filter_map(|(key, value)| {
        let is_known = KEY_DECISIONS.iter().any(|(known, _)| known == key);
        let text = match value {
            Value::String(text) if !text.is_empty() => one_line(text),
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            _ => return None,
        };
        (!is_known && !key.starts_with("challenger_")).then(|| format!("{}: {text}", one_line(key)))
    });
    bulleted(&others.collect::<Vec<_>>(), MOST_FACTS)
}

/// What comes next, in one to three sentences.
fn context(state: &RunState) -> String {
    let document = &state.document;
    let keys = record::keys(document);
    let name = |key: &str| {
        let name = record::step(document, key).and_then(|step| record::text(step, "name"));
        let name = name.map(|name| format!(" ({})", one_line(name)));
        format!("Step {}{}", shown(key), name.unwrap_or_default())
    };
    let with = |status| {
        let mut found = keys
            .iter()
            .filter(move |key| record::status(document, key) == status);
        found.next().copied()
    };
    let halted = keys.iter().find_map(|key| {
        let blocked = record::blocked(document, key)?;
        let why = record::why_blocked(blocked).unwrap_or("nobody says why");
        Some((*key, why))
    });
    let mut sentences = Vec::new();
    if let Some((key, reason)) = halted {
        sentences.push(format!("{} is halted: {}.", name(key), sentence(reason)));
    } else if let Some(key) = with(StepStatus::InProgress) {
        let step = record::step(document, key);
        let at = step.and_then(|step| record::text(step, "sub_step"));
        let at = at.map(|at| format!(", last at {}", paths::code(&one_line(at))));
        sentences.push(format!(
            "{} is in progress{}.",
            name(key),
            at.unwrap_or_default()
        ));
    } else if let Some(key) = with(StepStatus::Pending) {
        sentences.push(format!("{} is next.", name(key)));
    } else {
        sentences.push("Every step is done.".to_owned());
    }
    let waiting = state.gates.iter();
    let mut waiting = waiting.filter(|(_, gate)| gate.status == GateStatus::Waiting);
    if let Some((gate, _)) = waiting.next() {
        sentences.push(format!("{} waits for a decision.", paths::code(gate)));
    }
    let findings = document.get("open_findings").and_then(Value::as_array);
    match findings.map_or(0, Vec::len) {
        0 => {}
        1 => sentences.push("One finding is open in `00-session-state.json`.".to_owned()),
        more => sentences.push(format!(
            "{more} findings are open in `00-session-state.json`."
        )),
    }
    sentences.join(" ")
}

fn sentence(text: &str) -> String {
    one_line(text).trim_end_matches('.').to_owned()
}

fn bulleted(entries: &[String], most: usize) -> Vec<String> {
    let more = entries.len().saturating_sub(most);
    let kept = if more == 0 { most } else { most - 1 };
    let mut lines: Vec<String> = entries
        .iter()
        .take(kept)
        .map(|entry| format!("- {entry}"))
        .collect();
    if more > 0 {
        lines.push(format!("- and {} more", entries.len() - kept));
    }
    or_none(lines)
}

fn or_none(lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        vec!["- None".to_owned()]
    } else {
        lines
    }
}

/// Text that stays on its line and means nothing to Markdown.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let mut cut: String = line.chars().take(MOST_CHARS).collect();
    if cut.len() < line.len() {
        cut = format!("{}…", cut.trim_end());
    }
    cut.replace('<', "&lt;").replace('|', "/")
}
