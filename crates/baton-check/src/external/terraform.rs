//! Terraform or `OpenTofu`: format, and validation of whole projects.

use std::collections::BTreeSet;
use std::time::Duration;

use baton_repo::File;
use baton_source::{Diagnostic, RepoPath};
use baton_syntax::node::Node;

use super::call::{Answer, Call, Reading, number, one_line, severity, text};
use super::{Adapter, Relevant, Tag};

const INSTALL: &str = "install Terraform (https://developer.hashicorp.com/terraform/install) or \
                       OpenTofu (https://opentofu.org/docs/intro/install)";

const LOCK_FILE: &str = ".terraform.lock.hcl";

pub(super) const FORMAT: Adapter = Adapter {
    check: "lint:terraform-fmt",
    programs: &["terraform", "tofu"],
    version: &["version"],
    tags: &[Tag::Ci, Tag::Local, Tag::NeedsTool],
    time_limit: Duration::from_mins(1),
    install: INSTALL,
    settings: &[],
    plan: |relevant| Call::naming(FORMAT_ARGUMENTS, &relevant.in_scope),
    read: read_format,
};

const FORMAT_ARGUMENTS: &[&str] = &["fmt", "-check", "-list=true", "-no-color"];

pub(super) const VALIDATE: Adapter = Adapter {
    check: "validate:terraform",
    programs: &["terraform", "tofu"],
    version: &["version"],
    tags: &[Tag::Ci, Tag::Network, Tag::NeedsTool, Tag::Slow],
    time_limit: Duration::from_mins(5),
    install: INSTALL,
    settings: &["**/.terraform.lock.hcl", "**/*.tftpl", "**/*.tfvars"],
    plan: plan_validate,
    read: read_validate,
};

/// Unformatted files on standard output; files it could not read as errors, which hide the rest.
fn read_format(answer: &Answer<'_>) -> Reading {
    let broken = syntax_errors(answer);
    if broken.is_empty() && !matches!(answer.exit, 0 | 3) {
        return answer.failed();
    }
    let unread: BTreeSet<_> = broken.iter().map(|finding| finding.at.file).collect();
    let mut findings = broken;
    for name in answer.stdout.lines().filter(|line| !line.is_empty()) {
        let message = "`terraform fmt` would change this file";
        let finding = answer.finding("unformatted-terraform", (name, None, None), message);
        findings.extend(finding.map(|mut finding| {
            finding.help = Some(format!("Run `terraform fmt {name}`."));
            finding
        }));
    }
    let is_broken = |path: &&RepoPath| {
        let file = answer.repo.file(path.as_str());
        file.is_some_and(|file| unread.contains(&file.id))
    };
    let rest: Vec<&RepoPath> = answer
        .call
        .paths
        .iter()
        .filter(|path| !is_broken(path))
        .collect();
    let is_hidden = !unread.is_empty() && !rest.is_empty() && rest.len() < answer.call.paths.len();
    let again = is_hidden.then(|| {
        let files: Vec<&File> = rest
            .iter()
            .filter_map(|path| answer.repo.file(path.as_str()))
            .collect();
        findings.retain(|finding| unread.contains(&finding.at.file));
        Call::naming(FORMAT_ARGUMENTS, &files).pop()
    });
    let again = again.flatten();
    if findings.is_empty() && answer.exit != 0 && again.is_none() {
        return answer.failed();
    }
    Reading {
        findings,
        again,
        ..Reading::default()
    }
}

/// Blocks of `Error: WHAT` and, below, `on FILE line N`.
fn syntax_errors(answer: &Answer<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut what = None;
    for line in answer.stderr.lines() {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '│');
        if let Some(message) = line.strip_prefix("Error: ") {
            what = Some(message);
        } else if let Some((name, rest)) = line
            .strip_prefix("on ")
            .and_then(|place| place.split_once(" line "))
            && let Some(message) = what.take()
        {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let start = digits.parse().ok().map(|line| (line, 1));
            found.extend(answer.finding("unreadable-terraform", (name, start, None), message));
        }
    }
    found
}

/// One call per project: a folder with code above which no other folder holds any.
fn plan_validate(relevant: &Relevant<'_>) -> Vec<Call> {
    let folders: BTreeSet<&str> = relevant.all.iter().map(|file| file.path.parent()).collect();
    let is_top = |folder: &&&str| {
        !folders.iter().any(|other| {
            let inside = folder.strip_prefix(other);
            let is_below = inside.is_some_and(|inside| other.is_empty() || inside.starts_with('/'));
            is_below && other != *folder
        })
    };
    let project = |folder: &&str| {
        let paths = relevant.all.iter().map(|file| &file.path);
        let paths = paths.filter(|path| path.parent() == *folder).cloned();
        let mut call = Call::new(["validate", "-json", "-no-color"], paths.collect());
        (*folder).clone_into(&mut call.folder);
        let init = ["init", "-backend=false", "-input=false", "-no-color"];
        call.before = vec![init.iter().map(|&word| word.to_owned()).collect()];
        call.scratch = Some("TF_DATA_DIR");
        call.leaves = Some(LOCK_FILE);
        call
    };
    folders.iter().filter(is_top).map(project).collect()
}

fn read_validate(answer: &Answer<'_>) -> Reading {
    let Some(diagnostics) = answer.json().filter(|root| root.get("valid").is_some()) else {
        return answer.failed();
    };
    let list = diagnostics
        .get("diagnostics")
        .map(Node::items)
        .unwrap_or_default();
    let findings = list.iter().filter_map(|item| problem(answer, item));
    Reading::of(answer, findings.collect())
}

fn problem(answer: &Answer<'_>, item: &Node) -> Option<Diagnostic> {
    let summary = one_line(text(item, "summary")?);
    let message = match text(item, "detail").map(one_line) {
        Some(detail) if !detail.is_empty() => format!("{summary}: {detail}"),
        _ => summary,
    };
    let range = item.get("range");
    let spot = |key: &str| {
        let place = range?.get(key)?;
        Some((number(place, "line")?, number(place, "column")?))
    };
    let first = answer.call.paths.first().map_or("", RepoPath::name);
    let name = range
        .and_then(|range| text(range, "filename"))
        .unwrap_or(first);
    let place = (name, spot("start"), spot("end"));
    let mut finding = answer.finding("invalid-terraform", place, &message)?;
    finding.severity = severity(text(item, "severity").unwrap_or("error"));
    Some(finding)
}
