//! Our own labelled cases.
//!
//! A line of a case that ends in `◄` holds a fault: of the case's rule, or of those named after
//! the mark. The mark is taken away before the case is judged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::Outcome;
use crate::judge::{Found, judge};
use crate::score::{Score, table, total};

const MARK: char = '◄';

/// What came out.
pub(crate) struct Run {
    /// Scores by language and category.
    pub(crate) table: String,
    /// Cases whose outcome is not what the label and the list of known misses say.
    pub(crate) differences: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    category: String,
    /// The rule the case is about.
    rule: String,
    /// Further rules that judge it.
    #[serde(default)]
    also: Vec<String>,
    /// The only file.
    text: Option<String>,
    /// The files, where there are several.
    #[serde(default)]
    files: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    #[serde(default)]
    case: Vec<Miss>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Miss {
    name: String,
    #[serde(rename = "reason")]
    _reason: String,
}

/// Runs all cases below the folder.
pub(crate) fn run(fixtures: &Path) -> Outcome<Run> {
    let known: Known = toml::from_str(&fs::read_to_string(fixtures.join("known-misses.toml"))?)?;
    let mut known: BTreeSet<String> = known.case.into_iter().map(|miss| miss.name).collect();
    let mut scores: BTreeMap<Vec<String>, Score> = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut differences = Vec::new();
    for language in ["arm", "azapi", "bicep", "terraform"] {
        for case in read(&fixtures.join("cases").join(language))? {
            let name = format!("{language} {}: {}", case.rule, case.name);
            if !names.insert(name.clone()) {
                differences.push(format!("{name}: there are two of this name"));
            }
            let key = vec![language.to_owned(), case.category.clone()];
            let found = compare(&case, language, scores.entry(key).or_default())
                .map_err(|error| format!("{name}: {error}"))?;
            match (found.is_empty(), known.remove(&name)) {
                (true, true) => differences.push(format!("{name}: is right, and listed as wrong")),
                (false, false) => differences.push(format!("{name}: {}", found.join("; "))),
                _ => {}
            }
        }
    }
    differences.extend(known.iter().map(|name| format!("{name}: no such case")));
    Ok(Run {
        table: tables(&scores),
        differences,
    })
}

fn tables(scores: &BTreeMap<Vec<String>, Score>) -> String {
    let mut languages: BTreeMap<Vec<String>, Score> = BTreeMap::new();
    for (key, score) in scores {
        let language = key.first().cloned().unwrap_or_default();
        let sum = languages.entry(vec![language]).or_default();
        *sum = total([&*sum, score]);
    }
    format!(
        "{}\n{}",
        table(&["Language"], &languages),
        table(&["Language", "Category"], scores)
    )
}

fn read(folder: &Path) -> Outcome<Vec<Case>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let read: Topic = toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        cases.extend(read.case);
    }
    Ok(cases)
}

/// Judges a case; gives what is not as its label says.
fn compare(case: &Case, language: &str, score: &mut Score) -> Outcome<Vec<String>> {
    let only = match language {
        "arm" => "main.json",
        "bicep" => "main.bicep",
        _ => "main.tf",
    };
    let only = case.text.as_ref().map(|text| (only.to_owned(), text));
    let several = case.files.iter().map(|(path, text)| (path.clone(), text));
    let mut files = Vec::new();
    let mut expected: Vec<Found> = Vec::new();
    for (path, text) in only.into_iter().chain(several) {
        let path = format!("infra/{path}");
        let text = unmark(text, (&path, &case.rule), &mut expected);
        files.push((path, text));
    }
    let mut rules = vec![case.rule.clone()];
    rules.extend(case.also.iter().cloned());
    let found = judge(&files, &rules)?;
    let missed: Vec<_> = expected.iter().filter(|at| !found.contains(at)).collect();
    let wrong: Vec<_> = found.iter().filter(|at| !expected.contains(at)).collect();
    score.judged += 1;
    score.found += expected.len() - missed.len();
    score.missed += missed.len();
    score.false_alarms += wrong.len();
    let tell = |kind: &str, (rule, path, line): &Found| format!("{kind} {rule} at {path}:{line}");
    let missed = missed.into_iter().map(|at| tell("misses", at));
    Ok(missed
        .chain(wrong.into_iter().map(|at| tell("wrongly finds", at)))
        .collect())
}

/// Takes the marks out of a text and writes down what they say.
fn unmark(text: &str, (path, rule): (&str, &str), expected: &mut Vec<Found>) -> String {
    let mut clean = String::new();
    for (index, line) in text.lines().enumerate() {
        let Some((line, named)) = line.split_once(MARK) else {
            clean.push_str(line);
            clean.push('\n');
            continue;
        };
        clean.push_str(line.trim_end());
        clean.push('\n');
        let mut named: Vec<&str> = named.split_whitespace().collect();
        if named.is_empty() {
            named.push(rule);
        }
        let at = |rule: &str| (rule.to_owned(), path.to_owned(), index + 1);
        expected.extend(named.into_iter().map(at));
    }
    clean
}
