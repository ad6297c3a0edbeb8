//! Ruff: lint and format of Python.

use std::time::Duration;

use baton_source::Diagnostic;
use baton_syntax::node::Node;

use super::call::{Answer, Call, Reading, Spot, number, one_line, text};
use super::{Adapter, Relevant, Tag};

pub(super) const ADAPTER: Adapter = Adapter {
    check: "lint:python",
    programs: &["ruff"],
    version: &["--version"],
    tags: &[Tag::Ci, Tag::Local, Tag::NeedsTool],
    time_limit: Duration::from_mins(1),
    install: "install it with `pip install ruff` or `uv tool install ruff`",
    settings: &["**/pyproject.toml", "**/ruff.toml", "**/.ruff.toml"],
    plan,
    read,
};

fn plan(relevant: &Relevant<'_>) -> Vec<Call> {
    let common = ["--no-cache", "--force-exclude"];
    let check = [&["check", "--output-format", "json"][..], &common].concat();
    let format = [&["format", "--check"][..], &common].concat();
    let mut calls = Call::naming(&check, &relevant.in_scope);
    calls.extend(Call::naming(&format, &relevant.in_scope));
    calls
}

fn read(answer: &Answer<'_>) -> Reading {
    let is_format = answer
        .call
        .arguments
        .first()
        .is_some_and(|word| word == "format");
    match answer.exit {
        0 | 1 if !is_format => checked(answer),
        0..=2 if is_format => formatted(answer),
        _ => answer.failed(),
    }
}

fn checked(answer: &Answer<'_>) -> Reading {
    let Some(list) = answer.json() else {
        return answer.failed();
    };
    let findings = list
        .items()
        .iter()
        .filter_map(|item| violation(answer, item));
    Reading::of(answer, findings.collect())
}

fn violation(answer: &Answer<'_>, item: &Node) -> Option<Diagnostic> {
    let spot = |key: &str| {
        let place = item.get(key)?;
        Some((number(place, "row")?, number(place, "column")?))
    };
    let place = (
        text(item, "filename")?,
        spot("location"),
        spot("end_location"),
    );
    let message = one_line(text(item, "message")?);
    let code = text(item, "code").unwrap_or("invalid-syntax");
    let mut finding = answer.finding("ruff-violation", place, &format!("{message} (`{code}`)"))?;
    if let Some(title) = item.get("fix").and_then(|fix| text(fix, "message")) {
        finding.help = Some(format!("{}.", one_line(title)));
    } else if let Some(page) = text(item, "url") {
        finding.help = Some(format!("See {page}."));
    }
    Some(finding)
}

/// `Would reformat: FILE` until 0.14 or so; a block with `--> FILE:LINE:COLUMN` since.
fn formatted(answer: &Answer<'_>) -> Reading {
    let mut findings = Vec::new();
    let mut is_formatting = false;
    let mut understood = answer.exit == 0;
    let mut report = |name: &str, start: Option<Spot>| {
        let message = "`ruff format` would change this file";
        let finding = answer.finding("unformatted-python", (name, start, start), message);
        findings.extend(finding.map(|mut finding| {
            finding.help = Some(format!("Run `ruff format {name}`."));
            finding
        }));
    };
    for line in answer.stdout.lines().chain(answer.stderr.lines()) {
        if let Some(name) = line.strip_prefix("Would reformat: ") {
            report(name, None);
        } else if line.starts_with("unformatted:") {
            is_formatting = true;
        } else if line.starts_with("invalid-syntax:") || line.contains("Failed to parse") {
            // `ruff check` has told.
            (is_formatting, understood) = (false, true);
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && std::mem::take(&mut is_formatting)
        {
            let (name, start) = place_of(place);
            report(name, start);
        }
    }
    if findings.is_empty() && !understood {
        return answer.failed();
    }
    Reading {
        findings,
        ..Reading::default()
    }
}

/// `FILE:LINE:COLUMN` in its parts.
fn place_of(place: &str) -> (&str, Option<Spot>) {
    let mut parts = place.rsplitn(3, ':');
    let (column, line, name) = (parts.next(), parts.next(), parts.next());
    let numbers = line
        .zip(column)
        .and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
    match (name, numbers) {
        (Some(name), Some(numbers)) => (name, Some(numbers)),
        _ => (place, None),
    }
}
