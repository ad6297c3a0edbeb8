//! The embedded table of artifact types.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::Layout;

/// Headings of a template that are about the template itself.
pub const META_HEADINGS: [&str; 2] = ["Template Instructions", "Required Structure"];

/// One type of artifact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ArtifactType {
    /// Its file name, such as `01-requirements.md`.
    pub name: String,
    /// How much its findings matter.
    pub strictness: Strictness,
    /// Required H2 headings in order, without hashes.
    pub headings: Vec<String>,
    /// Headings that may follow the last required one.
    pub optional: Vec<String>,
    /// Whether the skill must teach its headings.
    pub compared: bool,
    /// File name of its template.
    pub template: Option<String>,
    /// File name of the agent that writes it.
    pub agent: Option<String>,
    /// What else belongs into it.
    pub holds: Vec<Feature>,
    /// Diagrams it refers to.
    pub diagrams: Vec<Diagram>,
    /// Whether the artifact, not only the template, must refer to the diagrams and have them.
    pub in_artifacts: bool,
    /// What older artifacts call a section, and what it is called now, without pictures.
    pub renames: BTreeMap<String, String>,
}

/// How much findings about a type matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strictness {
    /// What is wrong with its structure is an error.
    #[default]
    Standard,
    /// It is a warning, and further headings are welcome.
    Relaxed,
}

/// Something other than a heading that belongs into an artifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// A Mermaid diagram.
    Mermaid,
    /// Ratings with ✅, ⚠️ and ❌.
    TrafficLight,
    /// Collapsible blocks.
    Collapsible,
    /// A table or a chart of how costs are distributed.
    CostDistribution,
    /// Badges, a table of contents, an attribution and navigation.
    StandardComponents,
}

/// A picture and what it is made from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagram {
    /// File name of the picture.
    pub image: String,
    /// File name of its source.
    pub source: String,
}

/// How much it matters that a diagram is missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingDiagrams {
    /// As much as the structure.
    #[default]
    Error,
    /// Less.
    Warning,
}

/// What a generation of repositories keeps beside its artifacts; no file is read for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ArtifactConventions {
    /// Whether they keep a heading summary.
    pub keeps_summary: bool,
    /// Whether they keep a schema for governance constraints.
    pub keeps_governance_schema: bool,
    /// How much it matters that a diagram is missing.
    pub missing_diagrams: MissingDiagrams,
    /// Whether a diagram that is a bitmap has a scalable copy.
    pub scalable_diagrams: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "type")]
    types: Vec<ArtifactType>,
    #[serde(rename = "generation")]
    generations: Vec<Generation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, as the table has it"
)]
struct Generation {
    name: String,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default = "yes")]
    agents: bool,
    #[serde(default = "yes")]
    summary: bool,
    #[serde(default = "yes")]
    governance_schema: bool,
    #[serde(default)]
    missing_diagrams: MissingDiagrams,
    #[serde(default = "yes")]
    scalable_diagrams: bool,
    #[serde(default, rename = "type")]
    types: Vec<Difference>,
}

/// What a type was before.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    name: String,
    headings: Option<Vec<String>>,
    optional: Option<Vec<String>>,
    agent: Option<String>,
    diagrams: Option<Vec<Diagram>>,
}

fn yes() -> bool {
    true
}

static TABLE: LazyLock<Option<Table>> = LazyLock::new(|| {
    let text = include_str!("../../../../rules/packs/apex/headings.toml");
    toml::from_str(text).ok()
});

impl ArtifactConventions {
    /// The conventions of a repository's generation; of an unknown one those of the latest.
    pub fn of(layout: &Layout) -> ArtifactConventions {
        if !layout.is("apex") {
            return ArtifactConventions::default();
        }
        match generation(&layout.detection.generation) {
            Some(generation) => ArtifactConventions {
                keeps_summary: generation.summary,
                keeps_governance_schema: generation.governance_schema,
                missing_diagrams: generation.missing_diagrams,
                scalable_diagrams: generation.scalable_diagrams,
            },
            None => ArtifactConventions {
                keeps_summary: true,
                keeps_governance_schema: true,
                missing_diagrams: MissingDiagrams::Error,
                scalable_diagrams: true,
            },
        }
    }
}

/// The types of a generation; of an unknown one those without differences.
pub(super) fn types_of(name: &str) -> Vec<ArtifactType> {
    let table = TABLE.as_ref();
    let mut types = table.map(|table| table.types.clone()).unwrap_or_default();
    let Some(generation) = generation(name) else {
        return types;
    };
    types.retain(|kind| !generation.without.contains(&kind.name));
    for kind in &mut types {
        if !generation.agents {
            kind.agent = None;
        }
        if let Some(before) = generation.types.iter().find(|one| one.name == kind.name) {
            before.apply(kind);
        }
    }
    types
}

fn generation(name: &str) -> Option<&'static Generation> {
    let mut generations = TABLE.as_ref()?.generations.iter();
    generations.find(|one| one.name == name)
}

impl Difference {
    fn apply(&self, kind: &mut ArtifactType) {
        if let Some(headings) = &self.headings {
            kind.headings.clone_from(headings);
        }
        if let Some(optional) = &self.optional {
            kind.optional.clone_from(optional);
        }
        if let Some(diagrams) = &self.diagrams {
            kind.diagrams.clone_from(diagrams);
        }
        if self.agent.is_some() {
            kind.agent.clone_from(&self.agent);
        }
    }
}

#[cfg(test)]
mod tests {
    use baton_syntax::emoji::without_pictures;

    use super::{TABLE, types_of};

    #[test]
    fn the_table_parses() {
        assert!(TABLE.is_some());
        let names = |generation: &str| {
            let types = types_of(generation).into_iter();
            types.map(|kind| kind.name).collect::<Vec<_>>()
        };
        assert!(names("june").contains(&"00-handoff.md".to_owned()));
        assert!(!names("april").contains(&"00-handoff.md".to_owned()));
        assert!(!names("march").contains(&"09-lessons-learned.md".to_owned()));
    }

    #[test]
    fn renames_lead_to_headings_of_the_type() {
        for kind in types_of("june") {
            for (old, new) in &kind.renames {
                let mut plain = kind.headings.iter().map(|one| without_pictures(one));
                assert!(plain.any(|one| one == *new), "{}: {old}", kind.name);
                assert!(!kind.optional.contains(old), "{}: {old}", kind.name);
            }
        }
    }

    #[test]
    fn names_are_no_endings_of_one_another() {
        let types = types_of("june");
        for kind in &types {
            let others = types
                .iter()
                .filter(|other| other.name.ends_with(&kind.name));
            assert_eq!(others.count(), 1, "{}", kind.name);
        }
    }
}
