//! The registry of decision keys: those known everywhere and those a repository adds.

use std::sync::LazyLock;

use baton_syntax::markdown::{Markdown, Table};
use serde::Deserialize;

use super::StepKey;

/// The keys that `decisions` may have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionKeys {
    /// The keys, those known everywhere first; a repository's registry may repeat one.
    #[serde(rename = "key")]
    pub keys: Vec<DecisionKey>,
}

/// One key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionKey {
    /// Its name; `<step>` in it stands for the key of any step.
    pub name: String,
    /// The values it may have; empty when any will do.
    #[serde(default)]
    pub values: Vec<String>,
    /// Year and month since which a project must have it.
    pub since: Option<String>,
}

impl DecisionKeys {
    /// The keys known everywhere.
    pub fn embedded() -> &'static DecisionKeys {
        static EMBEDDED: LazyLock<DecisionKeys> = LazyLock::new(|| {
            let text = include_str!("../../../../rules/state/decision-keys.toml");
            toml::from_str(text).unwrap_or(DecisionKeys { keys: Vec::new() })
        });
        &EMBEDDED
    }

    /// The keys known everywhere and those of a repository's registry.
    pub(crate) fn with(registry: Option<&Markdown>) -> DecisionKeys {
        let mut keys = DecisionKeys::embedded().clone();
        let tables = registry.map_or(&[][..], |registry| &registry.tables);
        keys.keys.extend(tables.iter().flat_map(rows));
        keys
    }

    /// The rows about a key.
    pub fn about<'k>(&'k self, key: &'k str) -> impl Iterator<Item = &'k DecisionKey> {
        self.keys.iter().filter(move |known| known.is(key))
    }

    /// The values a key may have; empty when any will do.
    pub fn values<'k>(&'k self, key: &'k str) -> Vec<&'k str> {
        let is_free = self.about(key).any(|row| row.values.is_empty());
        let values = self.about(key).flat_map(|row| &row.values);
        let mut values: Vec<&str> = values.filter(|_| !is_free).map(String::as_str).collect();
        values.sort_unstable();
        values.dedup();
        values
    }
}

impl DecisionKey {
    fn is(&self, key: &str) -> bool {
        let around = self.name.split_once('<');
        let around = around.and_then(|(before, rest)| Some((before, rest.strip_prefix("step>")?)));
        match around {
            None => self.name == key,
            Some((before, after)) => key
                .strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after))
                .is_some_and(|step| StepKey::parse(step).is_some()),
        }
    }
}

/// The rows of a table whose first column is headed `Key`.
fn rows(table: &Table) -> impl Iterator<Item = DecisionKey> {
    let is_registry = table
        .header
        .first()
        .is_some_and(|cell| cell.text.eq_ignore_ascii_case("key"));
    let rows = table.rows.iter().filter(move |_| is_registry);
    rows.filter_map(|row| {
        let name = row.first()?.raw.trim();
        let name = name.strip_prefix('`')?.strip_suffix('`')?;
        Some(DecisionKey {
            name: name.to_owned(),
            values: row.get(1).map_or_else(Vec::new, |cell| values(&cell.raw)),
            since: None,
        })
    })
}

/// The values of a cell that holds nothing but values in backticks between bars.
fn values(cell: &str) -> Vec<String> {
    let parts = cell.split("\\|").map(|part| {
        let word = part.trim().strip_prefix('`')?.strip_suffix('`')?;
        (!word.contains('`')).then(|| word.to_owned())
    });
    parts.collect::<Option<Vec<_>>>().unwrap_or_default()
}
