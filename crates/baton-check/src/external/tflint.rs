//! `TFLint`: lint of Terraform, folder by folder.

use std::collections::BTreeSet;
use std::time::Duration;

use baton_repo::File;
use baton_source::Diagnostic;
use baton_syntax::node::Node;

use super::call::{Answer, Call, Reading, number, one_line, severity, text};
use super::{Adapter, Relevant, Tag};

pub(super) const ADAPTER: Adapter = Adapter {
    check: "lint:tflint",
    programs: &["tflint"],
    version: &["--version"],
    tags: &[Tag::Ci, Tag::Local, Tag::NeedsTool, Tag::Slow],
    time_limit: Duration::from_mins(2),
    install: "install it (https://github.com/terraform-linters/tflint) and run `tflint --init`",
    settings: &["**/.tflint.hcl", "**/*.tfvars"],
    plan,
    read,
};

fn plan(relevant: &Relevant<'_>) -> Vec<Call> {
    let in_scope = relevant.in_scope.iter();
    let folders: BTreeSet<&str> = in_scope.map(|file| file.path.parent()).collect();
    let of = |folder: &str| {
        let files = relevant.all.iter().copied();
        let files = files.filter(|file: &&File| file.path.parent() == folder);
        let mut call = Call::new(["--format=json", "--no-color"], Vec::new());
        folder.clone_into(&mut call.folder);
        call.paths = files.map(|file| file.path.clone()).collect();
        call
    };
    folders.into_iter().map(of).collect()
}

fn read(answer: &Answer<'_>) -> Reading {
    let Some(root) = answer.json().filter(|root| root.get("issues").is_some()) else {
        return answer.failed();
    };
    let errors = root.get("errors").map(Node::items).unwrap_or_default();
    if let Some(message) = errors.iter().find_map(|error| text(error, "message")) {
        return Reading {
            failure: Some(format!("said: {}", one_line(message))),
            ..Reading::default()
        };
    }
    let issues = root.get("issues").map(Node::items).unwrap_or_default();
    let findings = issues.iter().filter_map(|issue| finding(answer, issue));
    Reading::of(answer, findings.collect())
}

fn finding(answer: &Answer<'_>, issue: &Node) -> Option<Diagnostic> {
    let rule = issue.get("rule")?;
    let range = issue.get("range")?;
    let spot = |key: &str| {
        let place = range.get(key)?;
        Some((number(place, "line")?, number(place, "column")?))
    };
    let message = one_line(text(issue, "message")?);
    let message = format!("{message} (`{}`)", text(rule, "name")?);
    let place = (text(range, "filename")?, spot("start"), spot("end"));
    let mut finding = answer.finding("tflint-issue", place, &message)?;
    finding.severity = severity(text(rule, "severity").unwrap_or("error"));
    let page = text(rule, "link").filter(|page| !page.is_empty());
    finding.help = page.map(|page| format!("See {page}."));
    Some(finding)
}
