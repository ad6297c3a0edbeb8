//! Projects, their files and their decisions, listed and searched.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use baton_flow::{Place, projection};
use baton_repo::Moment;
use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::notes::plain;
use crate::actor::moment;
use crate::cli::NewestArgs;
use crate::place;

mod find;
mod kind;

pub(super) use find::search;

/// A larger file is no text anybody reads.
const MOST_BYTES: u64 = 512_000;
const DAY: u64 = 86_400;

/// A file of a project.
pub(super) struct Listed {
    project: String,
    /// From the root of the repository.
    path: String,
    /// Seconds since 1970.
    modified: u64,
    bytes: u64,
}

impl Listed {
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// As programs read it.
    pub(super) fn json(&self, with_project: bool) -> Value {
        let mut json = Map::new();
        if with_project {
            json.insert("project".to_owned(), json!(self.project));
        }
        json.insert("file".to_owned(), json!(self.path));
        json.insert("type".to_owned(), json!(kind::kind(self.name())));
        json.insert("step".to_owned(), json!(kind::step(self.name())));
        json.insert("modified".to_owned(), json!(moment(self.modified)));
        Value::Object(json)
    }
}

/// The Markdown and JSON files of a project, in the order of their paths.
pub(super) fn of_project(place: &Place, project: &str) -> Result<Vec<Listed>> {
    let mut files = Vec::new();
    walk(place, project, &place.folder(project), &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn walk(place: &Place, project: &str, folder: &Path, files: &mut Vec<Listed>) -> Result<()> {
    for entry in entries(folder)? {
        let path = folder.join(&entry.0);
        if entry.1.is_dir() {
            walk(place, project, &path, files)?;
            continue;
        }
        let is_text = path
            .extension()
            .is_some_and(|ending| ending == "md" || ending == "json");
        // A file that goes away while it is listed is none.
        let Some(data) = fs::metadata(&path).ok().filter(|_| is_text) else {
            continue;
        };
        let modified = data.modified().ok();
        let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let inside = path.strip_prefix(&place.root).unwrap_or(&path);
        files.push(Listed {
            project: project.to_owned(),
            path: inside.to_string_lossy().replace('\\', "/"),
            modified: since.unwrap_or_default().as_secs(),
            bytes: data.len(),
        });
    }
    Ok(())
}

/// What lies in a folder, hidden things left out, sorted; nothing when it is not there.
fn entries(folder: &Path) -> Result<Vec<(String, fs::FileType)>> {
    let cannot = || format!("cannot list {}", folder.display());
    let listed = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        listed => listed.with_context(cannot)?,
    };
    let mut found = Vec::new();
    for entry in listed {
        let entry = entry.with_context(cannot)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            found.push((name, entry.file_type().with_context(cannot)?));
        }
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(found)
}

/// The projects whose folders are there.
fn projects(place: &Place) -> Result<Vec<String>> {
    let folders = entries(&place.root.join(&place.artifacts))?;
    let folders = folders.into_iter().filter(|(_, kind)| kind.is_dir());
    Ok(folders.map(|(name, _)| name).collect())
}

fn here() -> Result<Place> {
    place::place(&place::root()?)
}

/// The first second of the last days; 0 when any day counts.
fn earliest(days: Option<u64>) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.unwrap_or(Duration::ZERO).as_secs();
    days.map_or(0, |days| now.saturating_sub(days.saturating_mul(DAY)))
}

/// Lists the projects, newest first.
pub(super) fn list(args: &NewestArgs) -> Result<Answer> {
    let place = here()?;
    let earliest = i64::try_from(earliest(args.days)).unwrap_or(i64::MAX);
    let (mut found, mut notes) = (Vec::new(), Vec::new());
    for project in projects(&place)? {
        let path = place.folder(&project).join(projection::STATE_FILE);
        match projection::read(&path) {
            Ok(Some(held)) => found.push((updated(&held.document), project, held.document)),
            Ok(None) => {}
            Err(error) => notes.push(error.to_string()),
        }
    }
    found.retain(|(updated, _, _)| args.days.is_none() || *updated >= earliest);
    found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    found.truncate(args.limit);
    let sessions: Vec<Value> = found
        .iter()
        .map(|(_, project, document)| session(&place, project, document))
        .collect();
    let lines = sessions.iter().map(|session| {
        let field = |name: &str| plain(session.get(name));
        format!(
            "{:<30}  step {}  {:<9}  {:<18}  {}",
            field("project"),
            field("current_step"),
            field("iac_tool")
                .replace("empty", "-")
                .replace("unset", "-"),
            field("region"),
            field("updated")
        )
    });
    let mut lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        lines.push(format!("No project in {}/", place.artifacts));
    }
    Ok(Answer::new(json!(sessions), lines).warn(&notes))
}

fn updated(document: &Map<String, Value>) -> i64 {
    let updated = document.get("updated").and_then(Value::as_str);
    let moment = updated.and_then(|text| text.parse::<Moment>().ok());
    moment.map_or(0, |moment| moment.seconds)
}

fn session(place: &Place, project: &str, document: &Map<String, Value>) -> Value {
    let field = |name: &str| document.get(name).cloned().unwrap_or(Value::Null);
    let decisions = document.get("decisions");
    let file = format!("{}/{project}/{}", place.artifacts, projection::STATE_FILE);
    json!({
        "project": project,
        "current_step": field("current_step"),
        "iac_tool": field("iac_tool"),
        "region": field("region"),
        "updated": field("updated"),
        "complexity": decisions.and_then(|decisions| decisions.get("complexity")),
        "file": file,
    })
}

/// Lists the files projects wrote, newest first.
pub(super) fn files(args: &NewestArgs) -> Result<Answer> {
    let place = here()?;
    let mut files = Vec::new();
    for project in projects(&place)? {
        files.extend(of_project(&place, &project)?);
    }
    let earliest = earliest(args.days);
    files.retain(|file| file.modified >= earliest);
    files.sort_by(|one, other| {
        let newest = other.modified.cmp(&one.modified);
        newest.then_with(|| one.path.cmp(&other.path))
    });
    files.truncate(args.limit);
    let lines = files
        .iter()
        .map(|file| format!("{}  {}", moment(file.modified), file.path));
    let json: Vec<Value> = files.iter().map(|file| file.json(true)).collect();
    Ok(Answer::new(json!(json), lines.collect()))
}

/// Lists what was decided.
pub(super) fn decisions(only: Option<&str>) -> Result<Answer> {
    let place = here()?;
    let (mut found, mut lines, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for project in projects(&place)? {
        if only.is_some_and(|only| only != project) {
            continue;
        }
        let path = place.folder(&project).join(projection::STATE_FILE);
        let held = match projection::read(&path) {
            Ok(Some(held)) => held,
            Ok(None) => continue,
            Err(error) => {
                notes.push(error.to_string());
                continue;
            }
        };
        for (entry, line) in settled(&project, &held.document) {
            found.push(entry);
            lines.push(line);
        }
    }
    Ok(Answer::new(json!(found), lines).warn(&notes))
}

fn settled(project: &str, document: &Map<String, Value>) -> Vec<(Value, String)> {
    let decisions = document.get("decisions").and_then(Value::as_object);
    let decisions = decisions.into_iter().flatten().filter(|(_, value)| {
        let is_empty = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => false,
        };
        !is_empty
    });
    let decisions = decisions.map(|(key, value)| {
        let json = json!({
            "project": project,
            "source": "decisions",
            "category": key,
            "decision": value,
        });
        (json, format!("{project}: {key}: {}", plain(Some(value))))
    });
    let log = document.get("decision_log").and_then(Value::as_array);
    let log = log.into_iter().flatten().map(|entry| {
        let field = |name: &str| entry.get(name).cloned().unwrap_or(Value::Null);
        let choice = match field("choice") {
            Value::Null => field("decision"),
            choice => choice,
        };
        let line = format!(
            "{project}: step {}: {}: {}",
            plain(entry.get("step")),
            plain(entry.get("title")),
            plain(Some(&choice))
        );
        let json = json!({
            "project": project,
            "source": "decision_log",
            "category": field("title"),
            "id": field("id"),
            "step": field("step"),
            "agent": field("agent"),
            "decision": choice,
            "rationale": field("rationale"),
            "timestamp": field("timestamp"),
        });
        (json, line)
    });
    decisions.chain(log).collect()
}
