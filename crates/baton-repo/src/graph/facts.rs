//! What graphs of the family may say, by generation: data of the pack.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Words a graph may use.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GraphFacts {
    /// Versions of the format that a generation knows.
    pub versions: BTreeMap<String, Vec<String>>,
    /// Versions of the format that some generation knows.
    pub known_versions: Vec<String>,
    /// Points of view of reviews.
    pub lenses: Vec<String>,
    /// Tiers of a review matrix.
    pub tiers: Vec<String>,
    /// Fields a skip condition may look at.
    pub skip_fields: Vec<String>,
    /// Keys of the session's decisions.
    pub decision_keys: Vec<String>,
}

impl GraphFacts {
    /// The versions that are known to a generation; to any when it has no list of its own.
    pub fn versions_of(&self, generation: &str) -> &[String] {
        self.versions
            .get(generation)
            .unwrap_or(&self.known_versions)
    }
}

/// The facts of the pack.
pub fn graph_facts() -> &'static GraphFacts {
    static FACTS: LazyLock<GraphFacts> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/packs/apex/graph.toml");
        toml::from_str(text).unwrap_or_default()
    });
    &FACTS
}

#[cfg(test)]
mod tests {
    use super::graph_facts;

    #[test]
    fn the_table_parses() {
        assert!(!graph_facts().lenses.is_empty());
        assert_eq!(graph_facts().versions_of("june"), ["2.1", "2.2", "2.3"]);
        assert!(
            graph_facts()
                .versions_of("none")
                .contains(&"2.0".to_owned())
        );
    }
}
