//! Comments that answer for a finding: `baton-ignore SLUG: reason`, or for a time,
//! `baton-ignore SLUG until 2026-12-31: reason`.

mod declarations;
mod directive;
mod standing;

use std::collections::BTreeSet;

use baton_repo::Date;
use baton_rules::{Check, RULES, Rule};
use baton_source::{Diagnostic, FileId, Label, Location};

use crate::run::Run;
use crate::{Report, Suppressed, SuppressedBy};
use directive::{Directive, Tool, Until, WORD, directives, may_suppress};
pub use standing::Standing;

/// Rule, message and help of what is wrong with a comment.
type Complaint = (&'static str, String, &'static str);

/// The rule about suppressions that a change brings along with what they are for.
pub(crate) const UNAPPROVED: &str = "unapproved-suppression";

/// What to do about those.
pub(crate) const UNAPPROVED_HELP: &str =
    "Mend what it is for, or have it agreed to where it is judged from.";

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
    let files = files.filter(|file| may_suppress(file.text()));
    let mut by_file: Vec<(FileId, Vec<Directive>)> =
        files.map(|file| (file.id, directives(file))).collect();
    if let Some(standing) = run.config.standing.as_deref() {
        standing::compare(run, standing, &mut by_file);
    }
    for mut finding in findings {
        let file = finding.at.file;
        let at = by_file.binary_search_by_key(&file, |(id, _)| *id).ok();
        let directives = at.and_then(|at| by_file.get_mut(at));
        let answer = directives.and_then(|(_, directives)| answer(run, directives, &mut finding));
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
    let in_files = by_file.iter().flat_map(|(id, directives)| {
        let told = directives.iter();
        // A rule over the whole repository may have found something elsewhere.
        let told = told.filter(|one| one.refused || planned.contains(id));
        told.flat_map(|directive| complaints(run, *id, directive))
    });
    in_files.collect()
}

/// The comment that answers for a finding. One that would, did it stand in the base, is named
/// beside the finding.
fn answer<'d>(
    run: Run<'_>,
    directives: &'d mut [Directive],
    finding: &mut Diagnostic,
) -> Option<&'d mut Directive> {
    let file = run.repo.by_id(finding.at.file)?;
    let line = finding.at.span.map(|span| file.lines().line_of(span.start));
    let slug = finding.rule;
    let says = |name: &String| named(name).any(|rule| rule.meta.slug == slug);
    let fits = |directive: &Directive| {
        let lines = directive.line.zip(directive.last).zip(line);
        let here = lines.is_some_and(|((first, last), line)| (first..=last).contains(&line));
        let here = here || directive.whole_file;
        let holds = !directive.reason.is_empty() && directive.until.holds(run.config.today);
        here && holds && directive.names.iter().any(says)
    };
    let approved = |directive: &Directive| {
        let mut names = directive.names.iter();
        names.any(|name| says(name) && !directive.unapproved.contains(name))
    };
    let answering = directives.iter().position(|one| fits(one) && approved(one));
    if let Some(at) = answering {
        return directives.get_mut(at);
    }
    let refused = directives.iter_mut().find(|one| fits(one))?;
    (refused.used, refused.refused) = (true, true);
    let base = run.config.standing.as_deref()?;
    finding.labels.push(Label {
        at: Location {
            file: finding.at.file,
            span: Some(refused.at),
        },
        message: format!(
            "this comment does not stand in `{}`, so it does not count",
            base.name
        ),
    });
    None
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
    let mut all = match void(directive, run.config.today) {
        Some(complaint) => vec![complaint],
        None => idle(run, directive),
    };
    all.extend(unapproved(run, directive));
    all.into_iter().filter_map(finding).collect()
}

/// Why a comment suppresses nothing whatever it names: no reason, no readable day, or its day is
/// over.
fn void(directive: &Directive, today: Date) -> Option<Complaint> {
    if directive.reason.is_empty() {
        return Some((
            "unreasoned-suppression",
            match directive.tool {
                Tool::Baton => {
                    format!("this `{WORD}` comment gives no reason, so it suppresses nothing")
                }
                Tool::Checkov => {
                    "this comment for Checkov gives no reason, so it suppresses nothing here"
                        .to_owned()
                }
            },
            match directive.tool {
                Tool::Baton => "Write the reason after a colon: `baton-ignore SLUG: reason`.",
                Tool::Checkov => "Write the reason after a colon: `checkov:skip=ID:reason`.",
            },
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

/// That a comment is as new as what it would answer for.
fn unapproved(run: Run<'_>, directive: &Directive) -> Option<Complaint> {
    let base = run.config.standing.as_deref()?;
    directive.refused.then(|| {
        let names = directive.unapproved.join("`, `");
        let base = &base.name;
        (
            UNAPPROVED,
            format!(
                "this suppression of `{names}` does not stand in `{base}`, so it suppresses nothing"
            ),
            UNAPPROVED_HELP,
        )
    })
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
    let idles = !directive.used && directive.tool == Tool::Baton;
    if idles && !directive.names.is_empty() && could_answer {
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
