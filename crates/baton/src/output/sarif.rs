//! SARIF 2.1.0.

mod fingerprint;
mod limits;

use std::fmt::Write as _;
use std::io::{self, Write};

use baton_check::{Suppressed, SuppressedBy};
use baton_rules::{RULES, RuleMeta};
use baton_source::{Diagnostic, Fix, Location, Severity};
use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Shown;
use super::summary::plural;
use crate::exit::say;
use crate::terminal::Terminal;
use fingerprint::Fingerprints;
use limits::{Chosen, LOCATIONS, TAGS, choose};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The whole log. Results are written one by one: all at once, they may not fit into memory.
#[derive(Serialize)]
struct Log<'s> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'s>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'s> {
    tool: Value,
    column_kind: &'static str,
    original_uri_base_ids: Value,
    results: Results<'s>,
    // After the results: it says which of them are missing.
    invocations: Invocations<'s>,
}

/// The findings for which there is room.
struct Results<'s> {
    shown: &'s Shown<'s>,
    rules: &'s [&'static RuleMeta],
    chosen: &'s Chosen<'s>,
}

/// How the run went.
struct Invocations<'s> {
    shown: &'s Shown<'s>,
    chosen: &'s Chosen<'s>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fingerprints = Fingerprints::default();
        let mut results = serializer.serialize_seq(None)?;
        for found in &self.chosen.found {
            let mut value = result(self.shown, self.rules, found.finding, &mut fingerprints);
            if let Some(suppressed) = found.by {
                value["suppressions"] = suppressions(self.shown, suppressed);
            }
            if !self.chosen.has_room(value.to_string().len()) {
                break;
            }
            results.serialize_element(&value)?;
        }
        results.end()
    }
}

impl Serialize for Invocations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut notifications = notifications(self.shown);
        if let Some(remark) = self.chosen.remark() {
            notifications.push(json!({ "level": "warning", "message": { "text": remark } }));
        }
        let invocation = json!({
            "executionSuccessful": self.shown.report.failures.is_empty(),
            "toolExecutionNotifications": notifications,
        });
        [invocation].serialize(serializer)
    }
}

pub(super) fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let rules: Vec<&'static RuleMeta> = RULES
        .iter()
        .map(|rule| &rule.meta)
        .filter(|meta| shown.config.selection.contains(meta.slug))
        .collect();
    let chosen = choose(shown);
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: json!({ "driver": {
                "name": "baton",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|meta| descriptor(meta)).collect::<Vec<_>>(),
            }}),
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: json!({ "%SRCROOT%": { "description": { "text": "The repository's root." } } }),
            results: Results {
                shown,
                rules: &rules,
                chosen: &chosen,
            },
            invocations: Invocations {
                shown,
                chosen: &chosen,
            },
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)?;
    if let Some(remark) = chosen.remark() {
        say(&format!("{} {remark}", Terminal::stderr().bold("notice:")));
    }
    Ok(())
}

fn descriptor(meta: &RuleMeta) -> Value {
    let document = strip_front_matter(meta.doc);
    let tags: Vec<&str> = std::iter::once(meta.family)
        .chain(meta.checks.iter().copied())
        .take(TAGS)
        .collect();
    json!({
        "id": meta.slug,
        "shortDescription": { "text": meta.summary },
        "fullDescription": { "text": why(document).unwrap_or(meta.summary) },
        "help": { "text": document, "markdown": document },
        "defaultConfiguration": { "level": level(meta.severity) },
        "properties": { "tags": tags },
    })
}

fn result(
    shown: &Shown<'_>,
    rules: &[&RuleMeta],
    finding: &Diagnostic,
    fingerprints: &mut Fingerprints,
) -> Value {
    let mut message = match &finding.help {
        Some(help) => format!("{}. {help}", finding.message),
        None => finding.message.clone(),
    };
    let unnamed = finding.labels.len().saturating_sub(LOCATIONS);
    if unnamed > 0 {
        let _ = write!(
            message,
            " ({} more are not listed)",
            plural(unnamed, "place")
        );
    }
    let related = finding.labels.iter().take(LOCATIONS).enumerate();
    let related = related.map(|(id, label)| {
        let mut location = location(shown, label.at);
        location["id"] = json!(id);
        location["message"] = json!({ "text": label.message });
        location
    });
    let mut value = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": message },
        "locations": [location(shown, finding.at)],
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": { "batonFinding/v1": fingerprints.of(shown, finding) },
        "suppressions": [],
    });
    if let Some(index) = rules.iter().position(|meta| meta.slug == finding.rule) {
        value["ruleIndex"] = json!(index);
    }
    if let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty()) {
        value["fixes"] = json!([fix_value(shown, fix)]);
    }
    value
}

fn suppressions(shown: &Shown<'_>, suppressed: &Suppressed) -> Value {
    let mut value = json!({
        "kind": match suppressed.by {
            SuppressedBy::Comment(_) => "inSource",
            SuppressedBy::Baseline(_) => "external",
        },
        "status": "accepted",
        "justification": suppressed.reason,
    });
    if let Some(at) = suppressed.by.place() {
        value["location"] = location(shown, at);
    }
    json!([value])
}

fn fix_value(shown: &Shown<'_>, fix: &Fix) -> Value {
    let mut changes: Vec<(u32, Value, Vec<Value>)> = Vec::new();
    for edit in &fix.edits {
        let place = Location {
            file: edit.file,
            span: Some(edit.span),
        };
        let replacement = json!({
            "deletedRegion": region(shown, place),
            "insertedContent": { "text": edit.text },
        });
        match changes.iter_mut().find(|(file, ..)| *file == edit.file.0) {
            Some((.., replacements)) => replacements.push(replacement),
            None => changes.push((edit.file.0, artifact(shown, place), vec![replacement])),
        }
    }
    let changes = changes.into_iter().map(|(_, artifact, replacements)| {
        json!({ "artifactLocation": artifact, "replacements": replacements })
    });
    json!({
        "description": { "text": fix.title },
        "artifactChanges": changes.collect::<Vec<_>>(),
    })
}

/// What was not judged, and what failed.
fn notifications(shown: &Shown<'_>) -> Vec<Value> {
    let report = shown.report;
    let failures = report.failures.iter().map(|failure| {
        let mut value = json!({ "level": "error", "message": { "text": failure.message } });
        if let Some(rule) = failure.rule {
            value["associatedRule"] = json!({ "id": rule });
        }
        if let Some(path) = &failure.path {
            let uri = json!({ "uri": uri(path.as_str()), "uriBaseId": "%SRCROOT%" });
            value["locations"] = json!([{ "physicalLocation": { "artifactLocation": uri } }]);
        }
        value
    });
    let note = |level: &str, word: &str, check: &str, reason: &str| {
        let text = format!("`{check}` was {word}: {reason}");
        json!({ "level": level, "message": { "text": text } })
    };
    let skipped = report.skipped.iter();
    let skipped = skipped.map(|one| note("warning", "skipped", &one.check, &one.reason));
    let idle = report.not_evaluated.iter();
    let idle = idle.map(|one| note("note", "not evaluated", one.check, &one.reason));
    failures.chain(skipped).chain(idle).collect()
}

fn location(shown: &Shown<'_>, at: Location) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(shown, at) });
    if at.span.is_some() {
        physical["region"] = region(shown, at);
    }
    json!({ "physicalLocation": physical })
}

fn artifact(shown: &Shown<'_>, at: Location) -> Value {
    json!({ "uri": uri(shown.place(at).path), "uriBaseId": "%SRCROOT%" })
}

fn region(shown: &Shown<'_>, at: Location) -> Value {
    let Some((start, end)) = shown.place(at).range else {
        return json!({});
    };
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path as a relative URI.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.extend(format!("%{byte:02X}").chars()),
        }
    }
    uri
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The document without the lines between its first two `---`.
pub(crate) fn strip_front_matter(document: &str) -> &str {
    let inside = document.strip_prefix("---\n");
    let body = inside.and_then(|inside| inside.split_once("\n---\n"));
    body.map_or(document, |(_, body)| body.trim_start())
}

/// The first paragraph that says why the rule exists.
fn why(document: &str) -> Option<&str> {
    let (_, section) = document.split_once("## Why\n")?;
    section.trim_start().split("\n\n").next().map(str::trim)
}

#[cfg(test)]
mod tests;
