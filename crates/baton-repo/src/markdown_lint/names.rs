//! The rules of markdownlint and the names a configuration may use for them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// One of markdownlint's rules: its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LintRule(pub(super) u8);

/// The table, which is embedded and tested.
static TABLE: LazyLock<Names> = LazyLock::new(|| {
    let text = include_str!("../../../../rules/markdown/markdownlint.toml");
    let rows = toml::from_str::<Rows>(text).map_or_else(|_| Vec::new(), |rows| rows.rule);
    let mut names = Names::default();
    for (row, number) in rows.into_iter().zip(0..) {
        let rule = LintRule(number);
        let own = std::iter::once(&row.id).chain(&row.names).chain(&row.tags);
        for name in own {
            let rules = names.by_name.entry(name.to_uppercase()).or_default();
            rules.push(rule);
        }
        names.ids.push(row.id);
        names.options.push(row.options);
    }
    names
});

#[derive(Default)]
struct Names {
    ids: Vec<String>,
    options: Vec<Vec<String>>,
    /// Ids, aliases and tags in upper case, as markdownlint compares them.
    by_name: BTreeMap<String, Vec<LintRule>>,
}

#[derive(Deserialize)]
struct Rows {
    rule: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    names: Vec<String>,
    tags: Vec<String>,
    #[serde(default)]
    options: Vec<String>,
}

impl LintRule {
    /// The rule with an id such as `MD009`.
    pub fn of(id: &str) -> Option<LintRule> {
        // Asked for every rule and file, so no name is made for it; the ids are in order.
        let table: &'static Names = &TABLE;
        let at = table.ids.binary_search_by(|own| own.as_str().cmp(id));
        at.ok().and_then(|at| u8::try_from(at).ok()).map(LintRule)
    }

    /// All rules, in the order of their ids.
    pub fn all() -> impl Iterator<Item = LintRule> {
        TABLE
            .ids
            .iter()
            .zip(0..)
            .map(|(_, number)| LintRule(number))
    }

    /// Its id, such as `MD009`.
    pub fn id(self) -> &'static str {
        let table: &'static Names = &TABLE;
        table
            .ids
            .get(usize::from(self.0))
            .map_or("", String::as_str)
    }

    /// The options it knows.
    pub(super) fn options(self) -> &'static [String] {
        let table: &'static Names = &TABLE;
        let options = table.options.get(usize::from(self.0));
        options.map_or(&[], Vec::as_slice)
    }

    /// Its bit in a set of rules.
    pub(super) fn bit(self) -> u64 {
        1 << self.0
    }
}

/// The rules that an id, an alias or a tag stands for; case is no matter.
pub(super) fn named(name: &str) -> &'static [LintRule] {
    let table: &'static Names = &TABLE;
    let rules = table.by_name.get(&name.to_uppercase());
    rules.map_or(&[], Vec::as_slice)
}

/// Every id, alias and tag, in capital letters.
pub(super) fn all_names() -> impl Iterator<Item = &'static str> {
    let table: &'static Names = &TABLE;
    table.by_name.keys().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::{LintRule, named};

    #[test]
    fn every_rule_has_a_bit_and_a_name() {
        assert!(LintRule::all().count() > 50);
        assert!(LintRule::all().all(|rule| rule.0 < 64));
        assert!(LintRule::all().all(|rule| LintRule::of(rule.id()) == Some(rule)));
    }

    #[test]
    fn aliases_and_tags_stand_for_rules() {
        let ids = |name| named(name).iter().map(|rule| rule.id()).collect::<Vec<_>>();
        assert_eq!(ids("no-trailing-spaces"), ["MD009"]);
        assert_eq!(ids("Tables"), [""; 0]);
        assert_eq!(ids("table"), ["MD055", "MD056", "MD058", "MD060"]);
    }
}
