//! What a pack expects of registries and catalogs of models, by generation.

use serde::Deserialize;

use crate::pack::by_generation;

/// What one generation of a pack expects of registries and catalogs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[expect(clippy::struct_excessive_bools, reason = "each is one line of a table")]
pub struct ModelConventions {
    /// Whether agents are registered.
    pub registry: bool,
    /// Whether every entry names its agent.
    pub agents_required: bool,
    /// Whether the registry says which model an agent has.
    pub registered_models: bool,
    /// Whether a registry that names another model than the agent is an error.
    pub exact_models: bool,
    /// Whether every agent has to be registered.
    pub every_agent: bool,
    /// Whether every entry says which skills its agent reads.
    pub skills_required: bool,
    /// Whether the registry has exactly the skills that agents read.
    pub exact_skills: bool,
    /// Whether a catalog says which models agents may use.
    pub catalog: bool,
    /// Whether the catalog repeats which agent uses which model.
    pub assignments: bool,
    /// Whether using a deprecated model is an error.
    pub deprecation_is_error: bool,
    /// Whether deprecated models may not be mentioned.
    pub silence_on_deprecated: bool,
    /// Whether registered agents must say which model they have.
    pub agent_models_required: bool,
    /// The models there are, where no catalog says it.
    pub known_models: Vec<String>,
}

impl ModelConventions {
    /// Those of a pack's generation; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str, generation: &str) -> ModelConventions {
        let text = match pack {
            "apex" => include_str!("../../../../rules/packs/apex/models.toml"),
            _ => "",
        };
        by_generation(text, generation).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::ModelConventions;

    #[test]
    fn generations_differ() {
        let of = |generation| ModelConventions::of("apex", generation);
        assert_eq!(of("june"), of("may"));
        assert_eq!(of("april"), of("march"));
        assert!(of("june").exact_models && !of("april").exact_models);
        assert!(of("june").catalog && of("early-may").catalog && !of("april").catalog);
        assert!(of("early-may").exact_skills && !of("june").exact_skills);
        assert!(of("landing-zone").every_agent && !of("landing-zone").registered_models);
        assert_eq!(of("april").known_models.len(), 6);
        let generic = ModelConventions::of("generic", "current");
        assert_eq!(generic, ModelConventions::default());
    }
}
