//! What Claude Code understands of the settings in a repository.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_repo::File;
use baton_syntax::node::{Entry, Node};
use serde::Deserialize;

/// What it understands.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Format {
    /// Keys of the file.
    pub(crate) keys: Vec<String>,
    /// Keys of `permissions`.
    pub(crate) permissions: Vec<String>,
    /// Modes a session may start in.
    pub(crate) modes: Vec<String>,
    /// Keys that are read elsewhere only.
    pub(crate) unread: Vec<String>,
    /// Tools whose rules with a path nobody asks, with the tool to write instead.
    pub(crate) path_rules: BTreeMap<String, String>,
    /// The parameter of a tool that no rule can name.
    pub(crate) main_parameters: BTreeMap<String, String>,
    /// Keys that belong elsewhere, and where.
    pub(crate) misplaced: BTreeMap<String, String>,
    /// Keys that hold one kind of value only.
    pub(crate) types: Types,
}

/// Keys, by what they hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Types {
    /// `true` or `false`.
    pub(crate) flags: Vec<String>,
    /// Text.
    pub(crate) texts: Vec<String>,
    /// A number.
    pub(crate) numbers: Vec<String>,
    /// A list.
    pub(crate) lists: Vec<String>,
    /// An object.
    pub(crate) objects: Vec<String>,
}

/// The format of such settings.
pub(crate) fn format() -> &'static Format {
    static FORMAT: LazyLock<Format> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/agent-hooks/claude-settings.toml");
        toml::from_str(text).unwrap_or_default()
    });
    &FORMAT
}

/// A rule of permissions: the list it is in, where it stands, and the rule.
pub(crate) type Permission<'a> = (&'a str, &'a Node, &'a str);

/// The rules of permissions in settings.
pub(crate) fn permissions(file: &File) -> Vec<Permission<'_>> {
    let permissions = file.node().and_then(|root| root.get("permissions"));
    let lists = permissions.map_or(&[][..], Node::entries).iter();
    let lists = lists.filter(|list| matches!(list.key.as_str(), "allow" | "ask" | "deny"));
    let mut found = Vec::new();
    for Entry { key, value, .. } in lists {
        let texts = value.items().iter();
        found.extend(texts.filter_map(|node| Some((key.as_str(), node, node.as_str()?.trim()))));
    }
    found
}

/// A rule's tool, and what stands in its parentheses.
pub(crate) fn parts(rule: &str) -> (&str, Option<&str>) {
    match rule.split_once('(') {
        Some((tool, rest)) => (tool, Some(rest.strip_suffix(')').unwrap_or(rest))),
        None => (rule, None),
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn the_table_can_be_read() {
        let text = include_str!("../../../../rules/agent-hooks/claude-settings.toml");
        let format: Format = toml::from_str(text).unwrap();
        assert!(format.keys.len() > 100);
        let types = format.types;
        let lists = [
            types.flags,
            types.texts,
            types.numbers,
            types.lists,
            types.objects,
        ];
        assert!(lists.iter().flatten().all(|key| format.keys.contains(key)));
    }
}
