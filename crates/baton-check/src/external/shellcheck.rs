//! `ShellCheck`: lint of shell scripts.

use std::time::Duration;

use baton_source::Diagnostic;
use baton_syntax::node::Node;

use super::call::{Answer, Call, Reading, number, one_line, severity, text};
use super::{Adapter, Tag};

pub(super) const ADAPTER: Adapter = Adapter {
    check: "lint:shell",
    programs: &["shellcheck"],
    version: &["--version"],
    tags: &[Tag::Ci, Tag::Local, Tag::NeedsTool],
    time_limit: Duration::from_mins(1),
    install: "install it with the system's package manager (https://www.shellcheck.net)",
    settings: &["**/.shellcheckrc"],
    plan: |relevant| Call::naming(&["--format=json1", "--color=never"], &relevant.in_scope),
    read,
};

fn read(answer: &Answer<'_>) -> Reading {
    let root = answer.json().filter(|_| answer.exit <= 1);
    let Some(comments) = root.as_ref().and_then(|root| root.get("comments")) else {
        return answer.failed();
    };
    let findings = comments
        .items()
        .iter()
        .filter_map(|one| finding(answer, one));
    Reading::of(answer, findings.collect())
}

fn finding(answer: &Answer<'_>, comment: &Node) -> Option<Diagnostic> {
    let start = (number(comment, "line")?, number(comment, "column")?);
    let end = (number(comment, "endLine")?, number(comment, "endColumn")?);
    let code = number(comment, "code")?;
    let message = one_line(text(comment, "message")?);
    let place = (text(comment, "file")?, Some(start), Some(end));
    let mut finding = answer.finding(
        "shellcheck-comment",
        place,
        &format!("{message} (`SC{code}`)"),
    )?;
    finding.severity = severity(text(comment, "level").unwrap_or("error"));
    finding.help = Some(format!("See https://www.shellcheck.net/wiki/SC{code}."));
    Some(finding)
}
