//! The table of what is kept of each artifact.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Tier;

/// All of the table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// How many characters count as one token.
    pub(super) characters_per_token: u64,
    /// Models, the longest beginning first.
    #[serde(rename = "model")]
    pub(super) models: Vec<Model>,
    /// Artifacts.
    #[serde(rename = "artifact")]
    pub(super) artifacts: Vec<Artifact>,
    /// For any other Markdown.
    pub(super) generic: Tiers,
    /// For reviewers.
    pub(super) challenger: Tiers,
}

/// A family of models.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Model {
    /// How their names begin.
    pub(super) begins: String,
    /// Tokens of their context.
    pub(super) context: u64,
    /// Tokens of input from which on a summary takes the place of what was before.
    pub(super) checkpoint: u64,
}

/// One type of artifact.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Artifact {
    /// Its name without the ending; `*` at the end stands for anything.
    name: String,
    /// Whether it is always read whole.
    #[serde(default)]
    pub(super) whole: bool,
    /// What is kept.
    #[serde(flatten)]
    pub(super) tiers: Tiers,
}

/// What is kept in each tier.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Tiers {
    /// In the middle tier.
    #[serde(default)]
    summarized: Rule,
    /// In the lowest tier.
    #[serde(default)]
    minimal: Rule,
}

/// What is kept in one tier.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// How many characters, if possible.
    pub(super) limit: usize,
    /// Sections, or parts of them.
    pub(super) keep: Vec<Keep>,
}

/// A section that is kept, or a part of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keep {
    /// Names it goes by.
    pub(super) section: Vec<String>,
    /// What is kept of it.
    #[serde(default)]
    pub(super) part: Part,
}

/// What is kept of a section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Part {
    /// Everything.
    #[default]
    All,
    /// Its first paragraph.
    FirstParagraph,
    /// Its tables.
    Tables,
    /// Its first list.
    List,
    /// The line that says the name, wherever it stands.
    Line,
    /// How many rows its tables have.
    Rows,
}

impl Tiers {
    /// What is kept in a tier; `None` where everything is.
    pub(super) fn rule(&self, tier: Tier) -> Option<&Rule> {
        match tier {
            Tier::Full => None,
            Tier::Summarized => Some(&self.summarized),
            Tier::Minimal => Some(&self.minimal),
        }
    }
}

impl Artifact {
    /// The artifact that a file of this name is.
    pub(super) fn named(file: &str) -> Option<&'static Artifact> {
        let stem = file.strip_suffix(".md").unwrap_or(file);
        let is = |artifact: &&Artifact| match artifact.name.strip_suffix('*') {
            Some(start) => stem.starts_with(start),
            None => stem == artifact.name,
        };
        table().artifacts.iter().find(is)
    }
}

/// The table.
pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/packs/apex/compression.toml");
        toml::from_str(text).unwrap_or_default()
    });
    &TABLE
}
