//! Registries of agents: which file plays which role, with which model and skills.
//!
//! Two shapes mean the same: sections of roles by key, and a manifest whose `roles` name agents.

use baton_source::{FileId, Span};
use baton_syntax::node::{Entry, Node};

use crate::{File, Text};

/// Keys that hold one entry for each track.
const VARIANTS: [&str; 2] = ["bicep", "terraform"];

/// One registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registry {
    /// The file.
    pub file: FileId,
    /// Its entries, variants one by one, in the order in which they stand.
    pub entries: Vec<RegistryEntry>,
    /// Its prompts.
    pub prompts: Vec<RegistryPrompt>,
}

/// One role, or one of its variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryEntry {
    /// What it is called, such as `iac-code (bicep)`.
    pub called: String,
    /// Where it begins: its key, or the first key of a role in a list.
    pub span: Span,
    /// How its `agent` is meant.
    pub names: Names,
    /// Its `agent`.
    pub agent: Option<Text>,
    /// Its `model`.
    pub model: Option<Text>,
    /// Its `skills`, or those it shares with the other variants; `None` without such a list.
    pub skills: Option<Vec<Text>>,
    /// Its `capability_skills`, likewise.
    pub capability_skills: Option<Vec<Text>>,
}

/// How an entry names its agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// By the path of its file.
    Path,
    /// By its `name`.
    Name,
}

/// A prompt that people call by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryPrompt {
    /// Its key.
    pub key: Text,
    /// The path of its file.
    pub prompt: Option<Text>,
    /// Its `model`; `None` when it has none of its own.
    pub model: Option<Text>,
}

impl Registry {
    /// Reads a registry; `None` when it is no object.
    pub fn read(file: &File) -> Option<Registry> {
        let root = file.node().filter(|root| root.is_mapping())?;
        let mut entries = Vec::new();
        for section in ["agents", "subagents"] {
            for entry in children(root, section) {
                roles(entry, &mut entries);
            }
        }
        let listed = root.get("roles").map(Node::items).unwrap_or_default();
        entries.extend(listed.iter().filter_map(listed_role));
        Some(Registry {
            file: file.id,
            entries,
            prompts: children(root, "prompts").iter().map(prompt).collect(),
        })
    }
}

fn children<'n>(root: &'n Node, key: &str) -> &'n [Entry] {
    root.get(key).map(Node::entries).unwrap_or_default()
}

fn roles(entry: &Entry, into: &mut Vec<RegistryEntry>) {
    let shared = &entry.value;
    let variants = VARIANTS.iter().filter_map(|key| shared.entry(key));
    let variants: Vec<&Entry> = variants.collect();
    if variants.is_empty() {
        into.push(role(entry.key.clone(), entry.key_span, shared));
    }
    for variant in variants {
        let called = format!("{} ({})", entry.key, variant.key);
        let mut own = role(called, variant.key_span, &variant.value);
        own.skills = own.skills.or_else(|| texts(shared, "skills"));
        let capability = || texts(shared, "capability_skills");
        own.capability_skills = own.capability_skills.or_else(capability);
        into.push(own);
    }
}

fn role(called: String, span: Span, node: &Node) -> RegistryEntry {
    RegistryEntry {
        called,
        span,
        names: Names::Path,
        agent: text(node, "agent"),
        model: text(node, "model"),
        skills: texts(node, "skills"),
        capability_skills: texts(node, "capability_skills"),
    }
}

fn listed_role(node: &Node) -> Option<RegistryEntry> {
    let first = node.entries().first()?;
    let mut keys = ["role", "agent"].into_iter();
    let called = keys.find_map(|key| node.get(key)?.as_str());
    let called = called.unwrap_or("?").to_owned();
    let mut entry = role(called, first.key_span, node);
    entry.names = Names::Name;
    Some(entry)
}

fn prompt(entry: &Entry) -> RegistryPrompt {
    RegistryPrompt {
        key: Text {
            value: entry.key.clone(),
            span: entry.key_span,
        },
        prompt: text(&entry.value, "prompt"),
        model: text(&entry.value, "model"),
    }
}

fn text(node: &Node, key: &str) -> Option<Text> {
    node.get(key).and_then(Text::read)
}

fn texts(node: &Node, key: &str) -> Option<Vec<Text>> {
    let list = node.get(key).filter(|list| list.is_sequence())?;
    Some(list.items().iter().filter_map(Text::read).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Names;
    use crate::{Memory, Options, Repo};

    const PATH: &str = "tools/registry/agent-registry.json";

    fn check(path: &str, text: &str, expected: &[&str]) {
        let source = Memory::new([(path, text)]);
        let repo = Repo::open(Arc::new(source), &Options::default()).expect("a layout");
        let entries = repo.registries().iter().flat_map(|found| &found.entries);
        let found = entries.map(|entry| {
            let value = |text: &Option<crate::Text>| {
                let value = text.as_ref().map(|text| text.value.clone());
                value.unwrap_or_else(|| "-".to_owned())
            };
            let (agent, model) = (value(&entry.agent), value(&entry.model));
            let skills = entry.skills.as_ref().map_or(0, Vec::len);
            let by = if entry.names == Names::Name {
                "name"
            } else {
                "path"
            };
            let at = entry.span.of(text);
            format!("{} {at} {by} {agent} {model} {skills}", entry.called)
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_shape_gives_entries() {
        check(
            PATH,
            r#"{"agents": {"a": {"agent": "a.md", "model": "m", "skills": ["x"]},
                "b": {"bicep": {"agent": "b.md"}, "terraform": {"model": "m", "skills": []},
                      "skills": ["x", "y"]}},
                "subagents": {"c": 1}}"#,
            &[
                "a \"a\" path a.md m 1",
                "b (bicep) \"bicep\" path b.md - 2",
                "b (terraform) \"terraform\" path - m 0",
                "c \"c\" path - - 0",
            ],
        );
        check(
            "customizations/manifest.json",
            r#"{"roles": [{"agent": "A", "role": "r", "model": "m"}, {}, {"agent": "B"}]}"#,
            &["r \"agent\" name A m 0", "B \"agent\" name B - 0"],
        );
        check(PATH, "[]", &[]);
        check(PATH, "{", &[]);
    }
}
