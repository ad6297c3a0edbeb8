//! Terraform or `OpenTofu`: validation of whole projects. Format is judged by a rule of our own.

use std::collections::BTreeSet;
use std::time::Duration;

use baton_source::{Diagnostic, RepoPath};
use baton_syntax::node::Node;

use super::call::{Answer, Call, Reading, number, one_line, severity, text};
use super::{Adapter, Relevant, Tag};

const INSTALL: &str = "install Terraform (https://developer.hashicorp.com/terraform/install) or \
                       OpenTofu (https://opentofu.org/docs/intro/install)";

const LOCK_FILE: &str = ".terraform.lock.hcl";

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
