//! Labels of others that contradict Azure, the provider or our rules' documents.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;

use crate::{Outcome, fixtures};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    #[serde(default)]
    label: Vec<Label>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    /// `trivy` or `checkov`.
    set: String,
    /// The check that the label belongs to.
    check: String,
    /// The examples or resources; all of the check when it is empty.
    #[serde(default)]
    examples: Vec<String>,
    /// Why we do not follow it.
    reason: String,
}

/// The labels that we do not follow.
pub(crate) struct Disagreements {
    reasons: BTreeMap<(String, Option<String>), String>,
}

impl Disagreements {
    /// Those about one of the sets.
    pub(crate) fn read(set: &str) -> Outcome<Self> {
        let text = fs::read_to_string(fixtures().join("disagreements.toml"))?;
        let listed: Listed = toml::from_str(&text)?;
        let mut reasons = BTreeMap::new();
        for label in listed.label.into_iter().filter(|label| label.set == set) {
            if label.examples.is_empty() {
                reasons.insert((label.check.clone(), None), label.reason.clone());
            }
            for example in label.examples {
                let key = (label.check.clone(), Some(example));
                reasons.insert(key, label.reason.clone());
            }
        }
        Ok(Self { reasons })
    }

    /// Why a label is not followed.
    pub(crate) fn reason(&self, check: &str, example: &str) -> Option<&str> {
        let one = (check.to_owned(), Some(example.to_owned()));
        let all = (check.to_owned(), None);
        let reason = self.reasons.get(&one).or_else(|| self.reasons.get(&all));
        reason.map(String::as_str)
    }
}
