//! `baton history`: what happened to a project.

use std::io::{self, Write};

use anyhow::Result;
use baton_flow::ledger::{Entry, Ledger as _};
use baton_flow::{ActorKind, Project, What};
use serde_json::{Value, json};

use super::super::print;
use super::desk::Desk;
use super::status::write_json;
use crate::cli::HistoryArgs;
use crate::exit::Verdict;
use crate::terminal::{Terminal, harmless};

/// `baton history`.
pub(crate) fn history(args: &HistoryArgs) -> Result<Verdict> {
    let desk = Desk::open()?;
    let name = match &args.project {
        Some(name) => name.clone(),
        None => desk.only_project()?,
    };
    let project = Project::open(&desk.place, &name, &desk.graph)?;
    let entries = project.ledger().entries(&name)?;
    if entries.is_empty() {
        // Says that there is no such project, if there is none.
        desk.project(&name)?;
    }
    if args.json {
        let entries: Vec<Value> = entries.iter().map(value).collect();
        let value = json!({ "version": 1, "project": name, "verified": true, "entries": entries });
        print(|out| write_json(out, &value))?;
    } else {
        print(|out| list(out, &entries))?;
    }
    Ok(Verdict::Clean)
}

fn list(out: &mut dyn Write, entries: &[Entry]) -> io::Result<()> {
    let terminal = Terminal::stdout();
    let width = entries.len().to_string().len();
    for entry in entries {
        let event = &entry.event;
        let (word, details) = told(&event.what);
        let number = terminal.dim(&format!("{:>width$}", entry.number));
        let by = match event.by.kind {
            ActorKind::Human => event.by.name.clone(),
            ActorKind::Agent => format!("{} (agent)", event.by.name),
            ActorKind::Runner => format!("{} (runner)", event.by.name),
        };
        let (at, by) = (harmless(&event.at), harmless(&by));
        let details = harmless(&details);
        writeln!(
            out,
            "{number}  {at:<20}  {}  {details}  {}",
            terminal.name(&word),
            terminal.dim(&by)
        )?;
    }
    match entries.last() {
        Some(last) => writeln!(
            out,
            "{} entries, chain verified up to {}",
            last.number, last.hash
        ),
        None => writeln!(out, "nothing is recorded here yet"),
    }
}

/// The kind of an event and what is told of it, in one line.
fn told(what: &What) -> (String, String) {
    let value = match what {
        What::Session(command) => serde_json::to_value(command),
        What::Run(event) => serde_json::to_value(event),
    };
    let value = value.unwrap_or_default();
    let Some((word, details)) = value.as_object().and_then(|one| one.iter().next()) else {
        return (value.as_str().unwrap_or_default().to_owned(), String::new());
    };
    let details = details.as_object().into_iter().flatten();
    let parts = details.filter_map(|(key, value)| Some(format!("{key}={}", short(value)?)));
    (word.clone(), parts.collect::<Vec<_>>().join(" "))
}

/// A value in a few characters; long ones are left to `--json`.
fn short(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::String(text)
            if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) =>
        {
            Some(text.chars().take(8).collect())
        }
        Value::String(text) if text.chars().count() > 80 => {
            Some(text.chars().take(79).chain(['…']).collect())
        }
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(short).collect();
            (!items.is_empty()).then(|| items.join(","))
        }
        other => Some(other.to_string()),
    }
}

fn value(entry: &Entry) -> Value {
    json!({
        "number": entry.number,
        "event": entry.event,
        "previous": entry.previous,
        "hash": entry.hash,
    })
}
