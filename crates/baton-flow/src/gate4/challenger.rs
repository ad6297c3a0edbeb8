//! Reviews of earlier steps: they are there, and whatever must be fixed was decided.

use std::collections::BTreeSet;

use baton_repo::File;
use baton_repo::session::StepKey;
use baton_syntax::node::Node;
use serde_json::Value;

use super::{Outcome, Why};
use crate::pack::{self, StepFacts};
use crate::{RunState, Subject};

const FINDINGS: &str = "challenge-findings-";
const DECISIONS: &str = "-decisions";

/// Looks for the reviews that artifacts of all steps call for, and for findings nobody decided.
pub(super) fn judge(subject: &Subject<'_>, state: &RunState) -> Outcome {
    let mut outcome = Outcome::default();
    for step in &pack::runner().steps {
        is_there((subject, state), step, &mut outcome);
    }
    let (decisions, findings) = files(subject);
    for file in findings {
        decided(subject, file, &decisions, &mut outcome);
    }
    if outcome.evaluated.is_empty() && !outcome.blocks() && outcome.notes.is_empty() {
        return Outcome::not_applicable("no artifact is there that calls for a review");
    }
    outcome
}

/// What keeps the work of one step from being approved, as far as its review tells.
pub(crate) fn of_step(subject: &Subject<'_>, state: &RunState, step: &str) -> Vec<String> {
    let mut outcome = Outcome::default();
    let (decisions, findings) = files(subject);
    if let Some(facts) = pack::runner().step(step) {
        is_there((subject, state), facts, &mut outcome);
        let stem = facts.sidecar.as_deref().unwrap_or_default();
        let stem = stem.trim_end_matches(".json").trim_end_matches("-pass1");
        let own = |file: &&&File| !stem.is_empty() && self::stem(file).starts_with(stem);
        for file in findings.iter().filter(own) {
            decided(subject, file, &decisions, &mut outcome);
            earlier(subject, file, &decisions, &mut outcome);
        }
    }
    let found = outcome.found.into_iter();
    found.map(|found| found.diagnostic.message).collect()
}

/// Files of decisions, and files of findings.
fn files<'a>(subject: &Subject<'a>) -> (Vec<&'a File>, Vec<&'a File>) {
    let output = subject.output();
    let files = subject.files(&[format!("{output}/{FINDINGS}*.json")]);
    files
        .into_iter()
        .partition(|file| stem(file).ends_with(DECISIONS))
}

/// Whether the review of one step is there, or somebody said why it is not.
fn is_there((subject, state): (&Subject<'_>, &RunState), facts: &StepFacts, outcome: &mut Outcome) {
    let (Some(name), Some(sidecar)) = (&facts.gating_artifact, &facts.sidecar) else {
        return;
    };
    let output = subject.output();
    let Some(artifact) = subject.repo.file(&format!("{output}/{name}")) else {
        return;
    };
    let step = &facts.key;
    let path = format!("{output}/{sidecar}");
    let file = subject.repo.file(&path);
    let problem = match file {
        None => "is not there",
        Some(file) if file.text().trim().is_empty() => "is empty",
        Some(file) if !is_json(file) => "is not JSON",
        Some(_) => {
            outcome.evaluated.push(format!("step {step}: {sidecar}"));
            return;
        }
    };
    if let Some(reason) = waiver(state, step) {
        outcome
            .notes
            .push(format!("the review of step {step} was left out: {reason}"));
        return;
    }
    let message = format!("`{name}` calls for a review of step {step}, but `{path}` {problem}");
    let at = file.map_or_else(|| artifact.whole(), File::whole);
    let why = Why::new("missing-challenger-review", message).help(format!(
        "Have step {step} reviewed, or record in `decisions.challenger_skip` why it is not."
    ));
    outcome.block(subject, Some(at), why);
}

fn is_json(file: &File) -> bool {
    file.json_faults().is_empty() && file.node().is_some()
}

/// The reason somebody gave for leaving a step's review out.
fn waiver(state: &RunState, step: &str) -> Option<String> {
    let decisions = state.document.get("decisions")?;
    let waived = decisions.get("challenger_skip")?;
    let is_step = |entry: &Value| {
        let named = match entry.get("step") {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => return false,
        };
        let bare = named.trim_start_matches("step");
        let bare = bare.trim_start_matches(['_', '-', ' ']);
        StepKey::parse(bare).map_or(bare == step, |key| key.as_str() == step)
    };
    let reason = |entry: &Value| {
        let reason = entry.get("reason").and_then(Value::as_str)?.trim();
        (!reason.is_empty()).then(|| reason.to_owned())
    };
    let entries: Vec<&Value> = match waived {
        Value::Array(entries) => entries.iter().collect(),
        other => vec![other],
    };
    let mut own = entries.into_iter().filter(|entry| is_step(entry));
    own.find_map(reason)
}

/// Whether everything in a file of findings that must be fixed was decided.
fn decided(subject: &Subject<'_>, file: &File, decisions: &[&File], outcome: &mut Outcome) {
    let Some(root) = file.node().filter(|_| is_json(file)) else {
        return;
    };
    let batches = root.get("batch_results").map_or(&[][..], Node::items);
    let known = known(file, decisions);
    for part in std::iter::once(root).chain(batches) {
        let findings = part.get("findings").map_or(&[][..], Node::items);
        let must_fix: Vec<&Node> = findings.iter().filter(|one| is_must_fix(one)).collect();
        if let Some(count) = part.entry("must_fix_count")
            && part.get("findings").is_some()
            && count.value.as_i64() != i64::try_from(must_fix.len()).ok()
        {
            let message = format!(
                "`must_fix_count` is not {}, the number of findings that must be fixed",
                must_fix.len()
            );
            let why = Why::new("miscounted-review", message);
            outcome.block(subject, Some(file.at(count)), why);
        }
        for finding in must_fix {
            let id = finding.get("id").and_then(Node::as_str).unwrap_or_default();
            if !known.contains(id) {
                outcome.block(
                    subject,
                    Some(file.at(finding)),
                    undecided(file, finding, id),
                );
            }
        }
    }
}

/// Findings that only an earlier step can cure, and that nobody decided about.
fn earlier(subject: &Subject<'_>, file: &File, decisions: &[&File], outcome: &mut Outcome) {
    let known = known(file, decisions);
    for finding in findings(file) {
        let id = finding.get("id").and_then(Node::as_str).unwrap_or_default();
        let step = finding.get("requires_step").and_then(Node::as_str);
        let Some(step) = step.filter(|step| !step.is_empty() && !known.contains(id)) else {
            continue;
        };
        let message = format!("finding `{id}` of a review needs {step} done anew");
        let why = Why::new("finding-for-earlier-step", message);
        outcome.block(subject, Some(file.at(finding)), why);
    }
}

/// The findings of a file, those of its batches included.
fn findings(file: &File) -> impl Iterator<Item = &Node> {
    let root = file.node();
    let batches = root.and_then(|root| root.get("batch_results"));
    let batches = batches.map_or(&[][..], Node::items);
    let parts = root.into_iter().chain(batches);
    parts.flat_map(|part| part.get("findings").map_or(&[][..], Node::items))
}

fn undecided(file: &File, finding: &Node, id: &str) -> Why {
    let mut keys = ["title", "claim"].into_iter();
    let title = keys.find_map(|key| finding.get(key)?.as_str());
    let title = title.unwrap_or("it has no title");
    let message = format!("`{id}` must be fixed and nobody decided about it: {title}");
    Why::new("undecided-must-fix", message).help(format!(
        "Write what was decided to `{}{DECISIONS}.json`.",
        stem(file)
    ))
}

fn is_must_fix(finding: &Node) -> bool {
    finding.get("severity").and_then(Node::as_str) == Some("must_fix")
}

/// The findings of a file that were decided: by a file of decisions with the same beginning.
fn known<'d>(file: &File, decisions: &[&'d File]) -> BTreeSet<&'d str> {
    let own = stem(file);
    let answers = |decisions: &&&'d File| {
        let about = stem(decisions).strip_suffix(DECISIONS).unwrap_or_default();
        own.starts_with(about)
    };
    let lists = decisions.iter().filter(answers);
    let roots = lists.filter_map(|file| file.node()?.get("decisions"));
    let entries = roots.flat_map(Node::items);
    let is_decided = |entry: &&Node| {
        let mut keys = ["action", "decision", "disposition"].iter();
        keys.any(|key| {
            let word = entry.get(key).and_then(Node::as_str);
            word.is_some_and(|word| !word.trim().is_empty())
        })
    };
    let ids = entries.filter(is_decided).filter_map(|entry| {
        let mut keys = ["issue_id", "finding_id"].into_iter();
        keys.find_map(|key| entry.get(key)?.as_str())
    });
    ids.collect()
}

/// The name of a file without its ending.
fn stem(file: &File) -> &str {
    let name = file.path.name();
    name.strip_suffix(".json").unwrap_or(name)
}
