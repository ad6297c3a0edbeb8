//! What a pack expects of handoffs between agents, by generation.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::pack::by_generation;

/// What one generation of a pack expects of handoffs, and of what else repeats its graph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HandoffConventions {
    /// Whether every agent one may hand over to lies in the repository.
    pub whole_roster: bool,
    /// Whether handoffs follow the workflow graph.
    pub follow_graph: bool,
    /// The oldest version of graphs by which handoffs are judged; older ones only advise.
    pub oldest_graph: Option<[u32; 2]>,
    /// Whether no graph does more than advise.
    pub advisory: bool,
    /// Agents that lead from anywhere to anywhere.
    pub free_sources: Vec<String>,
    /// How many handoffs of an agent may lead to itself.
    pub most_to_self: Option<usize>,
    /// The folder of artifacts, with a slash.
    pub artifact_folder: String,
    /// What stands before the name of an artifact in a prompt.
    pub artifact_prefix: String,
    /// Agents that do the same on two tracks.
    pub track_pairs: Vec<[String; 2]>,
    /// Words of labels that name a track, in lower case.
    pub track_words: Vec<String>,
    /// Words of labels that mean the same, in lower case.
    pub same_words: Vec<Vec<String>>,
    /// Other agents that do the same on several tracks.
    pub same_agents: Vec<Vec<String>>,
    /// Agents that may call every other one.
    pub cross_cutting: Vec<String>,
    /// Subagents that review artifacts.
    pub reviewers: Vec<String>,
    /// Agents that start a review without an artifact of their own.
    pub review_dispatchers: Vec<String>,
    /// Subagents with the only agents that may call them.
    pub reserved: BTreeMap<String, Vec<String>>,
    /// The heading above the table of review lenses.
    pub lens_heading: Option<String>,
    /// Words that only look like lenses.
    pub not_lenses: Vec<String>,
    /// Headings above the table of steps.
    pub table_headings: Vec<String>,
    /// Rows of that table that are no step, in lower case.
    pub table_extra_rows: Vec<String>,
    /// A link to that table.
    pub table_link: Option<String>,
}

impl HandoffConventions {
    /// Those of a pack's generation; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str, generation: &str) -> HandoffConventions {
        let text = match pack {
            "apex" => include_str!("../../../rules/packs/apex/handoffs.toml"),
            _ => "",
        };
        by_generation(text, generation).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::HandoffConventions;
    use crate::packs;

    #[test]
    fn every_generation_has_its_table() {
        for generation in packs().iter().flat_map(|pack| &pack.generations) {
            let found = HandoffConventions::of("apex", &generation.name);
            assert_eq!(found.most_to_self, Some(6), "{}", generation.name);
        }
        let june = HandoffConventions::of("apex", "june");
        assert!(june.follow_graph && june.whole_roster && june.lens_heading.is_some());
        assert!(!HandoffConventions::of("apex", "vnext").follow_graph);
        let april = HandoffConventions::of("apex", "april");
        assert!(april.advisory && april.table_headings.is_empty());
        let generic = HandoffConventions::of("generic", "current");
        assert_eq!(generic, HandoffConventions::default());
    }
}
