//! What a configuration says about each rule.

use baton_syntax::node::{Node, Value};

use super::names::{self, LintRule};

/// What one rule is told.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LintSetting {
    /// Whether it runs.
    pub on: bool,
    /// Whether its findings are warnings.
    pub warning: bool,
    /// Its options, when it has any.
    pub options: Option<Node>,
}

/// What every rule is told, in the order of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct LintSettings(Vec<LintSetting>);

/// Names of rules with what is said about them; a name said again keeps its place.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RuleConfig(Vec<(String, Node)>);

impl RuleConfig {
    /// The keys of an object, but `extends` and `$schema`, which are about the file.
    pub(super) fn of(object: &Node) -> RuleConfig {
        let mut config = RuleConfig::default();
        for entry in object.entries() {
            if entry.key != "extends" && entry.key != "$schema" {
                config.set(&entry.key, &entry.value);
            }
        }
        config
    }

    /// Lays another configuration over this one.
    pub(super) fn overlaid(mut self, above: &RuleConfig) -> RuleConfig {
        for (name, value) in &above.0 {
            self.set(name, value);
        }
        self
    }

    fn set(&mut self, name: &str, value: &Node) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value.clone(),
            None => self.0.push((name.to_owned(), value.clone())),
        }
    }

    /// What every rule is told.
    pub(super) fn settings(&self) -> LintSettings {
        let default = self.0.iter();
        let default = default
            .clone()
            .find(|(name, _)| name.eq_ignore_ascii_case("default"));
        let default = default.map_or_else(all_on, |(_, value)| setting(value));
        let default = LintSetting {
            options: None,
            ..default
        };
        let mut settings = LintSettings(LintRule::all().map(|_| default.clone()).collect());
        let named = |(name, value)| names::named(name).iter().map(move |rule| (rule, value));
        let said = self.0.iter().map(|(name, value)| (name.as_str(), value));
        for (rule, value) in said.flat_map(named) {
            if let Some(place) = settings.0.get_mut(usize::from(rule.0)) {
                *place = setting(value);
            }
        }
        settings
    }
}

impl LintSettings {
    /// What a rule is told.
    pub fn of(&self, rule: LintRule) -> Option<&LintSetting> {
        self.0.get(usize::from(rule.0))
    }

    /// The rules that run, as bits.
    pub(super) fn on(&self) -> u64 {
        let rules = LintRule::all().zip(&self.0);
        let on = rules.filter(|(_, setting)| setting.on);
        on.fold(0, |bits, (rule, _)| bits | rule.bit())
    }
}

fn all_on() -> LintSetting {
    LintSetting {
        on: true,
        ..LintSetting::default()
    }
}

/// Reads `true`, `"warning"`, `{ severity: …, enabled: …, options … }` and the like; what
/// JavaScript takes for false is false.
fn setting(value: &Node) -> LintSetting {
    let said = |key| value.get(key);
    let severity = if value.is_mapping() {
        said("severity")
    } else {
        Some(value)
    };
    LintSetting {
        on: is_truthy(value) && said("enabled").is_none_or(is_truthy),
        warning: severity.and_then(Node::as_str) == Some("warning"),
        options: value.is_mapping().then(|| value.clone()),
    }
}

/// Whether JavaScript takes a value for true.
pub fn is_truthy(value: &Node) -> bool {
    match &value.value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(_) => value.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => !text.is_empty(),
        Value::Sequence(_) | Value::Mapping(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use baton_syntax::json::{Dialect, parse};

    use super::{LintRule, LintSetting, RuleConfig};

    fn setting(config: &str, id: &str) -> LintSetting {
        let node = parse(config, Dialect::Strict).root.unwrap();
        let settings = RuleConfig::of(&node).settings();
        settings.of(LintRule::of(id).unwrap()).unwrap().clone()
    }

    #[test]
    fn later_names_win_whatever_they_are() {
        assert!(!setting(r#"{"MD009": true, "whitespace": false}"#, "MD009").on);
        assert!(setting(r#"{"whitespace": false, "MD009": true}"#, "MD009").on);
        assert!(!setting(r#"{"DEFAULT": false}"#, "MD009").on);
        assert!(setting("{}", "MD009").on);
    }

    #[test]
    fn a_rule_may_be_off_or_a_warning() {
        assert!(setting(r#"{"MD013": "warning"}"#, "MD013").warning);
        assert!(setting(r#"{"default": "warning"}"#, "MD013").warning);
        assert!(!setting(r#"{"MD013": {"enabled": false}}"#, "MD013").on);
        assert!(setting(r#"{"MD013": {"severity": "warning"}}"#, "MD013").warning);
        let options = setting(r#"{"line-length": {"line_length": 80}}"#, "MD013").options;
        let length = options.and_then(|options| options.get("line_length")?.as_i64());
        assert_eq!(length, Some(80));
    }
}
