//! What one rule about commit messages is told.

use baton_source::{Severity, Span};
use baton_syntax::node::{Node, Value};

/// What one rule about commit messages is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitRule {
    /// How much it matters; `None` when it does not run.
    pub severity: Option<Severity>,
    /// Whether what it names must not be.
    pub is_never: bool,
    /// A number, when it takes one.
    pub number: Option<usize>,
    /// Words, when it takes some; `!` before a case turns it around.
    pub words: Vec<String>,
    /// What separates the parts of a scope, when that is said.
    pub delimiters: Vec<String>,
}

impl CommitRule {
    /// Reads `[level, always or never, value]`; the error says what is wrong.
    pub fn read(node: &Node) -> Result<CommitRule, &'static str> {
        let [level, rest @ ..] = node.items() else {
            return Err("this is no list of a level, `always` or `never`, and a value");
        };
        let severity = match level.as_i64() {
            Some(0) => None,
            Some(1) => Some(Severity::Warning),
            Some(2) => Some(Severity::Error),
            _ => return Err("the level is none of 0, 1 and 2"),
        };
        let mut rule = CommitRule {
            severity,
            is_never: false,
            number: None,
            words: Vec::new(),
            delimiters: Vec::new(),
        };
        let (when, value) = match rest {
            [] if severity.is_none() => return Ok(rule),
            [when] => (when, None),
            [when, value] => (when, Some(value)),
            _ => return Err("this is no list of a level, `always` or `never`, and a value"),
        };
        rule.is_never = match when.as_str() {
            Some("always") => false,
            Some("never") => true,
            _ => return Err("neither `always` nor `never` follows the level"),
        };
        if let Some(value) = value {
            rule.take(value);
        }
        Ok(rule)
    }

    /// Reads `level always|never values`, as baton.toml has it.
    pub fn parse(text: &str) -> Result<CommitRule, String> {
        let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
        let severity = match words.next() {
            None | Some("off") => None,
            Some("warning") => Some(Severity::Warning),
            Some("error") => Some(Severity::Error),
            Some(other) => {
                return Err(format!(
                    "`{other}` is none of the levels `error`, `warning` and `off`"
                ));
            }
        };
        let mut rule = CommitRule {
            severity,
            is_never: false,
            number: None,
            words: words.map(str::to_owned).collect(),
            delimiters: Vec::new(),
        };
        if let Some(first) = rule.words.first()
            && matches!(first.as_str(), "always" | "never")
        {
            rule.is_never = first == "never";
            rule.words.remove(0);
        }
        if let [number] = rule.words.as_slice()
            && let Ok(number) = number.parse()
        {
            rule.number = Some(number);
            rule.words.clear();
        }
        Ok(rule)
    }

    fn take(&mut self, value: &Node) {
        match &value.value {
            Value::Number(_) => {
                self.number = value.as_i64().and_then(|number| number.try_into().ok());
            }
            Value::String(word) => self.words.push(word.clone()),
            Value::Sequence(items) => self.words.extend(items.iter().filter_map(word)),
            Value::Mapping(_) => {
                let words = value.get("scopes").or(value.get("cases"));
                let words = words.map(Node::items).unwrap_or_default();
                self.words.extend(words.iter().filter_map(word));
                let delimiters = value.get("delimiters").map(Node::items);
                let delimiters = delimiters.unwrap_or_default().iter();
                self.delimiters.extend(delimiters.filter_map(word));
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
}

/// A word, or a case with when it holds.
fn word(node: &Node) -> Option<String> {
    if let Some(word) = node.as_str() {
        return Some(word.to_owned());
    }
    let case = node.get("case")?.as_str()?;
    let is_never = node.get("when").and_then(Node::as_str) == Some("never");
    Some(format!("{}{case}", if is_never { "!" } else { "" }))
}

/// A value of TOML as the tree that the other formats have.
pub(super) fn node_of(value: &toml::Value) -> Node {
    let value = match value {
        toml::Value::String(text) => Value::String(text.clone()),
        toml::Value::Boolean(value) => Value::Bool(*value),
        toml::Value::Array(items) => Value::Sequence(items.iter().map(node_of).collect()),
        toml::Value::Integer(number) => Value::Number(number.to_string()),
        _ => Value::Null,
    };
    Node {
        span: Span::at(0),
        value,
    }
}

#[cfg(test)]
mod tests {
    use baton_source::Severity;

    use super::CommitRule;

    #[test]
    fn words_of_our_configuration_are_read() {
        let rule = CommitRule::parse("error always feat, fix").unwrap();
        assert_eq!(rule.severity, Some(Severity::Error));
        assert_eq!(rule.words, ["feat", "fix"]);
        assert_eq!(CommitRule::parse("warning 72").unwrap().number, Some(72));
        assert!(CommitRule::parse("warning never").unwrap().is_never);
        assert_eq!(CommitRule::parse("off").unwrap().severity, None);
        assert!(CommitRule::parse("loud").is_err());
    }
}
