//! Runs rules over files in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_check::{CheckConfig, Scope, check, select};
use baton_repo::{Date, Memory, Options, Repo};
use baton_rules::{RULES, Settings};

use crate::Outcome;

/// Where a rule found something: the rule, the file, the line.
pub(crate) type Found = (String, String, usize);

/// What the named rules find in the files.
pub(crate) fn judge(files: &[(String, String)], rules: &[String]) -> Outcome<Vec<Found>> {
    let bytes = files
        .iter()
        .map(|(path, text)| (path.clone(), text.as_bytes().to_vec()));
    let repo = Repo::open(
        Arc::new(Memory::new(bytes.collect::<Vec<_>>())),
        &Options::default(),
    )?;
    let config = CheckConfig {
        selection: select(rules, &[])?,
        levels: BTreeMap::new(),
        overrides: Vec::new(),
        settings: Settings::default(),
        baseline: None,
        standing: None,
        today: "2026-11-21".parse::<Date>().map_err(|()| "a bad date")?,
    };
    let report = check(&repo, &config, &Scope::All)?;
    if let Some(failure) = report.failures.first() {
        return Err(failure.message.clone().into());
    }
    let mut found = Vec::new();
    for finding in &report.findings {
        let Some(file) = repo.by_id(finding.at.file) else {
            continue;
        };
        let line = finding.at.span.map_or(1, |span| {
            file.lines().locate(file.text(), span.start).line as usize
        });
        let place = (finding.rule.to_string(), file.path.to_string(), line);
        if rules.contains(&place.0) && !found.contains(&place) {
            found.push(place);
        }
    }
    Ok(found)
}

/// The rules about infrastructure that go by this name elsewhere.
pub(crate) fn known_as(id: &str) -> Vec<String> {
    let rules = RULES.iter().filter(|rule| rule.meta.family == "iac");
    rules
        .filter(|rule| rule.meta.aliases.contains(&id))
        .map(|rule| rule.meta.slug.to_owned())
        .collect()
}
