//! Versions of tools: whether what is installed is as new as the repository demands.
//!
//! Each pinned tool is a program of its own, asked with arguments we know, far from the
//! repository: shims for versions would take its files for instructions.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;

use baton_repo::tool_pins::{Pin, TOOLS, Tool, Version, pins, tool_named};
use baton_repo::{File, Repo};
use baton_rules::RULES;
use baton_source::{Diagnostic, Severity, Spanned};

use super::call::{Answer, Call, NOT_INSTALLED, Reading};
use super::pool::Job;
use super::{Adapter, Outcome, Relevant, Tag, process};

pub(super) const ADAPTER: Adapter = Adapter {
    check: "validate:tool-versions",
    programs: &PROGRAMS,
    version: &["--version"],
    tags: &[Tag::Local, Tag::NeedsTool, Tag::Slow],
    time_limit: Duration::from_secs(30),
    install: "install the tools that `tool-version-pins.json` names",
    settings: &[],
    plan,
    read,
};

const PROGRAMS: [&str; TOOLS.len()] = programs();

const fn programs() -> [&'static str; TOOLS.len()] {
    let mut names = [""; TOOLS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = TOOLS[at].name;
        at += 1;
    }
    names
}

/// The pins that can be judged, with their tools.
fn judged(file: &File) -> impl Iterator<Item = (Pin<'_>, Version, &'static Tool)> {
    let pins = file.node().into_iter().flat_map(pins);
    pins.filter_map(|pin| {
        let least = pin.version()?;
        let tool = tool_named(&pin.entry.key)?;
        Some((pin, least, tool))
    })
}

fn plan(relevant: &Relevant<'_>) -> Vec<Call> {
    let mut calls = Vec::new();
    for file in &relevant.in_scope {
        for (_, _, tool) in judged(file) {
            let words = [tool.name]
                .into_iter()
                .chain(tool.arguments.iter().copied());
            let mut call = Call::new(words, vec![file.path.clone()]);
            call.names_program = true;
            calls.push(call);
        }
    }
    calls
}

/// One job per tool; a tool that is not there has answered already.
pub(super) fn jobs(
    repo: &Repo,
    calls: Vec<Call>,
    path: &OsStr,
    (jobs, outcome): (&mut Vec<Job>, &mut Outcome),
) {
    for call in calls {
        let name = call.arguments.first().map_or("", String::as_str);
        let Some(tool) = tool_named(name) else {
            continue;
        };
        if let Some((program, path)) = process::find(&[tool.name], path) {
            jobs.push(Job {
                adapter: &ADAPTER,
                program,
                path,
                calls: vec![call],
            });
            continue;
        }
        let answer = Answer {
            repo,
            call: &call,
            root: Path::new(""),
            stdout: "",
            stderr: "",
            exit: NOT_INSTALLED,
        };
        outcome.findings.extend(read(&answer).findings);
    }
}

fn read(answer: &Answer<'_>) -> Reading {
    let name = answer.call.arguments.first().map_or("", String::as_str);
    let paths = answer.call.paths.iter();
    let files = paths.filter_map(|path| answer.repo.file(path.as_str()));
    let mut findings = Vec::new();
    for file in files {
        let pins = judged(file).filter(|(_, _, tool)| tool.name == name);
        findings.extend(
            pins.filter_map(|(pin, least, tool)| verdict(answer, file, &pin, (least, tool))),
        );
    }
    Reading {
        findings,
        ..Reading::default()
    }
}

fn verdict(
    answer: &Answer<'_>,
    file: &File,
    pin: &Pin<'_>,
    (least, tool): (Version, &Tool),
) -> Option<Diagnostic> {
    let name = tool.name;
    let told = tool.told(answer.stdout).filter(|_| answer.exit == 0);
    let Some(told) = told else {
        let message = match answer.exit {
            0 => format!("`{name}` does not tell its version in a way that can be read"),
            NOT_INSTALLED => format!("`{name}` is not installed"),
            _ => format!("`{name}` does not tell its version: it {}", answer.words()),
        };
        let mut finding = finding("unavailable-tool", file, pin.entry, message)?;
        if pin.optional {
            finding.severity = Severity::Warning;
        }
        finding.help = Some(format!("Install `{name}` {} or later.", written(least)));
        return Some(finding);
    };
    if told >= least {
        return None;
    }
    let message = format!(
        "`{name}` is {}, older than {}",
        written(told),
        written(least)
    );
    let mut finding = finding("outdated-tool", file, pin.least?, message)?;
    finding.help = Some(format!("Update `{name}`."));
    Some(finding)
}

fn finding(slug: &str, file: &File, at: &impl Spanned, message: String) -> Option<Diagnostic> {
    let meta = &RULES.iter().find(|rule| rule.meta.slug == slug)?.meta;
    Some(Diagnostic {
        rule: meta.slug,
        severity: meta.severity,
        at: file.at(at),
        message,
        labels: Vec::new(),
        help: None,
        fix: None,
    })
}

fn written([major, minor, patch]: Version) -> String {
    format!("{major}.{minor}.{patch}")
}
