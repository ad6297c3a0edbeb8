//! Comments that answer for a finding: `baton-ignore SLUG: reason`, or for a time,
//! `baton-ignore SLUG until 2026-12-31: reason`.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::{Date, File};
use baton_rules::{Check, RULES, Rule};
use baton_source::{Diagnostic, FileId, Location, Span};

use crate::run::Run;
use crate::{Report, Suppressed, SuppressedBy};

/// One comment.
struct Directive {
    at: Span,
    whole_file: bool,
    /// The line, from 0, it answers for unless that is the whole file.
    line: Option<usize>,
    names: Vec<String>,
    until: Until,
    reason: String,
    used: bool,
}

/// How long a comment holds.
enum Until {
    /// For ever.
    Open,
    /// Up to the end of a day.
    Day(Date),
    /// What stands there is no day.
    Unreadable(String),
}

/// Rule, message and help of what is wrong with a comment.
type Complaint = (&'static str, String, &'static str);

const WORD: &str = "baton-ignore";
const WHOLE_FILE: &str = "baton-ignore-file";

/// Sets aside the findings that comments answer for; gives findings about comments that do not
/// work.
pub(crate) fn suppress(
    run: Run<'_>,
    findings: Vec<Diagnostic>,
    report: &mut Report,
) -> Vec<Diagnostic> {
    // A rule may report a file without having read it.
    let blamed: BTreeSet<FileId> = findings.iter().map(|finding| finding.at.file).collect();
    let files = run.repo.files().iter();
    let files = files.filter(|file| file.is_read() || blamed.contains(&file.id));
    let files = files.filter(|file| file.text().contains(WORD));
    let mut by_file: Vec<(FileId, Vec<Directive>)> =
        files.map(|file| (file.id, directives(file))).collect();
    for finding in findings {
        let file = finding.at.file;
        let at = by_file.binary_search_by_key(&file, |(id, _)| *id).ok();
        let directives = at.and_then(|at| by_file.get_mut(at));
        let answer = directives.and_then(|(_, directives)| answer(run, directives, &finding));
        let Some(answer) = answer else {
            report.findings.push(finding);
            continue;
        };
        answer.used = true;
        report.suppressed.push(Suppressed {
            finding,
            by: SuppressedBy::Comment(Location {
                file,
                span: Some(answer.at),
            }),
            reason: answer.reason.clone(),
        });
    }
    let planned: BTreeSet<FileId> = run.plan.files.iter().map(|(file, _)| file.id).collect();
    by_file.retain(|(id, _)| planned.contains(id));
    let in_files = by_file.iter().flat_map(|(id, directives)| {
        directives
            .iter()
            .flat_map(|directive| complaints(run, *id, directive))
    });
    in_files.collect()
}

fn answer<'d>(
    run: Run<'_>,
    directives: &'d mut [Directive],
    finding: &Diagnostic,
) -> Option<&'d mut Directive> {
    let file = run.repo.by_id(finding.at.file)?;
    let line = finding.at.span.map(|span| file.lines().line_of(span.start));
    directives.iter_mut().find(|directive| {
        let here = directive.whole_file || line.is_some() && directive.line == line;
        let says = |name: &String| named(name).any(|rule| rule.meta.slug == finding.rule);
        let holds = !directive.reason.is_empty() && directive.until.holds(run.config.today);
        here && holds && directive.names.iter().any(says)
    })
}

/// The rules a name stands for; several rules may share an alias.
pub(crate) fn named(name: &str) -> impl Iterator<Item = &'static Rule> {
    RULES
        .iter()
        .filter(move |rule| rule.meta.slug == name || rule.meta.aliases.contains(&name))
}

/// What is wrong with a comment, as findings of the rules about comments.
fn complaints(run: Run<'_>, id: FileId, directive: &Directive) -> Vec<Diagnostic> {
    let finding = |(slug, message, help): Complaint| {
        let rule = run.plan.rules.iter().find(|rule| rule.meta.slug == slug)?;
        Some(Diagnostic {
            rule: rule.meta.slug,
            severity: rule.meta.severity,
            at: Location {
                file: id,
                span: Some(directive.at),
            },
            message,
            labels: Vec::new(),
            help: Some(help.to_owned()),
            fix: None,
        })
    };
    let all = match void(directive, run.config.today) {
        Some(complaint) => vec![complaint],
        None => idle(run, directive),
    };
    all.into_iter().filter_map(finding).collect()
}

/// Why a comment suppresses nothing whatever it names: no reason, no readable day, or its day is
/// over.
fn void(directive: &Directive, today: Date) -> Option<Complaint> {
    if directive.reason.is_empty() {
        return Some((
            "unreasoned-suppression",
            format!("this `{WORD}` comment gives no reason, so it suppresses nothing"),
            "Write the reason after a colon: `baton-ignore SLUG: reason`.",
        ));
    }
    match &directive.until {
        Until::Unreadable(words) => Some((
            "unreadable-suppression-date",
            format!("`{words}` is not a date, so this comment suppresses nothing"),
            "Write the date as in `baton-ignore SLUG until 2026-12-31: reason`.",
        )),
        Until::Day(day) if *day < today => Some((
            "expired-suppression",
            format!("this suppression ended on {day}"),
            "Mend what it was for, or decide anew and move the date.",
        )),
        Until::Day(_) | Until::Open => None,
    }
}

/// Names in a comment that no rule has, and comments that had nothing to answer for.
fn idle(run: Run<'_>, directive: &Directive) -> Vec<Complaint> {
    let mut found: Vec<Complaint> = Vec::new();
    if directive.names.is_empty() {
        found.push((
            "unknown-suppression",
            format!("this `{WORD}` comment names no rule, so it suppresses nothing"),
            "Write the rule before the colon: `baton-ignore SLUG: reason`.",
        ));
    }
    let unknown = directive
        .names
        .iter()
        .filter(|name| named(name).next().is_none());
    found.extend(unknown.map(|name| {
        (
            "unknown-suppression",
            format!("there is no rule `{name}` to suppress"),
            "See `baton rules` for the names there are.",
        )
    }));
    let mut names = directive.names.iter();
    let could_answer =
        names.all(|name| named(name).next().is_some() && named(name).all(|rule| ran(run, rule)));
    if !directive.used && !directive.names.is_empty() && could_answer {
        found.push((
            "unused-suppression",
            format!("nothing here breaks `{}`", directive.names.join("`, `")),
            "Remove the comment.",
        ));
    }
    found
}

/// Whether a rule had its say: of the rules over the whole repository, a run over changed paths
/// leaves out those whose verdict cannot have changed.
fn ran(run: Run<'_>, rule: &Rule) -> bool {
    let planned = match rule.check {
        Check::Repo(_) => &run.plan.repo_rules,
        Check::External => &run.plan.tool_rules,
        Check::File(_) | Check::Table(_) | Check::Checker => &run.plan.rules,
    };
    planned
        .iter()
        .any(|other| other.meta.slug == rule.meta.slug)
}

/// The comments of a file that are meant for us.
fn directives(file: &File) -> Vec<Directive> {
    let comments = file.comments().into_iter();
    let mut found: Vec<Directive> = comments
        .filter_map(|comment| directive(comment, comment.of(file.text())))
        .collect();
    // From the last to the first: comments one below the other answer for the line below them.
    let mut answers = BTreeMap::new();
    for directive in found.iter_mut().rev() {
        let below = target_line(file, directive.at);
        let line = answers.get(&below).copied().unwrap_or(below);
        answers.insert(file.lines().line_of(directive.at.start), line);
        if !directive.whole_file {
            directive.line = Some(line);
        }
    }
    found
}

fn directive(at: Span, comment: &str) -> Option<Directive> {
    let content = comment
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
    let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let mut names = words(names);
    let until = match names.iter().position(|word| *word == "until") {
        None => Until::Open,
        Some(at) => Until::read(&names.split_off(at)),
    };
    Some(Directive {
        at,
        whole_file,
        line: None,
        names: names.into_iter().map(str::to_owned).collect(),
        until,
        reason: reason.trim().to_owned(),
        used: false,
    })
}

fn words(text: &str) -> Vec<&str> {
    let words = text.split([',', ' ', '\t', '\r', '\n']);
    words.filter(|word| !word.is_empty()).collect()
}

impl Until {
    /// Reads `until` and what follows it.
    fn read(words: &[&str]) -> Until {
        let words = words.get(1..).unwrap_or_default().join(" ");
        words.parse().map_or(Until::Unreadable(words), Until::Day)
    }

    fn holds(&self, today: Date) -> bool {
        match self {
            Until::Open => true,
            Until::Day(day) => today <= *day,
            Until::Unreadable(_) => false,
        }
    }
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
