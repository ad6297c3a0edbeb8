//! Where one project stands.

use anyhow::Result;
use baton_flow::RunState;
use serde_json::{Map, Value, json};

use super::Desk;
use super::answer::Answer;
use super::notes::plain;
use super::shelf::{self, Listed};

/// What programs are shown of the record.
const FIELDS: [&str; 10] = [
    "schema_version",
    "current_step",
    "iac_tool",
    "region",
    "branch",
    "updated",
    "decisions",
    "open_findings",
    "decision_log",
    "steps",
];

/// The most characters of one decision that people are shown.
const MOST_CHARS: usize = 90;

/// Shows a project.
pub(super) fn show(project: &str) -> Result<Answer> {
    let desk = Desk::of(project)?;
    let state = desk.open(project)?.state()?;
    let files = shelf::of_project(&desk.place, project)?;
    let listed: Vec<Value> = files.iter().map(|file| file.json(false)).collect();
    let mut session = Map::new();
    let mut gates = json!({});
    if let Some(state) = &state {
        for field in FIELDS {
            let value = state.document.get(field).cloned();
            session.insert(field.to_owned(), value.unwrap_or(Value::Null));
        }
        gates = serde_json::to_value(&state.gates)?;
    }
    let json = json!({
        "project": project,
        "exists": state.is_some(),
        "session": session,
        "gates": gates,
        "artifacts": listed,
        "artifact_count": files.len(),
    });
    let lines = match &state {
        Some(state) => told(&desk, project, (state, &files)),
        None => vec![format!(
            "There is no project `{project}`; `baton state init {project}` begins one."
        )],
    };
    Ok(Answer::new(json, lines))
}

fn told(desk: &Desk, project: &str, (state, files): (&RunState, &[Listed])) -> Vec<String> {
    let field = |name: &str| plain(state.document.get(name));
    let tool = match field("iac_tool").as_str() {
        "empty" | "unset" => "IaC tool not chosen".to_owned(),
        tool => tool.to_owned(),
    };
    let mut lines = vec![
        project.to_owned(),
        format!(
            "  {tool}, {}, branch {}, updated {}",
            field("region"),
            field("branch"),
            field("updated")
        ),
        format!("  {}", desk.state_path(project)),
        String::new(),
    ];
    lines.extend(steps(&state.document));
    lines.extend(decisions(&state.document));
    let findings = state
        .document
        .get("open_findings")
        .and_then(Value::as_array);
    let findings = findings.into_iter().flatten().map(finding);
    block(&mut lines, "Open findings", &findings.collect::<Vec<_>>());
    let gates = state.gates.iter().map(|(gate, held)| {
        let status = serde_json::to_value(held.status).unwrap_or_default();
        let note = held.note.as_ref().map(|note| format!(": {note}"));
        format!(
            "{gate} {}{}",
            plain(Some(&status)),
            note.unwrap_or_default()
        )
    });
    block(&mut lines, "Gates", &gates.collect::<Vec<_>>());
    lines.push(String::new());
    lines.push(match files.len() {
        0 => "No files yet".to_owned(),
        1 => "One file".to_owned(),
        count => format!("{count} files; `baton state files` lists the newest"),
    });
    lines
}

fn block(lines: &mut Vec<String>, heading: &str, entries: &[String]) {
    if entries.is_empty() {
        return;
    }
    lines.extend([String::new(), heading.to_owned()]);
    lines.extend(entries.iter().map(|entry| format!("  {entry}")));
}

fn steps(document: &Map<String, Value>) -> Vec<String> {
    let steps = document.get("steps").and_then(Value::as_object);
    let rows = steps.into_iter().flatten().map(|(key, step)| {
        let field = |name: &str| step.get(name).and_then(Value::as_str).unwrap_or_default();
        let status = match step.get("blocked") {
            Some(blocked) if blocked.is_object() => {
                let why = blocked.get("reason").or_else(|| blocked.get("last_error"));
                format!("halted: {}", brief(&plain(why)))
            }
            _ => field("status").replace('_', " "),
        };
        let when = match (field("completed"), field("started")) {
            ("", "") => String::new(),
            ("", started) => format!("since {started}"),
            (completed, _) => completed.to_owned(),
        };
        let at = match field("sub_step") {
            "" => String::new(),
            sub => format!("at {sub}"),
        };
        let key = key.replace('_', ".");
        let row = format!(
            "  {key:<4} {:<14} {status:<12} {when:<22} {at}",
            field("name")
        );
        row.trim_end().to_owned()
    });
    rows.collect()
}

fn decisions(document: &Map<String, Value>) -> Vec<String> {
    let decisions = document.get("decisions").and_then(Value::as_object);
    let settled = decisions.into_iter().flatten().filter_map(|(key, value)| {
        let is_empty = value.is_null() || value.as_str() == Some("");
        (!is_empty).then(|| format!("{key}: {}", brief(&plain(Some(value)))))
    });
    let mut lines = Vec::new();
    block(&mut lines, "Decisions", &settled.collect::<Vec<_>>());
    lines
}

/// The beginning of a long text.
fn brief(text: &str) -> String {
    let mut cut: String = text.chars().take(MOST_CHARS).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

fn finding(finding: &Value) -> String {
    let words = ["text", "message", "title", "last_error"].into_iter();
    let mut words = words.filter_map(|word| finding.get(word)?.as_str());
    let text = finding.as_str().or_else(|| words.next());
    text.map_or_else(|| finding.to_string(), str::to_owned)
}
