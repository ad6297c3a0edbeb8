//! Prompt files as their readers understand them.
//!
//! What is written in the front matter, typed and with positions. A key of the wrong type is
//! absent here; that it is wrong is a rule's business.

use baton_source::{FileId, RepoPath, Span};
use baton_syntax::node::Node;

use crate::File;
use crate::agent::Text;

/// One prompt file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// The file.
    pub file: FileId,
    /// Where the file is.
    pub path: RepoPath,
    /// Whether there is front matter, and it can be read.
    pub has_header: bool,
    /// Its `name`.
    pub name: Option<Text>,
    /// Its `description`.
    pub description: Option<Text>,
    /// Whom it is for.
    pub agent: Target,
    /// Its `model`, one or several in order of preference.
    pub model: Vec<Text>,
    /// The key `model`, when it has a value.
    pub model_key: Option<Span>,
    /// The text after the front matter.
    pub body: Span,
}

/// Whom a prompt is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Whoever is chosen in the editor: no `agent`, or the generic one.
    Generic,
    /// The agent with this name.
    Named(Text),
    /// `agent` is there and not a text.
    Unclear,
}

impl Prompt {
    /// Reads a prompt file.
    pub fn read(file: &File) -> Prompt {
        let document = file.front_matter();
        let root = document.root.as_ref();
        let get = |key: &str| root.and_then(|root| root.get(key));
        let model = root.and_then(|root| root.entry("model"));
        let model = model.filter(|entry| !is_blank(&entry.value));
        Prompt {
            file: file.id,
            path: file.path.clone(),
            has_header: document.errors.is_empty() && root.is_some_and(Node::is_mapping),
            name: get("name").and_then(Text::read),
            description: get("description").and_then(Text::read),
            agent: target(get("agent")),
            model: model
                .map(|entry| Text::list(&entry.value))
                .unwrap_or_default(),
            model_key: model.map(|entry| entry.key_span),
            body: file.body(),
        }
    }
}

fn target(node: Option<&Node>) -> Target {
    let Some(node) = node.filter(|node| !is_blank(node)) else {
        return Target::Generic;
    };
    match Text::read(node) {
        Some(text) if text.value.eq_ignore_ascii_case("agent") => Target::Generic,
        Some(text) => Target::Named(text),
        None => Target::Unclear,
    }
}

fn is_blank(node: &Node) -> bool {
    node.is_null() || node.as_str().is_some_and(|text| text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Prompt, Target};
    use crate::{Memory, Options, Repo};

    fn read(text: &str) -> Prompt {
        let source = Memory::new([(".github/prompts/a.prompt.md", text)]);
        let repo = Repo::open(Arc::new(source), &Options::default()).expect("a layout");
        repo.prompts().first().expect("a prompt").clone()
    }

    #[test]
    fn reads_what_is_written() {
        let prompt = read("---\nname: go\nagent: 02-Requirements\nmodel: M\n---\nbody\n");
        assert!(prompt.has_header && prompt.model_key.is_some());
        assert!(matches!(prompt.agent, Target::Named(name) if name.value == "02-Requirements"));
        assert_eq!(prompt.model.len(), 1);
    }

    #[test]
    fn tells_nothing_from_something_else() {
        for header in ["", "agent: Agent", "agent:", "agent: ''"] {
            let prompt = read(&format!("---\nx: y\n{header}\nmodel:\n---\n"));
            assert_eq!(prompt.agent, Target::Generic, "{header}");
            assert!(prompt.has_header && prompt.model_key.is_none());
        }
        assert_eq!(read("---\nagent: [a]\n---\n").agent, Target::Unclear);
        assert!(!read("text").has_header && !read("---\na: b: c\n---\n").has_header);
    }
}
