//! One property, one demanded value: the rules of the security baseline's tables.
//!
//! A property that is not set is judged by what the platform or the provider makes of it, unless
//! another resource sets it.

use baton_iac::evaluate::{self, Candidate, Known, Site, Values};
use baton_iac::model::{Language, Resource};
use baton_source::{Applicability, Fix};

use crate::support::iac::{label_origin, scope_of, shown};
use crate::support::iac_around::{Answer, Around};
use crate::support::iac_defaults::{default, version};
use crate::support::iac_insert::insertion;
use crate::support::iac_rows::{Row, When, rows, split};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

/// A resource, what is around it, and what is demanded of it.
struct Case<'a> {
    around: &'a Around<'a>,
    resource: &'a Resource,
    row: &'a Row,
}

fn check(_ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let Some(iac) = file.iac() else { return };
    let language = iac.template.language;
    // Few resources are covered: most files need no scope.
    let covered = |resource: &&Resource| {
        let mut rows = rows(slug).iter();
        !resource.existing && rows.any(|row| row.covers(language, &resource.kind))
    };
    let mut resources = iac.template.resources.iter().filter(covered).peekable();
    if resources.peek().is_none() {
        return;
    }
    let scope = scope_of(&iac.template);
    let around = Around {
        language,
        scope: &scope,
        templates: vec![&iac.template],
    };
    for resource in resources {
        let rows = rows(slug).iter();
        for row in rows.filter(|row| row.covers(language, &resource.kind)) {
            let case = Case {
                around: &around,
                resource,
                row,
            };
            judge(&case, file, out);
        }
    }
}

fn judge(case: &Case<'_>, file: &File, out: &mut Findings) {
    let Case {
        around,
        resource,
        row,
    } = case;
    if !row.when.iter().all(|when| case.holds(when)) {
        return;
    }
    let elsewhere = around.sets(resource, &row.elsewhere);
    if elsewhere == Answer::Yes {
        return;
    }
    if row.path().is_empty() {
        if elsewhere == Answer::No && !around.is_handed_on(resource) {
            report_absent(case, file, out);
        }
        return;
    }
    let mut values = case.values();
    let given = values.candidates.len();
    values.candidates.retain(|one| !is_nothing(row, &one.value));
    values.absent |= values.candidates.len() < given;
    let judgement = evaluate::judge(&values, |value| row.verdict(around.language, value));
    let mut seen = Vec::new();
    for candidate in judgement.failing {
        let place = (candidate.at, &candidate.value);
        if !seen.contains(&place) {
            seen.push(place);
            report(case, candidate, (file, &mut *out));
        }
    }
    if seen.is_empty() && values.absent && elsewhere == Answer::No {
        report_absent(case, file, out);
    }
}

impl Case<'_> {
    fn site(&self) -> Site<'_> {
        Site::resource(self.around.scope, self.resource)
    }

    /// Whether a condition of the row holds; what is not known does not hold.
    fn holds(&self, when: &When) -> bool {
        let values = self.site().lookup(&split(&when.path));
        let known = |candidate: &Candidate, wanted: &[String]| {
            let text = candidate.value.as_text().unwrap_or_default();
            // The name of a child resource may carry those of its parents.
            let name = text.rsplit('/').next().unwrap_or(text);
            let same = |word: &String| word.eq_ignore_ascii_case(name);
            wanted.iter().any(same)
        };
        let fallback = when.default.as_ref().filter(|_| values.absent);
        if let Some(set) = when.set {
            let is_set = !values.candidates.is_empty() || values.unknown;
            return is_set == set;
        }
        if !when.is.is_empty() {
            let mut candidates = values.candidates.iter();
            return candidates.any(|one| known(one, &when.is))
                || fallback.is_some_and(|value| when.is.contains(value));
        }
        let mut candidates = values.candidates.iter();
        !values.unknown
            && !candidates.any(|one| known(one, &when.is_not))
            && fallback.is_none_or(|value| !when.is_not.contains(value))
    }

    /// The values of the property; the items of a list where the row is about them.
    fn values(&self) -> Values {
        let path = self.row.path();
        let values = self.site().lookup(&path);
        let is_text = |candidate: &Candidate| candidate.value.as_text().is_some();
        if !self.row.is_about_items() || values.candidates.iter().any(is_text) {
            values
        } else {
            self.site().elements(&path)
        }
    }

    /// What the property comes to if it is not set; `None` if that is not known.
    fn default(&self) -> Option<&str> {
        let templates = self.around.templates.iter().copied();
        let version = version(self.around.language, self.resource, templates);
        default(self.row, &version)
    }
}

/// Whether a value leaves the choice to the service, as a property that is not set does.
fn is_nothing(row: &Row, value: &Known) -> bool {
    match value {
        Known::Array { len, open } => row.required && *len == 0 && !open,
        _ => value.as_text() == Some(""),
    }
}

fn report(case: &Case<'_>, candidate: &Candidate, (file, out): (&File, &mut Findings)) {
    let row = case.row;
    let (property, value) = (row.property(), shown(&candidate.value));
    let kind = &case.resource.kind;
    let is_listed = !row.none_of.is_empty();
    let is_quoted = candidate.value.as_str().is_some() && row.is_truth();
    let message = if is_listed {
        format!("`{property}` of `{kind}` contains `{value}`")
    } else if is_quoted && case.around.language != Language::Terraform {
        format!("`{property}` of `{kind}` is the text `'{value}'`")
    } else {
        format!("`{property}` of `{kind}` is `{value}`")
    };
    let finding = out.report(candidate.at.location(file.id), message);
    finding.help(help(case));
    if let Some(severity) = row.severity() {
        finding.severity(severity);
    }
    label_origin(finding, file, candidate);
    let written_here = candidate.at == candidate.source && candidate.at.file.is_none();
    if let Some(set) = row.set.as_ref().filter(|_| written_here) {
        finding.fix(Fix {
            title: format!("Set `{property}` to `{set}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(candidate.at.span, literal(case, set))],
        });
    }
}

/// Reports that a property is not set, if that is wrong.
fn report_absent(case: &Case<'_>, file: &File, out: &mut Findings) {
    let (row, resource) = (case.row, case.resource);
    let (property, kind) = (row.property(), &resource.kind);
    let message = if let Some(missing) = &row.missing {
        format!("`{kind}` `{}` has no {missing}", resource.name)
    } else if row.required {
        format!("`{property}` of `{kind}` is not set")
    } else {
        match case.default() {
            Some(default) if !row.holds(default) => {
                format!("`{property}` of `{kind}` is not set, and the default is `{default}`")
            }
            _ => return,
        }
    };
    let finding = out.report(file.at(resource.span), message);
    finding.help(help(case));
    if let Some(severity) = row.severity() {
        finding.severity(severity);
    }
    let Some(set) = row.set.as_ref().filter(|_| row.missing.is_none()) else {
        return;
    };
    let value = literal(case, set);
    if let Some((at, text)) = insertion((&resource.body, file), &row.path(), &value) {
        finding.fix(Fix {
            title: format!("Set `{property}` to `{set}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(at, text)],
        });
    }
}

fn help(case: &Case<'_>) -> String {
    let row = case.row;
    let property = row.property();
    let quoted = |values: &[String], joint: &str| {
        let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        quoted.join(joint)
    };
    if row.missing.is_some() {
        let kinds = row.elsewhere.iter().filter_map(|place| place.kind.clone());
        let of_language =
            |kind: &String| kind.contains('/') != (case.around.language == Language::Terraform);
        let kinds: Vec<String> = kinds.filter(of_language).collect();
        return format!("Add {}.", quoted(&kinds, " or "));
    }
    let wanted = if row.allowed.is_empty() {
        &row.any_of
    } else {
        &row.allowed
    };
    match (row.at_least, row.at_most) {
        (Some(least), Some(most)) => format!("Set `{property}` to {least} to {most}."),
        (Some(least), None) => format!("Set `{property}` to at least {least}."),
        (None, Some(most)) => format!("Set `{property}` to at most {most}."),
        (None, None) if !wanted.is_empty() => {
            format!("Set `{property}` to {}.", quoted(wanted, " or "))
        }
        (None, None) if !row.none_of.is_empty() => {
            format!("Remove {} from `{property}`.", quoted(&row.none_of, ", "))
        }
        (None, None) if !row.none_with.is_empty() => {
            let begin = quoted(&row.none_with, " or ");
            format!("Set `{property}` to something that does not begin with {begin}.")
        }
        (None, None) => format!("Set `{property}`."),
    }
}

/// A value as the language writes it.
fn literal(case: &Case<'_>, value: &str) -> String {
    let is_bare = case.row.is_truth() || case.row.is_number();
    if is_bare {
        value.to_owned()
    } else if case.around.language == Language::Terraform {
        format!("\"{value}\"")
    } else {
        format!("'{value}'")
    }
}
