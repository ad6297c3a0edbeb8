//! `secrets-scanner`: what is told of secrets in what changed. Finding them is the checker's work,
//! so that a hook, a commit and CI agree; what it found is handed in.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::answer::{Answer, Ruling};
use crate::covered::quoted;
use crate::environment::{Variables, is_on, list, set};
use crate::hook::{Log, Record, Reply};
use crate::payload::Payload;

/// The most secrets that are told of in an answer; the log has them all.
const SHOWN: usize = 20;

/// What is scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What differs from the last commit, and what git does not know yet.
    Diff,
    /// What is staged.
    Staged,
}

/// What the environment wants of the scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Whether nothing is scanned.
    pub is_off: bool,
    /// Whether the agent may not stop before secrets are gone.
    pub blocks: bool,
    /// What is scanned.
    pub scope: Scope,
    /// Parts of secrets that are none.
    pub allowed: Vec<String>,
    /// What of the variables cannot be followed.
    pub notes: Vec<String>,
}

/// A secret in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What kind it is.
    pub pattern: String,
    /// How bad it is.
    pub severity: &'static str,
    /// At most a quarter of it.
    pub shown: String,
}

/// What was scanned, and found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scan {
    /// How many files were read.
    pub files: usize,
    /// What was found.
    pub leaks: Vec<Leak>,
    /// What could not be scanned, and why.
    pub notes: Vec<String>,
}

/// Reads the variables `SKIP_SECRETS_SCAN`, `SCAN_MODE`, `SCAN_SCOPE` and `SECRETS_ALLOWLIST`.
pub fn settings(variables: Variables<'_>) -> Settings {
    let mut notes = Vec::new();
    let mut choice = |name: &str, usual: &str, other: &str| {
        let Some(value) = set(variables, name) else {
            return false;
        };
        if !value.eq_ignore_ascii_case(usual) && !value.eq_ignore_ascii_case(other) {
            let value = quoted(&value);
            let why = format!("{name} is `{value}`, not `{usual}` or `{other}`; `{usual}` holds");
            notes.push(why);
        }
        value.eq_ignore_ascii_case(other)
    };
    let blocks = choice("SCAN_MODE", "warn", "block");
    let is_staged = choice("SCAN_SCOPE", "diff", "staged");
    Settings {
        is_off: is_on(variables, "SKIP_SECRETS_SCAN"),
        blocks,
        scope: if is_staged {
            Scope::Staged
        } else {
            Scope::Diff
        },
        allowed: list(variables, "SECRETS_ALLOWLIST"),
        notes,
    }
}

/// Scans with `scan`, which is not called when that is not wanted, and tells what it found.
pub fn tell(
    payload: &Payload,
    settings: &Settings,
    scan: &dyn Fn(&Settings) -> Result<Scan, String>,
) -> Result<Reply, String> {
    if settings.is_off {
        return Ok(Reply::silent());
    }
    let scanned = scan(settings)?;
    let mut reply = reply(payload, settings, &scanned);
    reply.notes.extend(settings.notes.iter().cloned());
    reply.notes.extend(scanned.notes);
    Ok(reply)
}

fn reply(payload: &Payload, settings: &Settings, scanned: &Scan) -> Reply {
    let mode = if settings.blocks { "block" } else { "warn" };
    let scope = match settings.scope {
        Scope::Diff => "diff",
        Scope::Staged => "staged",
    };
    let record = |event| {
        Record::of(Log::Secrets, event)
            .with("mode", mode)
            .with("scope", scope)
    };
    if scanned.leaks.is_empty() {
        let record = record("scan_complete").with("status", "clean");
        return Reply {
            records: vec![record.with("files_scanned", scanned.files)],
            ..Reply::default()
        };
    }
    let findings: Vec<Value> = scanned.leaks.iter().map(described).collect();
    let record = record("secrets_found")
        .with("files_scanned", scanned.files)
        .with("finding_count", findings.len())
        .with("findings", findings);
    let told = told(&scanned.leaks);
    let answer = if settings.blocks && !payload.is_continuing {
        Answer::ruling(Ruling::KeepGoing(told))
    } else {
        Answer::saying(told)
    };
    Reply {
        answer,
        records: vec![record],
        notes: Vec::new(),
    }
}

fn described(leak: &Leak) -> Value {
    json!({
        "file": quoted(&leak.file),
        "line": leak.line,
        "pattern": leak.pattern,
        "severity": leak.severity,
        "match": leak.shown,
    })
}

fn told(leaks: &[Leak]) -> String {
    let count = leaks.len();
    let noun = if count == 1 { "secret" } else { "secrets" };
    let mut told = format!("secrets-scanner found {count} {noun} in what changed:");
    for leak in leaks.iter().take(SHOWN) {
        let (file, line) = (quoted(&leak.file), leak.line);
        let _ = write!(told, "\n{file}:{line}: {} {}", leak.pattern, leak.shown);
    }
    if let Some(more @ 1..) = count.checked_sub(SHOWN) {
        let _ = write!(told, "\nand {more} more, see the log");
    }
    told.push_str(
        "\nTake them out, read them from the environment or a vault, and replace any that was \
         real. What is no secret is answered for by a comment (`baton-ignore RULE: reason`, \
         `gitleaks:allow`) or in `.gitleaks.toml`.",
    );
    told
}

#[cfg(test)]
mod tests;
