//! What a pack expects of agent files, by generation.

use serde::Deserialize;

use crate::pack::by_generation;

/// What one generation of a pack expects of agent files.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[expect(clippy::struct_excessive_bools, reason = "each is one line of a table")]
pub struct AgentConventions {
    /// Whether a file without front matter is no agent.
    pub front_matter_required: bool,
    /// Keys every agent has.
    pub required_keys: Vec<String>,
    /// Keys an agent that people call ought to have.
    pub recommended_keys: Vec<String>,
    /// Keys a subagent ought to have.
    pub recommended_subagent_keys: Vec<String>,
    /// Whether `tools` and `agents` are lists and nothing else.
    pub strict_lists: bool,
    /// Whether `description` stands on its key's line.
    pub one_line_description: bool,
    /// The longest description there may be, in UTF-16 code units.
    pub description_max: Option<usize>,
    /// The longest description there ought to be.
    pub description_long: Option<usize>,
    /// The longest body there may be, in lines.
    pub body_max_lines: Option<usize>,
    /// Whether people call main agents and only agents call subagents.
    pub separate_roles: bool,
    /// File names of main agents that people need not be able to call.
    pub non_invocable_main: Vec<String>,
    /// Whether every handoff says if its prompt is sent at once.
    pub handoff_send: bool,
    /// Whether subagents an agent calls stand in its `agents`.
    pub declared_subagents: bool,
    /// The folder of artifacts, which agents do not lint themselves.
    pub artifact_folder: Option<String>,
    /// Names of agents that need no file.
    pub built_in_agents: Vec<String>,
    /// How loud the text may be.
    pub density: Option<Density>,
}

/// How many absolute words a text may hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Density {
    /// The words, in their case.
    pub words: Vec<String>,
    /// The most there may be in 100 lines.
    pub max_per_100: usize,
    /// Lines that hold one of these, written in lower case, do not count; their own case is no
    /// matter.
    pub exclude: Vec<String>,
    /// Lines that hold one of these exactly do not count.
    pub exclude_exact: Vec<String>,
}

impl AgentConventions {
    /// Those of a pack's generation; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str, generation: &str) -> AgentConventions {
        let text = match pack {
            "apex" => include_str!("../../../../rules/packs/apex/agents.toml"),
            "generic" => include_str!("../../../../rules/packs/generic/agents.toml"),
            _ => "",
        };
        by_generation(text, generation).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::AgentConventions;
    use crate::pack::{by_generation, packs};

    #[test]
    fn every_generation_has_its_table() {
        for pack in packs() {
            for generation in &pack.generations {
                let found = AgentConventions::of(&pack.name, &generation.name);
                assert!(!found.recommended_keys.is_empty(), "{}", generation.name);
            }
        }
        let limits = |generation| {
            let found = AgentConventions::of("apex", generation);
            (found.body_max_lines, found.description_max)
        };
        assert_eq!(limits("june"), (Some(600), Some(350)));
        assert_eq!(limits("may"), (Some(600), Some(350)));
        assert_eq!(limits("early-may"), (Some(500), None));
        assert_eq!(limits("landing-zone"), (None, None));
        assert_eq!(limits("april"), (Some(500), None));
        assert_eq!(limits("march"), (Some(400), None));
    }

    #[test]
    fn unknown_keys_are_refused() {
        let read = by_generation::<AgentConventions>;
        assert!(read("required-key = []", "june").is_none());
    }
}
