//! The tables of the security baseline: what is demanded of which property.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_iac::evaluate::{Known, Verdict};
use baton_iac::model::Language;
use baton_source::Severity;
use serde::Deserialize;

/// What the baseline demands of one property.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Row {
    /// The rule it belongs to.
    pub(crate) rule: String,
    /// Types of ARM, their case does not matter; or
    #[serde(default)]
    bicep: Vec<String>,
    /// types of Terraform.
    #[serde(default)]
    terraform: Vec<String>,
    /// The way to a list of which every item is judged alone; other paths begin at the item then.
    pub(crate) each: Option<String>,
    /// The names of properties and blocks on the way, separated by `/`.
    #[serde(default)]
    path: String,
    /// Every other value fails.
    #[serde(default)]
    pub(crate) allowed: Vec<String>,
    /// The value, or the list, must contain one of these words.
    #[serde(default)]
    pub(crate) any_of: Vec<String>,
    /// The list must contain all of these.
    #[serde(default)]
    pub(crate) all_of: Vec<String>,
    /// No item of the list, or of a text with commas, may be one of these.
    #[serde(default)]
    pub(crate) none_of: Vec<String>,
    /// No item may begin with one of these.
    #[serde(default)]
    pub(crate) none_with: Vec<String>,
    /// The smallest number that is not allowed anyway.
    pub(crate) at_least: Option<i64>,
    /// The largest number.
    pub(crate) at_most: Option<i64>,
    /// It must be set.
    #[serde(default)]
    pub(crate) required: bool,
    /// It must not be set.
    #[serde(default)]
    pub(crate) forbidden: bool,
    /// It is a text even where that reads like a truth value.
    #[serde(default)]
    text: bool,
    /// What is missing if nothing is found `elsewhere`; such a row has no path.
    pub(crate) missing: Option<String>,
    /// What a fix writes.
    pub(crate) set: Option<String>,
    /// The row applies only if all of these hold.
    #[serde(default)]
    pub(crate) when: Vec<When>,
    /// Where else the property can be set: what stands there has a row of its own.
    #[serde(default)]
    pub(crate) elsewhere: Vec<Elsewhere>,
    /// What the property comes to if it is not set; not judged without one.
    pub(crate) default: Option<Defaults>,
    /// That it is not set matters only if all of these hold.
    #[serde(default)]
    pub(crate) default_when: Vec<When>,
    /// That it is not set matters one step less if all of these hold; none says nothing.
    #[serde(default)]
    pub(crate) mild_when: Vec<When>,
    severity: Option<String>,
    absent_severity: Option<String>,
}

/// A property that decides whether a row applies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct When {
    pub(crate) path: String,
    /// It may be one of these.
    #[serde(default)]
    pub(crate) is: Vec<String>,
    /// It is none of these.
    #[serde(default)]
    pub(crate) is_not: Vec<String>,
    /// What it comes to if it is not set.
    pub(crate) default: Option<String>,
    /// It is set, or not, to whatever value.
    pub(crate) set: Option<bool>,
}

/// Another place where a property can be set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Elsewhere {
    /// The type of the other resource; the resource itself without one.
    pub(crate) kind: Option<String>,
    /// The property; the resource's existence is enough without one.
    pub(crate) path: Option<String>,
    /// The Terraform attribute that refers to the resource.
    pub(crate) link: Option<String>,
    /// The only names of the other resource that count.
    #[serde(default)]
    pub(crate) named: Vec<String>,
}

/// What a property that is not set comes to.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Defaults {
    /// Always the same.
    One(String),
    /// By version: the first that is not too old counts.
    Versions(Vec<Versioned>),
}

/// A default of some versions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Versioned {
    /// The first API version, or major version of the provider, that has it; no older one may be possible.
    pub(crate) from: Option<String>,
    /// The first that has another one; the last of the list without one, or nothing is known from there on.
    pub(crate) below: Option<String>,
    pub(crate) value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

macro_rules! tables {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../rules/iac/baseline/", $name, ".toml")))),*]
    };
}

/// The tables by the kind of service.
const TABLES: &[(&str, &str)] = tables!(
    "compute",
    "containers",
    "databases",
    "databases-2",
    "governance",
    "keyvault",
    "network",
    "services",
    "services-2",
    "storage",
    "web",
    "web-2",
);

/// The rows of the baseline that belong to a rule.
pub(crate) fn rows(slug: &str) -> &'static [Row] {
    by_rule().get(slug).map_or(&[], Vec::as_slice)
}

fn by_rule() -> &'static BTreeMap<String, Vec<Row>> {
    static ROWS: LazyLock<BTreeMap<String, Vec<Row>>> = LazyLock::new(|| {
        let mut by_rule: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for (_, text) in TABLES {
            let rows = toml::from_str::<Table>(text).map(|table| table.row);
            for row in rows.unwrap_or_default() {
                by_rule.entry(row.rule.clone()).or_default().push(row);
            }
        }
        by_rule
    });
    &ROWS
}

impl Row {
    /// Whether the row speaks of this kind of resource.
    pub(crate) fn covers(&self, language: Language, kind: &str) -> bool {
        if language == Language::Terraform {
            self.terraform.iter().any(|name| name == kind)
        } else {
            self.bicep
                .iter()
                .any(|name| name.eq_ignore_ascii_case(kind))
        }
    }

    /// The names on the way to the property; none if the row is about another resource.
    pub(crate) fn path(&self) -> Vec<&str> {
        split(&self.path)
    }

    /// The property's own name.
    pub(crate) fn property(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The severity of the row, where it is not the rule's.
    pub(crate) fn severity(&self) -> Option<Severity> {
        self.severity.as_deref().and_then(|word| word.parse().ok())
    }

    /// The severity where the property is not set, if it is not the rule's.
    pub(crate) fn absent_severity(&self) -> Option<Severity> {
        let word = self.absent_severity.as_ref().or(self.severity.as_ref());
        word.and_then(|word| word.parse().ok())
    }

    /// Whether the demand is about the items of a list.
    pub(crate) fn is_about_items(&self) -> bool {
        !self.none_of.is_empty() || !self.none_with.is_empty()
    }

    /// Whether the demand is about a list as a whole.
    pub(crate) fn is_about_list(&self) -> bool {
        !self.any_of.is_empty() || !self.all_of.is_empty()
    }

    /// Whether the value is a truth value, not a text that reads like one.
    pub(crate) fn is_truth(&self) -> bool {
        let is_truth = |word: &String| matches!(word.as_str(), "true" | "false");
        !self.text && !self.allowed.is_empty() && self.allowed.iter().all(is_truth)
    }

    /// Whether the value is a number.
    pub(crate) fn is_number(&self) -> bool {
        self.at_least.is_some() || self.at_most.is_some()
    }

    /// Whether a value is what the row demands.
    pub(crate) fn verdict(&self, language: Language, value: &Known) -> Verdict {
        let Some(text) = value.as_text() else {
            return match value {
                Known::Array { .. } | Known::Object { .. } if self.is_met_by_anything() => {
                    Verdict::Pass
                }
                _ => Verdict::Unknown,
            };
        };
        // Azure Resource Manager converts no text to a truth value; Terraform does.
        let is_misplaced_text =
            language != Language::Terraform && self.is_truth() && value.as_str().is_some();
        if !is_misplaced_text && self.holds(text) {
            Verdict::Pass
        } else {
            Verdict::Fail
        }
    }

    /// Whether a text, a number or a truth value is what the row demands.
    pub(crate) fn holds(&self, text: &str) -> bool {
        let is = |wanted: &String| wanted.eq_ignore_ascii_case(text);
        let lower = text.to_ascii_lowercase();
        let contains = |word: &String| lower.contains(&word.to_ascii_lowercase());
        let begins = |word: &String| lower.starts_with(&word.to_ascii_lowercase());
        if items_of(text).any(|item| {
            self.none_of
                .iter()
                .any(|bad| bad.eq_ignore_ascii_case(item))
        }) || self.none_with.iter().any(begins)
        {
            return false;
        }
        let is_item = |word: &String| items_of(text).any(|item| word.eq_ignore_ascii_case(item));
        if !self.all_of.iter().all(is_item) {
            return false;
        }
        let demands = !self.allowed.is_empty() || self.is_number() || !self.any_of.is_empty();
        !demands
            || self.allowed.iter().any(is)
            || (self.is_number() && self.is_within(text))
            || self.any_of.iter().any(contains)
    }

    fn is_within(&self, text: &str) -> bool {
        let Ok(number) = text.parse::<i64>() else {
            return false;
        };
        self.at_least.is_none_or(|least| number >= least)
            && self.at_most.is_none_or(|most| number <= most)
    }

    fn is_met_by_anything(&self) -> bool {
        self.required && self.allowed.is_empty() && !self.is_about_list() && !self.is_number()
    }
}

fn items_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim)
}

/// The names on a way written with `/`.
pub(crate) fn split(path: &str) -> Vec<&str> {
    path.split('/').filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{TABLES, Table, by_rule};
    use crate::RULES;

    #[test]
    fn every_table_can_be_read() {
        for (name, text) in TABLES {
            let table = toml::from_str::<Table>(text);
            assert!(table.is_ok(), "{name}: {:?}", table.err());
            assert!(text.lines().count() <= 400, "{name}");
        }
    }

    #[test]
    fn every_row_belongs_to_a_rule_and_demands_something() {
        for row in by_rule().values().flatten() {
            let name = format!("{} {}", row.rule, row.path);
            assert!(
                RULES.iter().any(|rule| rule.meta.slug == row.rule),
                "{name}"
            );
            let demands = row.allowed.len() + row.any_of.len() + row.none_of.len();
            let demands = demands + row.none_with.len() + row.all_of.len();
            assert!(
                demands > 0
                    || row.required
                    || row.forbidden
                    || row.is_number()
                    || row.missing.is_some(),
                "{name}"
            );
            assert!(row.bicep.is_empty() != row.terraform.is_empty(), "{name}");
            assert_eq!(row.severity.is_some(), row.severity().is_some(), "{name}");
            assert_eq!(row.path.is_empty(), row.missing.is_some(), "{name}");
        }
    }
}
