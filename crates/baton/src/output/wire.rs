//! The shapes of the JSON report, version 1: `schemas/report.v1.schema.json`.

use baton_source::{Diagnostic, Edit, Fix, Label, Location, RepoPath, Severity};
use serde::Serialize;

use super::summary::Summary;
use super::{Shown, meta};

/// The version of the shapes below.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
pub(super) struct Report<'a> {
    pub(super) version: u32,
    pub(super) tool: Tool,
    pub(super) summary: SummaryFigures,
    pub(super) findings: Vec<Finding<'a>>,
    #[serde(flatten)]
    pub(super) rest: Rest<'a>,
}

/// The last line of a report in lines.
#[derive(Serialize)]
pub(super) struct LastLine<'a> {
    pub(super) r#type: &'static str,
    pub(super) version: u32,
    pub(super) tool: Tool,
    pub(super) summary: SummaryFigures,
    #[serde(flatten)]
    pub(super) rest: Rest<'a>,
}

/// A finding in a report in lines.
#[derive(Serialize)]
pub(super) struct FindingLine<'a> {
    pub(super) r#type: &'static str,
    #[serde(flatten)]
    pub(super) finding: Finding<'a>,
}

#[derive(Serialize)]
pub(super) struct Rest<'a> {
    suppressed: Vec<Suppressed<'a>>,
    fixed: Vec<Fixed<'a>>,
    skipped: Vec<Reason<'a>>,
    not_evaluated: Vec<Reason<'a>>,
    failures: Vec<Failure<'a>>,
    per_check: Vec<Count>,
    tools: Vec<ToolRun<'a>>,
}

/// A tool of others; the time it took would make two reports of the same input differ.
#[derive(Serialize)]
struct ToolRun<'a> {
    check: &'static str,
    program: &'static str,
    version: Option<&'a str>,
    done: bool,
}

#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
pub(super) struct SummaryFigures {
    errors: usize,
    warnings: usize,
    infos: usize,
    files: usize,
    fixable: usize,
    fixable_unsafe: usize,
    suppressed: usize,
    undecided: usize,
    fail_on: &'static str,
}

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'static str,
    family: &'static str,
    checks: &'static [&'static str],
    severity: &'static str,
    #[serde(flatten)]
    place: PlaceFields<'a>,
    message: &'a str,
    help: Option<&'a str>,
    labels: Vec<LabelFields<'a>>,
    fix: Option<FixFields<'a>>,
}

#[derive(Serialize)]
struct PlaceFields<'a> {
    path: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
}

#[derive(Serialize)]
struct LabelFields<'a> {
    #[serde(flatten)]
    place: PlaceFields<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct FixFields<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<EditFields<'a>>,
}

#[derive(Serialize)]
struct EditFields<'a> {
    #[serde(flatten)]
    place: PlaceFields<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    #[serde(flatten)]
    finding: Finding<'a>,
    reason: &'a str,
    kind: &'static str,
    by: Option<PlaceFields<'a>>,
}

#[derive(Serialize)]
struct Fixed<'a> {
    rule: &'static str,
    path: &'a str,
}

#[derive(Serialize)]
struct Reason<'a> {
    check: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Failure<'a> {
    path: Option<&'a str>,
    rule: Option<&'static str>,
    message: &'a str,
}

#[derive(Serialize)]
struct Count {
    check: &'static str,
    checked: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

pub(super) fn tool() -> Tool {
    Tool {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
    }
}

pub(super) fn figures(summary: Summary, fail_on: Severity) -> SummaryFigures {
    SummaryFigures {
        errors: summary.errors,
        warnings: summary.warnings,
        infos: summary.infos,
        files: summary.files,
        fixable: summary.fixable,
        fixable_unsafe: summary.fixable_unsafe,
        suppressed: summary.suppressed,
        undecided: summary.undecided,
        fail_on: fail_on.as_str(),
    }
}

pub(super) fn finding<'a>(shown: &'a Shown<'_>, of: &'a Diagnostic) -> Finding<'a> {
    let meta = meta(of.rule);
    Finding {
        rule: of.rule,
        family: meta.map_or("", |meta| meta.family),
        checks: meta.map_or(&[], |meta| meta.checks),
        severity: of.severity.as_str(),
        place: place(shown, of.at),
        message: &of.message,
        help: of.help.as_deref(),
        labels: of
            .labels
            .iter()
            .map(|label| label_fields(shown, label))
            .collect(),
        fix: of.fix.as_ref().map(|fix| fix_fields(shown, fix)),
    }
}

pub(super) fn rest<'a>(shown: &'a Shown<'_>) -> Rest<'a> {
    let report = shown.report;
    let suppressed = report.suppressed.iter().map(|one| Suppressed {
        finding: finding(shown, &one.finding),
        reason: &one.reason,
        kind: one.by.kind(),
        by: one.by.place().map(|at| place(shown, at)),
    });
    let failures = report.failures.iter().map(|failure| Failure {
        path: failure.path.as_ref().map(RepoPath::as_str),
        rule: failure.rule,
        message: &failure.message,
    });
    let per_check = report.per_check.iter().map(|count| Count {
        check: count.check,
        checked: count.checked,
        errors: count.errors,
        warnings: count.warnings,
        infos: count.infos,
    });
    let skipped = report.skipped.iter().map(|one| Reason {
        check: &one.check,
        reason: &one.reason,
    });
    let not_evaluated = report.not_evaluated.iter().map(|one| Reason {
        check: one.check,
        reason: &one.reason,
    });
    let fixed = shown.fixed.iter().map(|(rule, path)| Fixed {
        rule,
        path: path.as_str(),
    });
    let tools = shown.report.tools.iter().map(|tool| ToolRun {
        check: tool.check,
        program: tool.program,
        version: tool.version.as_deref(),
        done: tool.done,
    });
    Rest {
        suppressed: suppressed.collect(),
        fixed: fixed.collect(),
        skipped: skipped.collect(),
        not_evaluated: not_evaluated.collect(),
        failures: failures.collect(),
        per_check: per_check.collect(),
        tools: tools.collect(),
    }
}

fn place<'a>(shown: &'a Shown<'_>, at: Location) -> PlaceFields<'a> {
    let place = shown.place(at);
    let (start, end) = place.range.unzip();
    PlaceFields {
        path: place.path,
        line: start.map(|start| start.line),
        column: start.map(|start| start.column),
        end_line: end.map(|end| end.line),
        end_column: end.map(|end| end.column),
    }
}

fn label_fields<'a>(shown: &'a Shown<'_>, label: &'a Label) -> LabelFields<'a> {
    LabelFields {
        place: place(shown, label.at),
        message: &label.message,
    }
}

fn fix_fields<'a>(shown: &'a Shown<'_>, fix: &'a Fix) -> FixFields<'a> {
    let edit = |edit: &'a Edit| EditFields {
        place: place(
            shown,
            Location {
                file: edit.file,
                span: Some(edit.span),
            },
        ),
        text: &edit.text,
    };
    FixFields {
        title: &fix.title,
        applicability: fix.applicability.as_str(),
        edits: fix.edits.iter().map(edit).collect(),
    }
}
