//! The rules of yamllint and what its own configurations say about them.

use std::sync::LazyLock;

use serde::Deserialize;

/// One of yamllint's rules: its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct YamlRule(u8);

/// The table, which is embedded and tested.
static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let text = include_str!("../../../../rules/yaml/yamllint.toml");
    toml::from_str::<Rows>(text).map_or_else(|_| Vec::new(), |rows| rows.rule)
});

#[derive(Deserialize)]
struct Rows {
    rule: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Row {
    id: String,
    pub(super) default: Level,
    pub(super) relaxed: Level,
    pub(super) options: Vec<String>,
    pub(super) relaxed_options: Option<String>,
}

/// What a configuration of yamllint's own makes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Level {
    Error,
    Warning,
    Off,
}

impl YamlRule {
    /// The rule with an id such as `braces`.
    pub fn of(id: &str) -> Option<YamlRule> {
        let mut rules = YamlRule::all();
        rules.find(|rule| rule.id() == id)
    }

    /// All rules, in the order of their ids.
    pub fn all() -> impl Iterator<Item = YamlRule> {
        TABLE.iter().zip(0..).map(|(_, number)| YamlRule(number))
    }

    /// Its id.
    pub fn id(self) -> &'static str {
        self.row().map_or("", |row| row.id.as_str())
    }

    pub(super) fn row(self) -> Option<&'static Row> {
        let table: &'static Vec<Row> = &TABLE;
        table.get(usize::from(self.0))
    }

    /// Its bit in a set of rules.
    pub(super) fn bit(self) -> u32 {
        1 << self.0
    }
}

#[cfg(test)]
mod tests {
    use super::YamlRule;

    #[test]
    fn every_rule_has_a_bit_and_a_name() {
        assert!(YamlRule::all().count() > 20);
        assert!(YamlRule::all().all(|rule| rule.0 < 32));
        assert!(YamlRule::all().all(|rule| YamlRule::of(rule.id()) == Some(rule)));
    }
}
