//! What a pack expects of instruction files, by generation.

use serde::Deserialize;

use crate::pack::by_generation;

/// What one generation of a pack expects of instruction files.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InstructionConventions {
    /// Keys of the front matter that must have a value.
    pub required_keys: Vec<String>,
    /// Keys that it may have; with none, all are allowed.
    pub keys: Vec<String>,
    /// Parts of `applyTo` that tell files which only a run of the workflow makes.
    pub run_time_outputs: Vec<String>,
    /// Names of instructions that texts only give as examples.
    pub examples: Vec<String>,
    /// Whether the skills and instructions that texts name must exist.
    pub targets: bool,
}

impl InstructionConventions {
    /// Those of a pack's generation; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str, generation: &str) -> InstructionConventions {
        let text = match pack {
            "apex" => include_str!("../../../rules/packs/apex/instructions.toml"),
            _ => "",
        };
        by_generation(text, generation).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::InstructionConventions;

    #[test]
    fn generations_differ() {
        let of = |generation| InstructionConventions::of("apex", generation);
        assert_eq!(of("june").required_keys, ["description", "applyTo"]);
        assert_eq!(of("june").run_time_outputs.len(), 3);
        assert!(of("march").run_time_outputs.is_empty() && of("march").targets);
        assert!(of("landing-zone").keys.is_empty());
        assert!(!InstructionConventions::of("generic", "current").targets);
    }
}
