//! The table of the security baseline, and words for values.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_iac::evaluate::{Candidate, Known, Origin, Scope};
use baton_iac::model::Language;
use baton_source::{Diagnostic, Severity};
use serde::Deserialize;

use crate::File;

pub(crate) mod modules;

/// What the baseline demands of one property.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Row {
    pub(crate) rule: String,
    #[serde(default)]
    bicep: Vec<String>,
    #[serde(default)]
    terraform: Vec<String>,
    path: String,
    #[serde(default)]
    pub(crate) allowed: Vec<String>,
    #[serde(default)]
    pub(crate) any_of: Vec<String>,
    #[serde(default)]
    pub(crate) none_of: Vec<String>,
    pub(crate) set: Option<String>,
    pub(crate) when: Option<When>,
    severity: Option<String>,
}

/// A property that decides whether a row applies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct When {
    pub(crate) path: String,
    pub(crate) is: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

/// The rows of the baseline that belong to a rule.
pub(crate) fn baseline(slug: &str) -> &'static [Row] {
    baseline_by_rule().get(slug).map_or(&[], Vec::as_slice)
}

fn baseline_by_rule() -> &'static BTreeMap<String, Vec<Row>> {
    static TABLE: LazyLock<BTreeMap<String, Vec<Row>>> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/iac/baseline.toml");
        let rows = toml::from_str::<Table>(text).map(|table| table.row);
        let mut by_rule: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for row in rows.unwrap_or_default() {
            by_rule.entry(row.rule.clone()).or_default().push(row);
        }
        by_rule
    });
    &TABLE
}

impl Row {
    /// Whether the row speaks of this kind of resource.
    pub(crate) fn covers(&self, dialect: Language, kind: &str) -> bool {
        match dialect {
            Language::Bicep | Language::Arm => self
                .bicep
                .iter()
                .any(|name| name == "*" || name.eq_ignore_ascii_case(kind)),
            Language::Terraform => self
                .terraform
                .iter()
                .any(|name| name == "*" || name == kind),
        }
    }

    /// The names on the way to the property.
    pub(crate) fn path(&self) -> Vec<&str> {
        self.path.split('/').collect()
    }

    /// The property's own name.
    pub(crate) fn property(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The severity of the row, where it is not the rule's.
    pub(crate) fn severity(&self) -> Option<Severity> {
        self.severity.as_deref().and_then(|word| word.parse().ok())
    }
}

/// A value as a reader would write it.
pub(crate) fn shown(value: &Known) -> String {
    value
        .as_text()
        .map_or_else(|| "a list or an object".to_owned(), str::to_owned)
}

/// The word for a kind of named value.
pub(crate) fn origin_word(origin: Origin) -> &'static str {
    match origin {
        Origin::Default | Origin::Fallback => "default",
        Origin::Definition => "value",
        Origin::Assignment => "assignment",
        Origin::Argument => "argument",
        Origin::Iteration => "collection",
        Origin::Module => "module's value",
    }
}

/// Points at the named values through which a value arrives.
pub(crate) fn label_origin(finding: &mut Diagnostic, file: &File, candidate: &Candidate) {
    for via in &candidate.via {
        let word = origin_word(via.origin);
        finding.label(
            via.place.location(file.id),
            format!("the {word} of `{}` is used", via.address),
        );
    }
}

/// A scope as the evaluator wants it.
pub(crate) fn scope_of(template: &baton_iac::model::Template) -> impl Scope + '_ {
    baton_iac::evaluate::FileScope::new(template)
}

#[cfg(test)]
mod tests {
    use super::baseline_by_rule;
    use crate::RULES;

    #[test]
    fn every_row_belongs_to_a_rule_and_demands_something() {
        assert!(!baseline_by_rule().is_empty());
        for row in baseline_by_rule().values().flatten() {
            assert!(
                RULES.iter().any(|rule| rule.meta.slug == row.rule),
                "{}",
                row.rule
            );
            let demands = row.allowed.len() + row.any_of.len() + row.none_of.len();
            assert!(demands > 0, "{} {}", row.rule, row.path);
            assert!(
                row.bicep.is_empty() != row.terraform.is_empty(),
                "{} {}",
                row.rule,
                row.path
            );
            assert_eq!(
                row.severity.is_some(),
                row.severity().is_some(),
                "{} {}",
                row.rule,
                row.path
            );
        }
    }
}
