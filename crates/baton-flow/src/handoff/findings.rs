//! Findings of reviews that must be mended and about which nobody has decided.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{one_line, paths::code};

const PREFIX: &str = "challenge-findings-";
const DECISIONS: &str = "-decisions";

/// One file of findings.
struct Review<'a> {
    path: &'a str,
    /// What is reviewed, whatever the pass: `plan`.
    series: &'a str,
    /// The file's name without what all share: `plan-pass2`.
    stem: &'a str,
    pass: u64,
    /// `None`: it is no JSON.
    value: Option<Value>,
}

/// One line for each finding, in the order of the files. Of passes with the same focus only the
/// last one counts: it looked at the mended artifact.
pub(super) fn open(files: &[(String, String)]) -> Vec<String> {
    let files = files.iter().filter_map(|(path, text)| read(path, text));
    let (decisions, reviews): (Vec<Review<'_>>, Vec<Review<'_>>) =
        files.partition(|file| file.stem.ends_with(DECISIONS));
    let decided = decided(&decisions);
    let latest = latest(&reviews);
    let mut lines = Vec::new();
    for review in &reviews {
        let Some(value) = &review.value else {
            lines.push(format!("{} is no JSON", code(review.path)));
            continue;
        };
        if latest.get(&(review.series, focus(value))) != Some(&review.pass) {
            continue;
        }
        for finding in must_fix(value) {
            let id = field(finding, &["id", "issue_id"]);
            let is_decided = id.is_some_and(|id| {
                let at = |stem: &str| decided.contains(&(stem.to_owned(), id.to_owned()));
                at(review.stem) || at(review.series)
            });
            if !is_decided {
                lines.push(line(finding, id, review.path));
            }
        }
    }
    lines
}

fn read<'a>(path: &'a str, text: &str) -> Option<Review<'a>> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.strip_prefix(PREFIX)?.strip_suffix(".json")?;
    let (series, pass) = stem
        .rsplit_once("-pass")
        .and_then(|(series, pass)| Some((series, pass.parse().ok()?)))
        .unwrap_or((stem, 0));
    Some(Review {
        path,
        series,
        stem,
        pass,
        value: serde_json::from_str(text).ok(),
    })
}

/// Findings somebody decided about, by file and identifier. What is deferred stays open.
fn decided(files: &[Review<'_>]) -> BTreeSet<(String, String)> {
    let mut decided = BTreeSet::new();
    for file in files {
        let stem = file.stem.strip_suffix(DECISIONS).unwrap_or(file.stem);
        let list = file.value.as_ref().and_then(|value| value.get("decisions"));
        for decision in list.and_then(Value::as_array).into_iter().flatten() {
            let id = field(decision, &["finding_id", "issue_id"]);
            let word = field(decision, &["action", "decision", "disposition"]);
            if let (Some(id), Some("accept" | "skip" | "reject")) = (id, word) {
                decided.insert((stem.to_owned(), id.to_owned()));
            }
        }
    }
    decided
}

/// The last pass of each series and focus.
fn latest<'r>(reviews: &'r [Review<'_>]) -> BTreeMap<(&'r str, &'r str), u64> {
    let mut latest = BTreeMap::new();
    for review in reviews {
        let focus = review.value.as_ref().map_or("", focus);
        let pass = latest.entry((review.series, focus)).or_insert(review.pass);
        *pass = (*pass).max(review.pass);
    }
    latest
}

fn focus(value: &Value) -> &str {
    field(value, &["review_focus", "lens"]).unwrap_or_default()
}

/// The findings that must be mended, in any form that is known.
fn must_fix(value: &Value) -> Vec<&Value> {
    let batches = value.get("batch_results").and_then(Value::as_array);
    let batches = batches.into_iter().flatten();
    let mut found = Vec::new();
    for part in std::iter::once(value).chain(batches) {
        for (key, all) in [("findings", false), ("issues", false), ("must_fix", true)] {
            let list = part.get(key).and_then(Value::as_array);
            found.extend(list.into_iter().flatten().filter(|finding| {
                let must = field(finding, &["severity"]) == Some("must_fix");
                let done = field(finding, &["status", "resolution"]);
                let is_done = done.is_some_and(|word| !word.eq_ignore_ascii_case("open"));
                (all || must) && !is_done
            }));
        }
    }
    found
}

fn line(finding: &Value, id: Option<&str>, path: &str) -> String {
    let names = ["title", "claim", "finding", "description"];
    let what = field(finding, &names).map_or_else(|| "no title".to_owned(), one_line);
    let name = path.rsplit('/').next().unwrap_or(path);
    match id {
        Some(id) => format!("{}: {what} ({})", one_line(id), code(name)),
        None => format!("{what} ({})", code(name)),
    }
}

fn field<'v>(value: &'v Value, names: &[&str]) -> Option<&'v str> {
    let mut found = names.iter().filter_map(|name| value.get(name)?.as_str());
    found.next()
}
