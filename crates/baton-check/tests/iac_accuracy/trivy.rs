//! The good and bad examples that trivy-checks keeps for Azure.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use baton_syntax::yaml;
use regex::Regex;

use crate::Outcome;
use crate::disagreements::Disagreements;
use crate::judge::{judge, known_as};
use crate::score::{Score, table};

const CHECKS: &str = "checks/cloud/azure";

/// Judges all examples of a checkout; gives the tables.
pub(crate) fn score(checkout: &Path) -> Outcome<String> {
    let disagreements = Disagreements::read("trivy")?;
    let id = Regex::new(r"(?m)^#\s+id: (AZU-\d+)")?;
    let mut scores = BTreeMap::new();
    let mut followed = BTreeMap::new();
    let mut wrong = String::new();
    for path in metadata(&checkout.join(CHECKS))? {
        let rego = fs::read_to_string(path.with_extension("rego"))?;
        let found = id.captures(&rego).and_then(|found| found.get(1));
        let check = found.ok_or("a check has no id")?.as_str();
        let rules = known_as(check);
        let service = path.parent().and_then(Path::file_name).unwrap_or_default();
        let row = vec![
            format!("{check} ({})", service.to_string_lossy()),
            rules.join(", "),
        ];
        let score: &mut Score = scores.entry(row.clone()).or_default();
        let follows: &mut Score = followed.entry(row).or_default();
        for (example, text) in examples(&path)? {
            let bad = example.starts_with("bad");
            let files = [("infra/main.tf".to_owned(), text)];
            let found = if rules.is_empty() {
                Vec::new()
            } else {
                judge(&files, &rules)?
            };
            score.verdict(bad, !found.is_empty());
            let reason = disagreements.reason(check, &example);
            if reason.is_none() {
                follows.verdict(bad, !found.is_empty());
            }
            if bad == found.is_empty() {
                let _ = writeln!(
                    wrong,
                    "{check} {example}: {found:?} {}",
                    reason.unwrap_or("")
                );
            }
        }
    }
    let heads = ["Check", "Rules"];
    Ok(format!(
        "As labelled\n\n{}\nWithout labels that we do not follow\n\n{}\nWrong\n\n{wrong}",
        table(&heads, &scores),
        table(&heads, &followed)
    ))
}

/// The files with the examples, one for each check.
fn metadata(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    for service in fs::read_dir(folder)? {
        for file in fs::read_dir(service?.path())? {
            let path = file?.path();
            if path.extension().is_some_and(|end| end == "yaml") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// `good 1`, `bad 1` and the like, with their text.
fn examples(path: &Path) -> Outcome<Vec<(String, String)>> {
    let text = fs::read_to_string(path)?;
    let document = yaml::parse(&text, 0);
    let mut examples = Vec::new();
    for kind in ["good", "bad"] {
        let list = document.root.as_ref();
        let list = list.and_then(|root| root.pointer(&format!("/terraform/{kind}")));
        for (index, item) in list.map_or(&[][..], |list| list.items()).iter().enumerate() {
            let text = item.as_str().ok_or("an example is no text")?;
            examples.push((format!("{kind} {}", index + 1), text.to_owned()));
        }
    }
    Ok(examples)
}
