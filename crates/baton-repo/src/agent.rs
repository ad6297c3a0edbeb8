//! Agent files as their readers understand them.
//!
//! What is written in the front matter, typed and with positions. A key of the wrong type is
//! absent here; that it is wrong is a rule's business.

mod conventions;
mod prompting;

use baton_source::{FileId, RepoPath, Span, Spanned};
use baton_syntax::node::{Node, Value};

use crate::File;
pub use conventions::{AgentConventions, Density};
pub use prompting::{
    AbsoluteWords, Demand, FamilyStatus, ForeignTags, LongBody, ModelFamily, OutcomeFirst, Prefill,
    Prompting, Research,
};

/// One agent file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// The file.
    pub file: FileId,
    /// Where the file is.
    pub path: RepoPath,
    /// The file's name without `.agent.md`.
    pub stem: String,
    /// Whether it lies where agents live that only other agents call.
    pub is_subagent: bool,
    /// Its `name`.
    pub name: Option<Text>,
    /// Its `description`.
    pub description: Option<Text>,
    /// Its `user-invocable`.
    pub user_invocable: Option<Flag>,
    /// Its `tools`; `None` when there is no such list.
    pub tools: Option<Vec<Text>>,
    /// Its `model`, one or several in order of preference.
    pub model: Vec<Text>,
    /// The agents it may call; `None` when there is no such list.
    pub agents: Option<Vec<Text>>,
    /// Its `handoffs`.
    pub handoffs: Vec<Handoff>,
    /// The text after the front matter.
    pub body: Span,
}

/// A text of the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text, escapes decoded.
    pub value: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A yes or no of the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// What it says; `None` when it is neither.
    pub value: Option<bool>,
    /// Where it stands.
    pub span: Span,
}

/// A suggestion to go on with another agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    /// Where it begins: its first key.
    pub span: Span,
    /// What the button says.
    pub label: Option<Text>,
    /// The agent to go on with.
    pub agent: Option<Text>,
    /// What that agent is told.
    pub prompt: Option<Text>,
    /// Whether the prompt is sent at once.
    pub send: Option<Flag>,
    /// The model that agent is to use.
    pub model: Option<Text>,
}

impl Spanned for Text {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Flag {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Handoff {
    fn span(&self) -> Span {
        self.span
    }
}

impl Agent {
    /// Reads an agent file.
    pub fn read(file: &File, is_subagent: bool) -> Agent {
        let root = file.front_matter().root.as_ref();
        let get = |key: &str| root.and_then(|root| root.get(key));
        Agent {
            file: file.id,
            path: file.path.clone(),
            stem: stem(file.path.name()).to_owned(),
            is_subagent,
            name: get("name").and_then(Text::read),
            description: get("description").and_then(Text::read),
            user_invocable: get("user-invocable").and_then(Flag::read),
            tools: get("tools").filter(|node| node.is_sequence()).map(texts),
            model: get("model").map(Text::list).unwrap_or_default(),
            agents: get("agents").filter(|node| node.is_sequence()).map(texts),
            handoffs: get("handoffs")
                .map(|node| node.items().iter().filter_map(Handoff::read).collect())
                .unwrap_or_default(),
            body: file.body(),
        }
    }

    /// What it is called: its `name`, or else its file's name as editors do it.
    pub fn called(&self) -> &str {
        self.name.as_ref().map_or(&self.stem, |name| &name.value)
    }

    /// Whether it may call every agent.
    pub fn may_call_all(&self) -> bool {
        let mut listed = self.agents.iter().flatten();
        listed.any(|agent| agent.value == "*")
    }
}

impl Text {
    /// The text of a string; `None` for anything else and for blank text.
    pub(crate) fn read(node: &Node) -> Option<Text> {
        let value = node.as_str().filter(|text| !text.trim().is_empty())?;
        Some(Text {
            value: value.to_owned(),
            span: node.span,
        })
    }

    /// The texts of a list, or the one text.
    pub(crate) fn list(node: &Node) -> Vec<Text> {
        if node.is_sequence() {
            texts(node)
        } else {
            Text::read(node).into_iter().collect()
        }
    }
}

impl Flag {
    /// What a node says; `None` for null.
    pub fn read(node: &Node) -> Option<Flag> {
        let value = match &node.value {
            Value::Null => return None,
            Value::Bool(value) => Some(*value),
            Value::String(text) => match text.as_str() {
                "true" | "always" => Some(true),
                "false" | "never" => Some(false),
                _ => None,
            },
            _ => None,
        };
        Some(Flag {
            value,
            span: node.span,
        })
    }
}

impl Handoff {
    fn read(node: &Node) -> Option<Handoff> {
        let first = node.entries().first()?;
        let text = |key: &str| node.get(key).and_then(Text::read);
        Some(Handoff {
            span: first.key_span,
            label: text("label"),
            agent: text("agent"),
            prompt: text("prompt"),
            send: node.get("send").and_then(Flag::read),
            model: text("model"),
        })
    }
}

/// The agent a name means: by `name`, then by `name` in any case, by file, and last with
/// blanks, case and punctuation set aside, as in `06b-bicep-codegen` for `06b-Bicep CodeGen`.
pub(crate) fn named<'a>(agents: &'a [Agent], name: &str) -> Option<&'a Agent> {
    let kebab_name = kebab(name);
    let lower = name.to_lowercase();
    let has_name = |agent: &&Agent| agent.name.as_ref().is_some_and(|own| own.value == name);
    let has_name_in_any_case = |agent: &&Agent| agent.called().to_lowercase() == lower;
    let has_stem = |agent: &&Agent| agent.stem.eq_ignore_ascii_case(stem(name));
    let has_kebab_name = |agent: &&Agent| kebab(agent.called()) == kebab_name;
    let mut found = agents.iter().find(has_name);
    found = found.or_else(|| agents.iter().find(has_name_in_any_case));
    found = found.or_else(|| agents.iter().find(has_stem));
    found.or_else(|| agents.iter().find(has_kebab_name))
}

/// A name in lower case with one hyphen for each run of other characters.
fn kebab(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

fn stem(name: &str) -> &str {
    let stem = name.strip_suffix(".md").unwrap_or(name);
    stem.strip_suffix(".agent").unwrap_or(stem)
}

fn texts(node: &Node) -> Vec<Text> {
    node.items().iter().filter_map(Text::read).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{Memory, Options, Repo};

    fn open(files: &[(&str, &str)]) -> Repo {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        let source = Memory::new(files.collect::<Vec<_>>());
        Repo::open(Arc::new(source), &Options::default()).expect("a layout")
    }

    #[test]
    fn reads_what_is_written() {
        let text = "---\nname: A B\nuser-invocable: never\nagents: [\"*\"]\nmodel: m\ntools:\n  - read\n\
                    handoffs:\n  - label: Go\n    agent: x\n    send: true\n---\nbody\n";
        let repo = open(&[(".github/agents/_subagents/a.agent.md", text)]);
        let agent = repo.agents().first().expect("an agent");
        assert!(agent.is_subagent && agent.may_call_all());
        assert_eq!((agent.called(), agent.stem.as_str()), ("A B", "a"));
        assert_eq!(
            agent.user_invocable.and_then(|flag| flag.value),
            Some(false)
        );
        assert_eq!(
            agent.model.first().map(|model| model.value.as_str()),
            Some("m")
        );
        let handoff = agent.handoffs.first().expect("a handoff");
        assert_eq!(handoff.span.of(text), "label");
        assert_eq!(handoff.send.and_then(|flag| flag.value), Some(true));
        assert!(handoff.prompt.is_none());
        assert_eq!(agent.body.of(text), "body\n");
    }

    #[test]
    fn finds_agents_by_every_form_of_their_names() {
        let repo = open(&[
            (
                ".github/agents/06b-code.agent.md",
                "---\nname: 06b-Bicep CodeGen\n---\n",
            ),
            (".github/agents/plain.agent.md", "no front matter"),
        ]);
        for (name, stem) in [
            ("06b-Bicep CodeGen", Some("06b-code")),
            ("06B-bicep codegen", Some("06b-code")),
            ("06b-bicep-codegen", Some("06b-code")),
            ("06b-code", Some("06b-code")),
            ("06b-code.agent.md", Some("06b-code")),
            ("Plain", Some("plain")),
            ("06b", None),
            ("", None),
        ] {
            let found = repo.agent_named(name).map(|agent| agent.stem.as_str());
            assert_eq!(found, stem, "{name}");
        }
    }
}
