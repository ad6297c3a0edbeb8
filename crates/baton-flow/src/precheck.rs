//! What has to be there after a step before its work is judged: files, headings, counts.
//!
//! A table says what; nothing here runs a rule or a program, so it answers at once.

mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use baton_repo::File;

use crate::Subject;
use crate::heading;
use table::Need;
pub(crate) use table::table;

/// What came of the check of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precheck {
    /// Key of the step, such as `3_5`.
    pub step: String,
    /// Whether everything is there.
    pub pass: bool,
    /// What is not.
    pub findings: Vec<Missing>,
    /// How many of the step's files are there.
    pub artifact_count: usize,
}

/// Something that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The file that lacks something; `None` when it is the file that is lacking.
    pub path: Option<String>,
    /// What is missing, as a sentence without a full stop.
    pub message: String,
}

/// Keys of the steps there are checks for, in the order of the workflow.
pub fn steps() -> Vec<&'static str> {
    let steps = table().steps.iter();
    steps.map(|step| step.key.as_str()).collect()
}

/// The key of the step that somebody names: `3_5`, `3.5`, `step-3_5` or `step-5b`.
pub fn key(named: &str) -> Option<&'static str> {
    let bare = named.trim().to_lowercase().replace('.', "_");
    let bare = bare.strip_prefix("step-").unwrap_or(&bare);
    let bare = bare.strip_suffix(['b', 't']).unwrap_or(bare);
    steps().into_iter().find(|key| *key == bare)
}

/// Checks whether what a step has to leave behind is there; `None`: there is no such step.
pub fn precheck(subject: &Subject<'_>, step: &str) -> Option<Precheck> {
    let artifacts = of_artifacts(subject, step)?;
    let findings: Vec<Missing> = state(subject)
        .into_iter()
        .chain(artifacts.findings)
        .collect();
    Some(Precheck {
        pass: findings.is_empty(),
        findings,
        ..artifacts
    })
}

/// The same without the project's record.
pub fn of_artifacts(subject: &Subject<'_>, step: &str) -> Option<Precheck> {
    let key = key(step)?;
    let step = table().steps.iter().find(|step| step.key == key)?;
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    let has_code = |need: &Need| need.files.iter().any(|file| file.contains("{code}"));
    if subject.track.is_none() && step.needs.iter().any(has_code) {
        findings.push(Missing {
            path: None,
            message: "nobody has decided on `iac_tool`, so nobody knows which code to look for"
                .to_owned(),
        });
    }
    for need in &step.needs {
        let chosen = subject.track.is_some();
        let counts = |track: &String| chosen && subject.is_on(track);
        if need.track.as_ref().is_some_and(|track| !counts(track)) {
            continue;
        }
        let found = subject.files(&need.files);
        seen.extend(found.iter().map(|file| file.id));
        lacks(subject, need, &found, &mut findings);
    }
    Some(Precheck {
        step: key.to_owned(),
        pass: findings.is_empty(),
        findings,
        artifact_count: seen.len(),
    })
}

/// Whether the state file is there and holds an object.
fn state(subject: &Subject<'_>) -> Option<Missing> {
    let path = subject.patterns(&table().state).into_iter().next()?;
    let Some(file) = subject.repo.file(&path) else {
        return Some(Missing {
            path: None,
            message: format!("`{path}` is not there"),
        });
    };
    let is_object = file.json_faults().is_empty()
        && file
            .node()
            .is_some_and(baton_syntax::node::Node::is_mapping);
    (!is_object).then(|| Missing {
        path: Some(path),
        message: "it holds no JSON object".to_owned(),
    })
}

fn lacks(subject: &Subject<'_>, need: &Need, found: &[&File], findings: &mut Vec<Missing>) {
    let filled = |pattern: &String| subject.patterns(pattern);
    let named: Vec<String> = need.files.iter().flat_map(filled).collect();
    if found.len() < need.at_least {
        findings.push(Missing {
            path: None,
            message: absent(&named, need.at_least, found.len()),
        });
        return;
    }
    for file in found {
        let path = Some(file.path.to_string());
        let is_hidden = file.path.name().starts_with('.');
        if !is_hidden && file.problem().is_none() && file.text().trim().is_empty() {
            findings.push(Missing {
                path,
                message: "it is empty".to_owned(),
            });
            continue;
        }
        for wanted in &need.h2 {
            let normal = heading::normal(wanted);
            let mut h2 = file.markdown().h2();
            if !h2.any(|h2| heading::normal(&h2.text) == normal) {
                findings.push(Missing {
                    path: path.clone(),
                    message: format!("it has no section `{wanted}`"),
                });
            }
        }
    }
}

fn absent(patterns: &[String], needed: usize, there: usize) -> String {
    let quoted: Vec<String> = patterns.iter().map(|name| format!("`{name}`")).collect();
    let named = quoted.join(" or ");
    if needed > 1 {
        return format!("{needed} files {named} are needed, {there} are there");
    }
    match patterns {
        [one] if !one.contains('*') => format!("{named} is not there"),
        [_] => format!("no file {named} is there"),
        _ => format!("neither {} is there", quoted.join(" nor ")),
    }
}
