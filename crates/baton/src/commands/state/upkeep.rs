//! Old records, and the handoff.

use anyhow::Result;
use baton_flow::migrate::{Migrated, NEWEST, migrate as newest};
use baton_flow::{FlowError, handoff, projection};
use serde_json::json;

use super::Desk;
use super::answer::Answer;
use crate::actor::now;
use crate::exit::Verdict;

/// Brings a state file to the newest version.
pub(super) fn migrate(project: &str) -> Result<Answer> {
    let desk = Desk::of(project)?;
    let migrated = read(&desk, project)?;
    let mut opened = desk.open(project)?;
    let is_done = !migrated.changes.is_empty() && opened.take_over(&now())?.is_some();
    let mut lines = vec![match (is_done, migrated.from == NEWEST) {
        (false, _) => format!("{project}: there is nothing to migrate"),
        (true, false) => format!("{project}: version {NEWEST} now"),
        (true, true) => format!("{project}: completed"),
    }];
    lines.extend(changes(&migrated).filter(|_| is_done));
    let json = json!({
        "project": project,
        "from": migrated.from,
        "to": NEWEST,
        "migrated": is_done,
        "changes": migrated.changes,
    });
    Ok(Answer::new(json, lines))
}

/// Says what a migration would change.
pub(super) fn would_migrate(project: &str) -> Result<Answer> {
    let desk = Desk::of(project)?;
    let migrated = read(&desk, project)?;
    let is_needed = !migrated.changes.is_empty();
    let mut lines = vec![match (is_needed, migrated.from == NEWEST) {
        (false, _) => format!("{project}: there is nothing to migrate"),
        (true, false) => format!("{project}: would become version {NEWEST}"),
        (true, true) => format!("{project}: is version {NEWEST}, and would be completed"),
    }];
    lines.extend(changes(&migrated));
    let json = json!({
        "project": project,
        "from": migrated.from,
        "to": NEWEST,
        "needed": is_needed,
        "changes": migrated.changes,
    });
    let mut answer = Answer::new(json, lines);
    if is_needed {
        answer.verdict = Verdict::Findings;
    }
    Ok(answer)
}

fn changes(migrated: &Migrated) -> impl Iterator<Item = String> {
    migrated.changes.iter().map(|change| format!("  {change}"))
}

/// What the state file, or else its copy, would become.
fn read(desk: &Desk, project: &str) -> Result<Migrated> {
    let path = desk.open(project)?.state_file();
    let missing = || FlowError::NoProject {
        project: project.to_owned(),
        path: desk.state_path(project),
    };
    let held = projection::read(&path)?.ok_or_else(missing)?;
    let unknown = |version| FlowError::StateVersion { path, version };
    Ok(newest(&held.document, project).map_err(unknown)?)
}

/// Writes the handoff.
pub(super) fn write_handoff(project: &str) -> Result<Answer> {
    let desk = Desk::of(project)?;
    let state = desk.state(project)?;
    let text = handoff::gathered(&desk.place, project, &state)?;
    handoff::write(&desk.place, project, &state)?;
    let file = format!(
        "{}/{project}/{}",
        desk.place.artifacts,
        handoff::HANDOFF_FILE
    );
    let count = text.lines().count();
    let line = format!("{project}: wrote {file}, {count} lines");
    let json = json!({"project": project, "file": file, "lines": count, "written": true});
    Ok(Answer::new(json, vec![line]))
}

/// Prints the handoff.
pub(super) fn print_handoff(project: &str) -> Result<Answer> {
    let desk = Desk::of(project)?;
    let state = desk.state(project)?;
    let text = handoff::gathered(&desk.place, project, &state)?;
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let json = json!({
        "project": project,
        "text": text,
        "lines": lines.len(),
        "written": false,
    });
    Ok(Answer::new(json, lines))
}
