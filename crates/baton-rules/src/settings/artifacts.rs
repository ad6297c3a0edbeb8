//! Settings about artifacts and their templates.

use std::collections::BTreeMap;

use baton_repo::artifact::{Diagram, Feature, HeadingSource, Strictness};
use serde::Deserialize;

/// Settings about artifacts and their templates.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Artifacts {
    /// Who says which headings an artifact needs: `auto`, `table`, `definitions`, `summary` or
    /// `templates`.
    ///
    /// `auto` takes the repository's own `artifact-headings.mjs` when it can be read. Without
    /// it the embedded table of the repository's generation counts, except for a type about
    /// which two of the repository's own texts agree against the table: the skill and the
    /// heading summary, or, where there is no summary, the skill and the template.
    pub headings: HeadingSource,
    /// Whether pictures in headings count: `auto`, `exact` or `loose`.
    ///
    /// `loose` compares headings without their pictures, and lets templates and the skill
    /// show further headings. `auto` is `exact`, unless most headings of the repository's own
    /// definitions stand in its skill with other pictures or none.
    pub matching: Matching,
    /// The strictness of all types, instead of each type's own: `standard` or `relaxed`.
    pub strictness: Option<Strictness>,
    /// Types that are relaxed besides those that are so by nature.
    pub relaxed: Vec<String>,
    /// Lines that a handoff may have.
    pub handoff_lines: usize,
    /// Lines that a handoff may have at the most; between the two it is warned about.
    pub handoff_most_lines: usize,
    /// What differs from the table, by type; a type that is not in the table is a new one.
    pub types: BTreeMap<String, TypeSettings>,
}

/// What differs from the table for one type.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TypeSettings {
    /// Required H2 headings in order, without hashes.
    pub headings: Option<Vec<String>>,
    /// Headings that may follow the last required one.
    pub optional: Option<Vec<String>>,
    /// How much its findings matter.
    pub strictness: Option<Strictness>,
    /// File name of its template.
    pub template: Option<String>,
    /// File name of the agent that writes it.
    pub agent: Option<String>,
    /// What else belongs into it: `mermaid`, `traffic-light`, `collapsible`,
    /// `cost-distribution` and `standard-components`.
    pub holds: Option<Vec<Feature>>,
    /// Diagrams it refers to.
    pub diagrams: Option<Vec<Diagram>>,
}

/// Whether pictures in headings count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matching {
    /// As the repository's own texts suggest.
    #[default]
    Auto,
    /// They count.
    Exact,
    /// They do not.
    Loose,
}

impl Default for Artifacts {
    fn default() -> Artifacts {
        Artifacts {
            headings: HeadingSource::Auto,
            matching: Matching::Auto,
            strictness: None,
            relaxed: Vec::new(),
            handoff_lines: 60,
            handoff_most_lines: 80,
            types: BTreeMap::new(),
        }
    }
}
