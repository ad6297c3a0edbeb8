//! Files whose text cannot be judged.

use std::collections::BTreeSet;
use std::error::Error as _;

use baton_repo::{File, Problem};
use baton_rules::Findings;
use baton_source::{Diagnostic, FileId};

use crate::Failure;
use crate::run::Run;

/// Findings about files that some rule wanted and nobody could judge; where baton itself is to
/// blame, or the system is, failures.
pub(crate) fn unread(run: Run<'_>, failures: &mut Vec<Failure>) -> Vec<Diagnostic> {
    let planned: BTreeSet<FileId> = run.plan.files.iter().map(|(file, _)| file.id).collect();
    let mut findings = Vec::new();
    for file in run.repo.files() {
        let is_planned = planned.contains(&file.id);
        if is_planned && !file.exact_name {
            let message =
                "the name of this file is not UTF-8; bytes that are not are written `\\xNN`";
            let help = "Rename the file: most tools cannot be told its name.";
            let slug = "undecodable-file-name";
            findings.extend(finding(run, slug, file, (message.to_owned(), help)));
        }
        if !is_planned && !file.is_read() {
            continue;
        }
        failures.extend(file.parser_failures().into_iter().map(|format| Failure {
            path: Some(file.path.clone()),
            rule: None,
            message: format!("reading this text as {format} failed, so it was not judged"),
        }));
        match file.problem() {
            None => {}
            Some(Problem::Unreadable(error)) => failures.push(Failure {
                path: Some(file.path.clone()),
                rule: None,
                message: error
                    .source()
                    .map_or_else(|| error.to_string(), |source| format!("{error}: {source}")),
            }),
            Some(problem) => findings.extend(of_problem(run, file, problem)),
        }
    }
    findings
}

fn of_problem(run: Run<'_>, file: &File, problem: &Problem) -> Option<Diagnostic> {
    let (slug, what, help) = match problem {
        Problem::NotUtf8 { offset } => (
            "undecodable-file",
            format!("byte {} is not UTF-8", offset + 1),
            "Save the file as UTF-8.",
        ),
        Problem::TooLarge { limit } => (
            "oversized-file",
            format!("the file has more than {limit} bytes"),
            "Remove the file, or raise `max-file-size` in baton.toml.",
        ),
        Problem::BadLink { why } => (
            "broken-link-file",
            format!("the file is a link that {why}"),
            "Let the link lead to a file of this repository, or remove it.",
        ),
        Problem::Unreadable(_) => return None,
    };
    let message = format!("{what}, so it was not judged");
    finding(run, slug, file, (message, help))
}

/// A finding of the checker's own about a whole file; `None` when its rule does not run.
fn finding(
    run: Run<'_>,
    slug: &str,
    file: &File,
    (message, help): (String, &str),
) -> Option<Diagnostic> {
    let rule = run.plan.rules.iter().find(|rule| rule.meta.slug == slug)?;
    let mut out = Findings::new(rule.meta.severity);
    out.report(file.whole(), message).help(help).rule = rule.meta.slug;
    out.into_vec().pop()
}
