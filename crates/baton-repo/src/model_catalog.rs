//! Catalogs of models: which labels agents may use, and which of them do.

mod conventions;

use baton_source::{FileId, Span};
use baton_syntax::node::{Entry, Node};

use crate::{File, Flag, Text};
pub use conventions::ModelConventions;

/// One catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelCatalog {
    /// The file.
    pub file: FileId,
    /// The outermost object.
    pub span: Span,
    /// The models it knows, in the order in which they stand.
    pub models: Vec<Model>,
    /// Which agent uses which model, as somebody or something wrote it down.
    pub assignments: Option<Assignments>,
}

/// A model that agents may use, or once could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// What agents call it.
    pub label: Text,
    /// Its `deprecated`.
    pub deprecated: Option<Flag>,
}

/// Which agent uses which model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignments {
    /// The key.
    pub key: Span,
    /// What the key holds.
    pub span: Span,
    /// Those of agents that people call.
    pub agents: Option<Table>,
    /// Those of agents that other agents call.
    pub subagents: Option<Table>,
}

/// File names with labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The key.
    pub key: Span,
    /// The object.
    pub span: Span,
    /// File name and label; a label that is no text is `None`.
    pub rows: Vec<(Text, Option<Text>)>,
}

impl ModelCatalog {
    /// Reads a catalog; `None` when it is no object.
    pub fn read(file: &File) -> Option<ModelCatalog> {
        let root = file.node().filter(|root| root.is_mapping())?;
        let models = root.get("models").map(Node::entries).unwrap_or_default();
        let assignments = root.entry("assignments");
        Some(ModelCatalog {
            file: file.id,
            span: root.span,
            models: models.iter().map(model).collect(),
            assignments: assignments.map(|entry| Assignments {
                key: entry.key_span,
                span: entry.value.span,
                agents: table(&entry.value, "agents"),
                subagents: table(&entry.value, "subagents"),
            }),
        })
    }

    /// The model that goes by a label.
    pub fn model(&self, label: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.label.value == label)
    }

    /// The models nobody should use any more.
    pub fn deprecated(&self) -> impl Iterator<Item = &Model> {
        self.models.iter().filter(|model| model.is_deprecated())
    }
}

impl Model {
    /// Whether nobody should use it any more.
    pub fn is_deprecated(&self) -> bool {
        self.deprecated.is_some_and(|flag| flag.value == Some(true))
    }
}

fn model(entry: &Entry) -> Model {
    Model {
        label: key(entry),
        deprecated: entry.value.get("deprecated").and_then(Flag::read),
    }
}

fn table(node: &Node, name: &str) -> Option<Table> {
    let entry = node.entry(name)?;
    let rows = entry.value.entries().iter();
    entry.value.is_mapping().then(|| Table {
        key: entry.key_span,
        span: entry.value.span,
        rows: rows.map(|row| (key(row), Text::read(&row.value))).collect(),
    })
}

fn key(entry: &Entry) -> Text {
    Text {
        value: entry.key.clone(),
        span: entry.key_span,
    }
}

/// A label without the qualifier that editors once put behind it.
pub fn label(written: &str) -> &str {
    const QUALIFIER: &str = "(copilot)";
    let written = written.trim();
    let cut = written.len().checked_sub(QUALIFIER.len());
    let parts = cut.and_then(|cut| written.split_at_checked(cut));
    match parts {
        Some((label, end)) if end.eq_ignore_ascii_case(QUALIFIER) => label.trim_end(),
        _ => written,
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn a_label_is_what_stands_before_its_qualifier() {
        for (written, expected) in [
            ("GPT-5.5", "GPT-5.5"),
            (" GPT-5.5 (Copilot) ", "GPT-5.5"),
            ("GPT-5.5(copilot)", "GPT-5.5"),
            ("(copilot)", ""),
            ("é (copilots)", "é (copilots)"),
            ("", ""),
        ] {
            assert_eq!(label(written), expected);
        }
    }
}
