//! Comments that answer for a finding: `baton-ignore SLUG: reason`.

use std::collections::BTreeSet;

use baton_repo::{File, Repo};
use baton_rules::{RULES, Rule};
use baton_source::{Diagnostic, FileId, Location, Span};

use crate::plan::Plan;
use crate::{CheckConfig, Level, Report, Suppressed};

/// One comment.
struct Directive {
    at: Span,
    /// The line, from 0, it answers for; `None` for the whole file.
    line: Option<usize>,
    names: Vec<String>,
    reason: String,
    used: bool,
}

const WORD: &str = "baton-ignore";
const WHOLE_FILE: &str = "baton-ignore-file";

/// Sets aside the findings that comments answer for, and reports comments that do not work.
pub(crate) fn suppress(
    repo: &Repo,
    config: &CheckConfig,
    plan: &Plan<'_>,
    findings: Vec<Diagnostic>,
    report: &mut Report,
) {
    let mut by_file: Vec<(FileId, Vec<Directive>)> = Vec::new();
    for file in repo
        .files()
        .iter()
        .filter(|file| file.is_read() && file.text().contains(WORD))
    {
        by_file.push((file.id, directives(file)));
    }
    for finding in findings {
        let at = by_file
            .binary_search_by_key(&finding.at.file, |(id, _)| *id)
            .ok();
        let directives = at
            .and_then(|at| by_file.get_mut(at))
            .map(|(_, directives)| directives);
        let Some(answer) = directives.and_then(|directives| answer(repo, directives, &finding))
        else {
            report.findings.push(finding);
            continue;
        };
        answer.used = true;
        let by = Location {
            file: finding.at.file,
            span: Some(answer.at),
        };
        report.suppressed.push(Suppressed {
            finding,
            by,
            reason: answer.reason.clone(),
        });
    }
    let planned: BTreeSet<FileId> = plan.files.iter().map(|(file, _)| file.id).collect();
    for (id, directives) in by_file.iter().filter(|(id, _)| planned.contains(id)) {
        for directive in directives {
            complain(config, plan, *id, directive, report);
        }
    }
}

fn answer<'d>(
    repo: &Repo,
    directives: &'d mut [Directive],
    finding: &Diagnostic,
) -> Option<&'d mut Directive> {
    let file = repo.by_id(finding.at.file)?;
    let line = finding.at.span.map(|span| file.lines().line_of(span.start));
    directives.iter_mut().find(|directive| {
        let here = directive.line.is_none() || directive.line == line;
        let named = || {
            directive
                .names
                .iter()
                .any(|name| is_named(finding.rule, name))
        };
        here && !directive.reason.is_empty() && named()
    })
}

fn is_named(slug: &str, name: &str) -> bool {
    slug == name || rule_named(name).is_some_and(|rule| rule.meta.slug == slug)
}

fn rule_named(name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .find(|rule| rule.meta.slug == name || rule.meta.aliases.contains(&name))
}

/// Reports a comment without a reason, with an unknown name, or with nothing to answer for.
fn complain(
    config: &CheckConfig,
    plan: &Plan<'_>,
    id: FileId,
    directive: &Directive,
    report: &mut Report,
) {
    let at = Location {
        file: id,
        span: Some(directive.at),
    };
    let mut say = |slug: &str, message: String, help: &str| {
        let Some(rule) = plan.rules.iter().find(|rule| rule.meta.slug == slug) else {
            return;
        };
        let severity = match config.level(slug) {
            Some(Level::At(severity)) => severity,
            _ => rule.meta.severity,
        };
        let help = Some(help.to_owned());
        report.findings.push(Diagnostic {
            rule: rule.meta.slug,
            severity,
            at,
            message,
            labels: Vec::new(),
            help,
            fix: None,
        });
    };
    if directive.reason.is_empty() {
        let message = format!("this `{WORD}` comment gives no reason, so it suppresses nothing");
        say(
            "unreasoned-suppression",
            message,
            "Write the reason after a colon: `baton-ignore SLUG: reason`.",
        );
        return;
    }
    for name in &directive.names {
        if rule_named(name).is_none() {
            let message = format!("there is no rule `{name}` to suppress");
            say(
                "unknown-suppression",
                message,
                "See `baton rules` for the names there are.",
            );
        }
    }
    let runs = |name: &String| {
        plan.rules
            .iter()
            .any(|rule| rule.meta.slug == name || rule.meta.aliases.contains(&name.as_str()))
    };
    if !directive.used && !directive.names.is_empty() && directive.names.iter().all(runs) {
        let message = format!("nothing here breaks `{}`", directive.names.join("`, `"));
        say("unused-suppression", message, "Remove the comment.");
    }
}

fn directives(file: &File) -> Vec<Directive> {
    file.comments()
        .into_iter()
        .filter_map(|comment| directive(file, comment))
        .collect()
}

fn directive(file: &File, comment: Span) -> Option<Directive> {
    let text = file.text();
    let content = comment.of(text);
    let content = content
        .trim_start_matches("<!--")
        .trim_end_matches("-->")
        .trim_end_matches("*/");
    let content = content.trim_start_matches(['#', '/', '*', ' ', '\t', '\r', '\n']);
    let (rest, whole_file) = match content.strip_prefix(WHOLE_FILE) {
        Some(rest) => (rest, true),
        None => (content.strip_prefix(WORD)?, false),
    };
    if !rest.starts_with([' ', '\t', ':']) && !rest.trim().is_empty() {
        return None;
    }
    let (names, reason) = rest
        .split_once(": ")
        .or_else(|| rest.split_once(':'))
        .unwrap_or((rest, ""));
    let names = names
        .split([',', ' ', '\t'])
        .map(str::trim)
        .filter(|name| !name.is_empty());
    Some(Directive {
        at: comment,
        line: if whole_file {
            None
        } else {
            Some(target_line(file, comment))
        },
        names: names.map(str::to_owned).collect(),
        reason: reason.trim().to_owned(),
        used: false,
    })
}

/// The comment's own line, or the next line with text when the comment stands alone.
fn target_line(file: &File, comment: Span) -> usize {
    let (text, lines) = (file.text(), file.lines());
    let (first, last) = (
        lines.line_of(comment.start),
        lines.line_of(comment.end.max(1) - 1),
    );
    let start = lines.start_of(first).unwrap_or(0);
    let before = Span {
        start,
        end: comment.start,
    }
    .of(text);
    let line_end = start as usize + lines.line_text(text, first).len();
    let after = Span::new(comment.end as usize, line_end.max(comment.end as usize)).of(text);
    let alone = before.trim().is_empty() && (last > first || after.trim().is_empty());
    if !alone {
        return first;
    }
    let following = last + 1..lines.lines();
    let mut with_text = following.filter(|line| !lines.line_text(text, *line).trim().is_empty());
    with_text.next().unwrap_or(first)
}
