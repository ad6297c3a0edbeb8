//! Names in a configuration that markdownlint does not know.

use baton_source::{Span, nearest};
use baton_syntax::node::{Entry, Node};

use super::names::{self, LintRule};

/// Keys that name no rule.
const GENERAL: [&str; 3] = ["default", "extends", "$schema"];

/// Options of every rule.
const SHARED: [&str; 2] = ["enabled", "severity"];

/// What is unknown in an object of rules, with its place; when there are rules of others, any
/// name may be that of a rule.
pub(super) fn remarks(config: &Node, custom: bool) -> Vec<(Span, String)> {
    let entries = config.entries().iter();
    entries.flat_map(|entry| of_rule(entry, custom)).collect()
}

fn of_rule(entry: &Entry, custom: bool) -> Vec<(Span, String)> {
    let general = |name: &&str| name.eq_ignore_ascii_case(&entry.key);
    if GENERAL.iter().any(general) {
        return Vec::new();
    }
    match names::named(&entry.key) {
        [] if custom => Vec::new(),
        [] => vec![(entry.key_span, unknown_rule(&entry.key))],
        [rule] => of_options(*rule, &entry.value),
        // A tag: the options may be those of any of its rules.
        _ => Vec::new(),
    }
}

fn of_options(rule: LintRule, options: &Node) -> Vec<(Span, String)> {
    let known = || rule.options().iter().map(String::as_str).chain(SHARED);
    let unknown = options
        .entries()
        .iter()
        .filter(|entry| !known().any(|name| name == entry.key));
    let remark = |entry: &Entry| {
        let meant = meant(nearest(&entry.key, known()).map(str::to_owned));
        let message = format!("{} has no option `{}`{meant}", rule.id(), entry.key);
        (entry.key_span, message)
    };
    unknown.map(remark).collect()
}

fn unknown_rule(name: &str) -> String {
    let nearest = nearest(&name.to_uppercase(), names::all_names());
    let small = |near: &str| match near.strip_prefix("MD") {
        Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => near.to_owned(),
        _ => near.to_lowercase(),
    };
    let meant = meant(nearest.map(small));
    format!("markdownlint has no rule `{name}`{meant}")
}

fn meant(nearest: Option<String>) -> String {
    nearest.map_or_else(String::new, |near| format!("; `{near}` may be meant"))
}

#[cfg(test)]
mod tests {
    use baton_syntax::json::{Dialect, parse};

    use super::remarks;

    fn said(config: &str) -> Vec<String> {
        let node = parse(config, Dialect::Strict).root.unwrap();
        let remarks = remarks(&node, false).into_iter();
        remarks.map(|(_, message)| message).collect()
    }

    #[test]
    fn names_of_rules_and_options_are_known() {
        let config = r#"{"default": true, "MD013": {"line_length": 80, "enabled": true},
            "ul-style": {"style": "dash"}, "Headings": false, "extends": null}"#;
        assert_eq!(said(config), [""; 0]);
    }

    #[test]
    fn others_are_not() {
        assert_eq!(
            said(
                r#"{"MD013": {"line-length": 80}, "line-lenght": false, "nonsense-rule-name": true}"#
            ),
            [
                "MD013 has no option `line-length`; `line_length` may be meant",
                "markdownlint has no rule `line-lenght`; `line-length` may be meant",
                "markdownlint has no rule `nonsense-rule-name`",
            ]
        );
    }
}
