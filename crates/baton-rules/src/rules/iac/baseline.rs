//! One property, one demanded value: the rules of the security baseline's table.

use baton_iac::evaluate::{self, Candidate, Known, Values, Verdict};
use baton_iac::model::Language;
use baton_source::{Applicability, Fix};

use crate::support::iac::{Row, baseline, label_origin, shown};
use crate::support::iac_subject::{Subject, Told, subjects};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let rows = baseline(slug);
    let covered = |dialect, kind: &str| rows.iter().any(|row| row.covers(dialect, kind));
    let mut told = Told::default();
    for subject in subjects(ctx, file, &covered) {
        let covering = rows
            .iter()
            .filter(|row| row.covers(subject.dialect, &subject.kind));
        for row in covering.filter(|row| applies(&subject, row)) {
            for candidate in failing(&subject, row) {
                report(&subject, row, &candidate, (file, &mut told, &mut *out));
            }
        }
    }
}

/// Whether the row's own condition holds; what is not known does not hold.
fn applies(subject: &Subject<'_>, row: &Row) -> bool {
    let Some(when) = &row.when else { return true };
    let path: Vec<&str> = when.path.split('/').collect();
    let values = subject.lookup(&path);
    values.candidates.iter().any(|candidate| {
        let Some(text) = candidate.value.as_text() else {
            return false;
        };
        // The name of a child resource may carry those of its parents.
        let name = text.rsplit('/').next().unwrap_or(text);
        when.is.iter().any(|wanted| match subject.dialect {
            Language::Bicep | Language::Arm => wanted.eq_ignore_ascii_case(name),
            Language::Terraform => wanted == text,
        })
    })
}

fn failing(subject: &Subject<'_>, row: &Row) -> Vec<Candidate> {
    let path = row.path();
    let values = if row.none_of.is_empty() {
        subject.lookup(&path)
    } else {
        listed(subject, &path)
    };
    let judgement = evaluate::judge(&values, |value| verdict(row, value));
    judgement.failing.into_iter().cloned().collect()
}

/// The items of a list, or the value itself when it is none.
fn listed(subject: &Subject<'_>, path: &[&str]) -> Values {
    let values = subject.lookup(path);
    let is_text = |candidate: &Candidate| candidate.value.as_text().is_some();
    if values.candidates.iter().any(is_text) {
        values
    } else {
        subject.elements(path)
    }
}

fn verdict(row: &Row, value: &Known) -> Verdict {
    // An empty text leaves the choice to the service, as an absent property does.
    let Some(text) = value.as_text().filter(|text| !text.is_empty()) else {
        return Verdict::Unknown;
    };
    let is = |wanted: &String| wanted.eq_ignore_ascii_case(text);
    let lower = text.to_ascii_lowercase();
    let holds = if !row.allowed.is_empty() {
        row.allowed.iter().any(is)
    } else if !row.any_of.is_empty() {
        row.any_of
            .iter()
            .any(|word| lower.contains(&word.to_ascii_lowercase()))
    } else {
        let mut items = text.split(',').map(str::trim);
        !items.any(|item| row.none_of.iter().any(|bad| bad.eq_ignore_ascii_case(item)))
    };
    if holds { Verdict::Pass } else { Verdict::Fail }
}

fn report(
    subject: &Subject<'_>,
    row: &Row,
    candidate: &Candidate,
    (file, told, out): (&File, &mut Told, &mut Findings),
) {
    let (property, value) = (row.property(), shown(&candidate.value));
    let kind = &subject.kind;
    let message = if row.none_of.is_empty() {
        format!("`{property}` of `{kind}` is `{value}`")
    } else {
        format!("`{property}` of `{kind}` contains `{value}`")
    };
    if !told.is_new(candidate.at, &message) {
        return;
    }
    let finding = out.report(candidate.at.location(file.id), message);
    finding.help(help(row));
    if let Some(severity) = row.severity() {
        finding.severity(severity);
    }
    label_origin(finding, file, candidate);
    let written_here = candidate.via.is_empty() && candidate.at.file.is_none();
    if let Some(set) = row.set.as_ref().filter(|_| written_here)
        && let Some(text) = literal(set, (file, candidate.at.span.of(file.text())))
    {
        finding.fix(Fix {
            title: format!("Set `{property}` to `{set}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(candidate.at.span, text)],
        });
    }
}

fn help(row: &Row) -> String {
    let property = row.property();
    let listed = |values: &[String], joint: &str| {
        let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        quoted.join(joint)
    };
    if !row.allowed.is_empty() {
        format!("Set `{property}` to {}.", listed(&row.allowed, " or "))
    } else if !row.any_of.is_empty() {
        format!("Set `{property}` to {}.", listed(&row.any_of, " or "))
    } else {
        format!("Remove {} from `{property}`.", listed(&row.none_of, ", "))
    }
}

/// A value written as the one it replaces: quoted where that was quoted or where it must be.
///
/// `None` in place of a call in an ARM template, which may stand for more than the one value.
fn literal(value: &str, (file, replaced): (&File, &str)) -> Option<String> {
    let is_bare = matches!(value, "true" | "false") && !replaced.starts_with(['\'', '"']);
    let in_expression = replaced.starts_with('\'') || replaced.ends_with(')');
    Some(match file.iac().map(|iac| iac.template.language) {
        Some(Language::Arm) if in_expression => match replaced {
            "true()" | "false()" if is_bare => format!("{value}()"),
            quoted if quoted.starts_with('\'') => format!("'{value}'"),
            _ => return None,
        },
        _ if is_bare => value.to_owned(),
        Some(Language::Bicep) => format!("'{value}'"),
        _ => format!("\"{value}\""),
    })
}
