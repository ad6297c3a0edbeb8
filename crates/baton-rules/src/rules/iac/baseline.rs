//! One property, one demanded value: the rules of the security baseline's tables.
//!
//! A property that is not set is judged by what the platform or the provider makes of it, unless
//! another resource sets it.

use baton_iac::evaluate::{self, Candidate, Element, Known, Place, Values, Verdict};
use baton_iac::model::Language;
use baton_source::{Applicability, Diagnostic, Fix, Severity};

use crate::settings::iac::Unknown;
use crate::support::iac::{label_origin, shown};
use crate::support::iac_around::{Answer, Around, is_handed_on};
use crate::support::iac_defaults::{default, version};
use crate::support::iac_insert::{insertion, written};
use crate::support::iac_relief::{Relief, milder};
use crate::support::iac_remedy::{help, literal};
use crate::support::iac_rows::{Row, When, rows, split};
use crate::support::iac_subject::{Subject, Told, subjects};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

/// A resource and what is demanded of it, or of one item of a list in it.
struct Case<'s, 'a> {
    subject: &'s Subject<'a>,
    row: &'s Row,
    item: Option<&'s Element<'a>>,
    slug: &'static str,
}

/// Where findings go.
struct Sink<'a, 'r> {
    ctx: &'a Ctx<'r>,
    file: &'a File,
    around: Around<'a>,
    told: Told,
    out: &'a mut Findings,
}

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let rows = rows(slug);
    let covered = |dialect, kind: &str| rows.iter().any(|row| row.covers(dialect, kind));
    let mut sink = Sink {
        ctx,
        file,
        around: Around::default(),
        told: Told::default(),
        out,
    };
    for subject in &subjects(ctx, file, &covered) {
        let covering = rows
            .iter()
            .filter(|row| row.covers(subject.dialect, &subject.kind));
        for row in covering {
            judge_all((subject, row, slug), &mut sink);
        }
    }
}

fn judge_all<'a>(
    (subject, row, slug): (&Subject<'a>, &Row, &'static str),
    sink: &mut Sink<'a, '_>,
) {
    let case = |item| Case {
        subject,
        row,
        item,
        slug,
    };
    let Some(each) = &row.each else {
        judge(&case(None), sink);
        return;
    };
    let elements = subject.items(&split(each));
    for item in &elements.items {
        judge(&case(Some(item)), sink);
    }
    if elements.open {
        sink.out.undecided();
    }
}

fn judge<'a>(case: &Case<'_, 'a>, sink: &mut Sink<'a, '_>) {
    let Case { subject, row, .. } = case;
    if !row.when.iter().all(|when| case.holds(when)) {
        return;
    }
    let elsewhere = sink.around.sets(subject, &row.elsewhere);
    if elsewhere == Answer::Yes {
        return;
    }
    if row.path().is_empty() {
        if elsewhere == Answer::No && !is_handed_on(subject) {
            report_absent(case, sink);
        }
        return;
    }
    if row.forbidden {
        report_written(case, sink);
        return;
    }
    let mut values = case.values();
    let (nothing, given) = std::mem::take(&mut values.candidates)
        .into_iter()
        .partition::<Vec<Candidate>, _>(|one| is_nothing(row, &one.value));
    values.candidates = given;
    values.absent |= !nothing.is_empty();
    let judgement = evaluate::judge(&values, |value| row.verdict(subject.dialect, value));
    for candidate in &judgement.failing {
        report(case, candidate, sink);
    }
    if judgement.verdict == Verdict::Unknown && values.unknown {
        report_open(case, &values, sink);
    }
    // What is set in some case only is not known to be missing.
    let is_missing = values.absent && values.candidates.is_empty() && !values.unknown;
    let matters = row.default_when.iter().all(|when| case.holds(when));
    if is_missing && matters && elsewhere == Answer::No {
        match nothing.first().filter(|_| row.required) {
            Some(empty) => report_empty(case, empty, sink),
            None => report_absent(case, sink),
        }
    }
}

impl Case<'_, '_> {
    fn lookup(&self, path: &[&str]) -> Values {
        self.item
            .map_or_else(|| self.subject.lookup(path), |item| item.lookup(path))
    }

    fn elements(&self, path: &[&str]) -> Values {
        self.item
            .map_or_else(|| self.subject.elements(path), |item| item.elements(path))
    }

    /// The type of what is judged: an item of a list has the type it has as a resource of its own.
    fn kind(&self) -> String {
        match self
            .row
            .each
            .as_deref()
            .and_then(|each| each.rsplit('/').next())
        {
            Some(list) if self.subject.dialect == Language::Terraform => {
                format!("{list}` of `{}", self.subject.kind)
            }
            Some(list) => format!("{}/{list}", self.subject.kind),
            None => self.subject.kind.to_string(),
        }
    }

    /// Where to tell that something is not set.
    fn place(&self) -> Place {
        self.item.map_or(
            Place {
                file: None,
                span: self.subject.header,
            },
            Element::place,
        )
    }

    /// Whether a condition of the row holds; what is not known does not hold.
    fn holds(&self, when: &When) -> bool {
        let values = self.lookup(&split(&when.path));
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
        let mut candidates = values.candidates.iter();
        if !when.is.is_empty() {
            return candidates.any(|one| known(one, &when.is))
                || fallback.is_some_and(|value| when.is.contains(value));
        }
        !values.unknown
            && !candidates.any(|one| known(one, &when.is_not))
            && fallback.is_none_or(|value| !when.is_not.contains(value))
    }

    /// Whether all that must be set is known to be.
    fn is_certain(&self) -> bool {
        let mut demanded = self.row.when.iter().filter(|when| when.set == Some(true));
        demanded.all(|when| !self.lookup(&split(&when.path)).candidates.is_empty())
    }

    /// The values of the property; the items of a list where the row is about them.
    fn values(&self) -> Values {
        let path = self.row.path();
        let values = self.lookup(&path);
        let is_text = |candidate: &Candidate| candidate.value.as_text().is_some();
        let is_judged_whole = !self.row.is_about_items() && !self.row.is_about_list();
        if is_judged_whole || values.candidates.iter().any(is_text) {
            return values;
        }
        let mut items = self.elements(&path);
        items.absent |= self.row.required && items.candidates.is_empty() && !items.unknown;
        if self.row.is_about_items() {
            items
        } else {
            joined(values, &items)
        }
    }
}

/// Lists as texts with commas, where every item is known.
fn joined(mut lists: Values, items: &Values) -> Values {
    let texts: Option<Vec<&str>> = items
        .candidates
        .iter()
        .map(|item| item.value.as_text())
        .collect();
    if let Some(texts) = texts.filter(|_| !items.unknown) {
        for list in &mut lists.candidates {
            list.value = Known::String(texts.join(", "));
        }
    }
    lists
}

/// Whether a value leaves the choice to the service, as a property that is not set does.
fn is_nothing(row: &Row, value: &Known) -> bool {
    match value {
        Known::Array { len, open } => row.required && *len == 0 && !open,
        _ => value.as_text() == Some(""),
    }
}

/// Reports what nobody has said of the place, as much as it matters there.
fn tell<'s>(
    case: &Case<'_, '_>,
    place: Place,
    (message, severity): (String, Option<Severity>),
    sink: &'s mut Sink<'_, '_>,
) -> Option<&'s mut Diagnostic> {
    let relief = || {
        let path = case.row.path();
        Relief::of((sink.ctx, sink.file), case.slug, case.subject, &path)
    };
    let is_new = !sink.told.has(place, &message);
    let relief = is_new.then(relief).filter(|relief| !relief.is_declared)?;
    sink.told.is_new(place, &message);
    let finding = sink.out.report(place.location(sink.file.id), message);
    let severity = relief.severity(severity.unwrap_or(finding.severity));
    finding.severity(severity);
    if let Some((at, why)) = relief.exemption {
        finding.label(at, why);
    }
    Some(finding)
}

/// Says that only a deployment decides a value, as the settings want it said.
fn report_open(case: &Case<'_, '_>, values: &Values, sink: &mut Sink<'_, '_>) {
    let severity = match sink.ctx.settings.iac.unknown {
        Unknown::Ignore => return,
        Unknown::Count => return sink.out.undecided(),
        Unknown::Info => Severity::Info,
        Unknown::Warning => Severity::Warning,
        Unknown::Error => Severity::Error,
    };
    let header = Place {
        file: None,
        span: case.subject.header,
    };
    let (property, kind) = (case.row.property(), &case.subject.kind);
    let message = format!("only a deployment decides `{property}` of `{kind}`");
    let at = values.unknown_at.unwrap_or(header);
    if let Some(finding) = tell(case, at, (message, Some(severity)), sink) {
        finding.help(help(case.row, case.subject.dialect));
    }
}

fn report(case: &Case<'_, '_>, candidate: &Candidate, sink: &mut Sink<'_, '_>) {
    let row = case.row;
    let (property, value) = (row.property(), shown(&candidate.value));
    let kind = case.kind();
    let is_listed = !row.none_of.is_empty();
    let is_quoted = candidate.value.as_str().is_some() && row.is_truth();
    let message = if is_listed {
        format!("`{property}` of `{kind}` contains `{value}`")
    } else if is_quoted && case.subject.dialect != Language::Terraform {
        format!("`{property}` of `{kind}` is the text `'{value}'`")
    } else {
        format!("`{property}` of `{kind}` is `{value}`")
    };
    let file = sink.file;
    let Some(finding) = tell(case, candidate.at, (message, row.severity()), sink) else {
        return;
    };
    finding.help(help(case.row, case.subject.dialect));
    label_origin(finding, file, candidate);
    let written_here = candidate.via.is_empty() && candidate.at.file.is_none();
    let replaced = candidate.at.span.of(file.text());
    if let Some(set) = row.set.as_ref().filter(|_| written_here)
        && let Some(text) = literal(case.row, set, (file, replaced))
    {
        finding.fix(Fix {
            title: format!("Set `{property}` to `{set}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(candidate.at.span, text)],
        });
    }
}

/// Reports that a property is set to nothing.
fn report_empty(case: &Case<'_, '_>, candidate: &Candidate, sink: &mut Sink<'_, '_>) {
    let (property, kind) = (case.row.property(), &case.subject.kind);
    let message = format!("`{property}` of `{kind}` is empty");
    let severity = case.row.absent_severity();
    let file = sink.file;
    if let Some(finding) = tell(case, candidate.at, (message, severity), sink) {
        finding.help(help(case.row, case.subject.dialect));
        label_origin(finding, file, candidate);
    }
}

/// Reports that a property is set that must not be.
fn report_written(case: &Case<'_, '_>, sink: &mut Sink<'_, '_>) {
    let Case { subject, row, .. } = case;
    let path = row.path();
    let Some(resource) = subject.resource else {
        return;
    };
    let Some(key) = written(&resource.body, subject.dialect, &path) else {
        return;
    };
    let (property, kind) = (row.property(), &subject.kind);
    let message = format!("`{property}` of `{kind}` is set");
    let place = Place {
        file: None,
        span: key,
    };
    if let Some(finding) = tell(case, place, (message, row.severity()), sink) {
        finding.help(format!("Remove `{property}`."));
    }
}

/// Reports that a property is not set, if that is wrong.
fn report_absent(case: &Case<'_, '_>, sink: &mut Sink<'_, '_>) {
    let Case { subject, row, .. } = case;
    // What else a module of a registry deploys beside the resource is the module's own affair.
    let is_beside = row.missing.is_some() || row.elsewhere.iter().any(|it| it.kind.is_some());
    if subject.resource.is_none() && (is_beside || !case.is_certain()) {
        return;
    }
    let Some(message) = absence(case) else {
        return;
    };
    let file = sink.file;
    let absent = (message, row.absent_severity());
    let Some(finding) = tell(case, case.place(), absent, sink) else {
        return;
    };
    if !row.mild_when.is_empty() && row.mild_when.iter().all(|when| case.holds(when)) {
        let severity = milder(finding.severity);
        finding.severity(severity);
    }
    finding.help(help(case.row, case.subject.dialect));
    let Some(set) = row.set.as_ref().filter(|_| row.missing.is_none()) else {
        return;
    };
    let (Some(resource), None) = (subject.resource, case.item) else {
        return;
    };
    let Some(value) = literal(case.row, set, (file, "")) else {
        return;
    };
    if let Some((at, text)) = insertion((&resource.body, file), &row.path(), &value) {
        finding.fix(Fix {
            title: format!("Set `{}` to `{set}`", row.property()),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(at, text)],
        });
    }
}

/// What is wrong with a property that is not set.
fn absence(case: &Case<'_, '_>) -> Option<String> {
    let Case { subject, row, .. } = case;
    let (property, kind) = (row.property(), case.kind());
    if let Some(missing) = &row.missing {
        let name = subject.resource.map_or(subject.address, |it| &it.name);
        return Some(format!("`{kind}` `{name}` has no {missing}"));
    }
    if row.required {
        return Some(format!("`{property}` of `{kind}` is not set"));
    }
    let default = default(row, &version(subject)).filter(|default| !row.holds(default))?;
    Some(format!(
        "`{property}` of `{kind}` is not set, and the default is `{default}`"
    ))
}
