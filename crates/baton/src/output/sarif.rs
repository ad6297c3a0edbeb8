//! SARIF 2.1.0.

mod fingerprint;

use std::io::{self, Write};

use baton_check::{Suppressed, SuppressedBy};
use baton_rules::{RULES, RuleMeta};
use baton_source::{Diagnostic, Fix, Location, Severity};
use serde_json::{Value, json};

use super::Shown;
use fingerprint::Fingerprints;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let rules: Vec<&RuleMeta> = RULES
        .iter()
        .map(|rule| &rule.meta)
        .filter(|meta| shown.config.selection.contains(meta.slug))
        .collect();
    let mut fingerprints = Fingerprints::default();
    let mut results = Vec::new();
    for finding in &shown.report.findings {
        results.push(result(shown, &rules, finding, &mut fingerprints));
    }
    for suppressed in &shown.report.suppressed {
        let mut value = result(shown, &rules, &suppressed.finding, &mut fingerprints);
        value["suppressions"] = suppressions(shown, suppressed);
        results.push(value);
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "baton",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|meta| descriptor(meta)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "The repository's root." } } },
            "invocations": [{
                "executionSuccessful": shown.report.failures.is_empty(),
                "toolExecutionNotifications": notifications(shown),
            }],
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn descriptor(meta: &RuleMeta) -> Value {
    let document = strip_front_matter(meta.doc);
    let tags: Vec<&str> = std::iter::once(meta.family)
        .chain(meta.checks.iter().copied())
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
    let message = match &finding.help {
        Some(help) => format!("{}. {help}", finding.message),
        None => finding.message.clone(),
    };
    let related = finding.labels.iter().enumerate().map(|(id, label)| {
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
