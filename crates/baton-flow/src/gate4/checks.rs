//! Items that rules judge, with tools of others or without.

use baton_check::{Changed, CheckConfig, Scope, check_with, select};
use baton_source::{Diagnostic, RepoPath, Severity};

use super::report::place;
use super::table::{Judge, OnTrack, Row, table};
use super::{Found, GateError, ItemVerdict, MissingTools, Outcome, Request};

/// Judges by rules, on the item's files and nothing else.
pub(super) fn judge(request: &Request<'_>, row: &Row) -> Result<Outcome, GateError> {
    let paths = paths(request, row);
    if paths.is_empty() {
        return Ok(nothing(request, row));
    }
    let on_track = on_track(request, row);
    let names: Vec<String> = row
        .checks
        .iter()
        .chain(
            on_track
                .iter()
                .flat_map(|on| on.tools.iter().chain(&on.checks)),
        )
        .cloned()
        .collect();
    let config = CheckConfig {
        selection: select(&names, request.ignored)?,
        ..request.config.clone()
    };
    let scope = Scope::Changed(Changed::named(paths.clone()));
    let external = (row.judge == Judge::Tools).then_some(request.external);
    let checked = check_with(request.subject.repo, &config, &scope, external)?;
    let mut outcome = Outcome {
        checked,
        ..Outcome::default()
    };
    collect(request, &paths, on_track, &mut outcome);
    figures(&names, paths.len(), &mut outcome);
    open_questions(request, row, &mut outcome);
    if config.selection != select(&names, &[])? {
        let left_out = request.ignored.join("`, `");
        let note = format!("rules are left out by the configuration: `{left_out}`");
        outcome.notes.push(note);
    }
    aside(request, &mut outcome);
    Ok(outcome)
}

/// The files of an item that the runner does not write, in path order; the state of the session
/// only where it is named.
fn paths(request: &Request<'_>, row: &Row) -> Vec<RepoPath> {
    let own = request.subject.files(&table().own);
    let is_named = |path: &RepoPath| {
        let mut patterns = row.files.iter();
        patterns.any(|pattern| {
            let filled = request.subject.patterns(pattern);
            filled.iter().any(|one| one == path.as_str())
        })
    };
    let files = request.subject.files(&row.files).into_iter();
    let paths = files.map(|file| &file.path);
    let counts = |path: &&RepoPath| is_named(path) || !own.iter().any(|file| file.path == **path);
    paths.filter(counts).cloned().collect()
}

fn on_track<'t>(request: &Request<'_>, row: &'t Row) -> Option<&'t OnTrack> {
    let track = request.subject.track?;
    let mut known = row.track.iter();
    known
        .find(|(name, _)| name.eq_ignore_ascii_case(track))
        .map(|(_, on)| on)
}

fn nothing(request: &Request<'_>, row: &Row) -> Outcome {
    let patterns = row.files.iter();
    let named: Vec<String> = patterns
        .flat_map(|pattern| request.subject.patterns(pattern))
        .map(|pattern| format!("`{pattern}`"))
        .collect();
    let why = format!("no file {} is there", named.join(" or "));
    let why = row.absent.clone().unwrap_or(why);
    if row.required {
        return Outcome {
            verdict: Some(ItemVerdict::Inconclusive),
            notes: vec![why],
            ..Outcome::default()
        };
    }
    Outcome::not_applicable(why)
}

/// Takes over the findings about the item's own files, and says which of them block.
fn collect(
    request: &Request<'_>,
    paths: &[RepoPath],
    on_track: Option<&OnTrack>,
    outcome: &mut Outcome,
) {
    let is_own = |finding: &Diagnostic| {
        let file = request.subject.repo.by_id(finding.at.file);
        file.is_some_and(|file| paths.binary_search(&file.path).is_ok())
    };
    let is_strict = |finding: &Diagnostic| {
        let mut strict = on_track.iter().flat_map(|on| &on.strict);
        strict.any(|rule| rule == finding.rule)
    };
    let findings = std::mem::take(&mut outcome.checked.findings);
    for diagnostic in findings.into_iter().filter(|finding| is_own(finding)) {
        outcome.found.push(Found {
            blocks: diagnostic.severity == Severity::Error || is_strict(&diagnostic),
            placed: true,
            diagnostic,
        });
    }
}

/// Says what was judged.
fn figures(names: &[String], files: usize, outcome: &mut Outcome) {
    for count in &outcome.checked.per_check {
        // Files of others that a check reads beside the item's own are not what is judged.
        let files = count.checked.min(files);
        if files > 0 && names.iter().any(|name| name == count.check) {
            let files = files_of(files);
            outcome.evaluated.push(format!("{}: {files}", count.check));
        }
    }
    if outcome.evaluated.is_empty() {
        outcome.evaluated.push(files_of(files));
    }
    for tool in outcome.checked.tools.iter().filter(|tool| tool.done) {
        let version = tool.version.as_deref().unwrap_or("of unknown version");
        outcome
            .evaluated
            .push(format!("`{}` {version}", tool.program));
    }
}

fn files_of(count: usize) -> String {
    match count {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    }
}

/// What nobody looked at leaves the item open.
fn open_questions(request: &Request<'_>, row: &Row, outcome: &mut Outcome) {
    let report = &outcome.checked;
    let allowed = request.missing_tools == MissingTools::Allowed;
    let mut open = false;
    let mut notes = Vec::new();
    if row.judge == Judge::Tools {
        for skipped in &report.skipped {
            open |= !allowed;
            notes.push(format!("{} did not run: {}", skipped.check, skipped.reason));
        }
    }
    for failure in &report.failures {
        // A missing tool that is required is told twice.
        if notes.iter().any(|note| note.contains(&failure.message)) {
            continue;
        }
        open = true;
        let path = failure.path.as_ref().map(|path| format!("{path}: "));
        let path = path.unwrap_or_default();
        notes.push(format!("could not be judged: {path}{}", failure.message));
    }
    if row.required && report.per_check.iter().all(|count| count.checked == 0) {
        let has_findings = !outcome.found.is_empty();
        open |= !has_findings && !report.per_check.is_empty() && !allowed;
        notes.push("no file is of a kind that these checks judge".to_owned());
    }
    if report.undecided > 0 {
        let undecided = report.undecided;
        notes.push(match undecided {
            1 => "the code does not decide 1 value that rules ask for".to_owned(),
            count => format!("the code does not decide {count} values that rules ask for"),
        });
    }
    outcome.notes.extend(notes);
    if open {
        outcome.verdict = Some(ItemVerdict::Inconclusive);
    }
}

/// Names what a comment or the baseline answers for: somebody should see it before it is built.
fn aside(request: &Request<'_>, outcome: &mut Outcome) {
    for suppressed in &outcome.checked.suppressed {
        let finding = &suppressed.finding;
        let (path, place) = place(request, finding.at);
        let line = place
            .map(|(line, _)| format!(":{line}"))
            .unwrap_or_default();
        let (rule, kind) = (finding.rule, suppressed.by.kind());
        let reason = match suppressed.reason.trim() {
            "" => "without a reason".to_owned(),
            reason => format!("“{reason}”"),
        };
        outcome.notes.push(format!(
            "{path}{line}: `{rule}` is set aside by a {kind}, {reason}"
        ));
    }
}
