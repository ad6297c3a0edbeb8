//! Files whose text cannot be judged.

use std::collections::BTreeSet;
use std::error::Error as _;

use baton_repo::{File, Problem};
use baton_rules::{Findings, Rule};
use baton_source::{Diagnostic, FileId};
use baton_syntax::glob::GlobSet;

use crate::Failure;
use crate::plan::is_for_any_text;
use crate::run::Run;

/// Findings about files that some rule wanted and nobody could judge; where baton itself is to
/// blame, or the system is, failures.
pub(crate) fn unread(run: Run<'_>, failures: &mut Vec<Failure>) -> Vec<Diagnostic> {
    // A rule for any text does not say that a file should be text.
    let files = run.plan.files.iter();
    let wanted = files.filter(|(_, rules)| !claims_nothing(rules));
    let planned: BTreeSet<FileId> = wanted.map(|(file, _)| file.id).collect();
    let files = run.plan.files.iter();
    let looked_into = files.filter(|(_, rules)| claims_nothing(rules));
    let looked_into: BTreeSet<FileId> = looked_into.map(|(file, _)| file.id).collect();
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
            Some(problem)
                if !is_system(problem)
                    && looked_into.contains(&file.id)
                    && !is_read_for_all(run, file) => {}
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

/// Whether only rules that look into any file look into this one; alone, the checker's own rules
/// judge for all others.
fn claims_nothing(rules: &[&'static Rule]) -> bool {
    !rules.is_empty() && rules.iter().all(|rule| is_for_any_text(rule))
}

/// Whether a rule over the repository names a file; one that reads `**` looks at paths alone.
fn is_read_for_all(run: Run<'_>, file: &File) -> bool {
    let named = run.plan.repo_rules.iter().flat_map(|rule| {
        let patterns = rule.meta.files.iter().chain(rule.meta.reads);
        patterns.flat_map(|pattern| run.repo.layout().resolve(pattern))
    });
    let named = named.filter(|pattern| *pattern != "**");
    GlobSet::new(named).is_ok_and(|globs| globs.matches(file.path.as_str()))
}

fn is_system(problem: &Problem) -> bool {
    matches!(problem, Problem::Unreadable(_))
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
