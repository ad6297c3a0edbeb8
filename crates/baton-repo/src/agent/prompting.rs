//! How a pack writes for models, by generation: families of models and what each is told.

use serde::Deserialize;

use crate::pack::by_generation;

/// How one generation of a pack writes for models; nothing is expected where a table is absent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Prompting {
    /// When families and advice were last looked up.
    pub verified: String,
    /// Where they were looked up.
    pub sources: Vec<String>,
    /// Families of models; the first that fits is the one.
    #[serde(rename = "family")]
    pub families: Vec<ModelFamily>,
    /// Whether agents name models in a list and of a known family, and prompts one.
    pub model_style: bool,
    /// Whether a prompt names a model exactly when it names no agent of its own.
    pub prompt_model_source: bool,
    /// The folder of what handoffs tell to read and to write.
    pub handoff_evidence: Option<String>,
    /// What long agents say.
    pub long_body: Option<LongBody>,
    /// Who looks before answering, and who never does.
    pub research: Option<Research>,
    /// What an agent says that hands files on.
    pub output_contract: Option<Demand>,
    /// What an agent that people call says about how long to think.
    pub reasoning_effort: Option<Demand>,
    /// The skeleton that begins with the outcome.
    pub outcome_first: Option<OutcomeFirst>,
    /// Tags of another vendor.
    pub foreign_tags: Option<ForeignTags>,
    /// How many absolute words there may be.
    pub absolute_words: Option<AbsoluteWords>,
    /// Words that ask for the beginning of an answer.
    pub prefill: Option<Prefill>,
}

/// Models that are written for in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ModelFamily {
    /// Its name; what stands before the first hyphen is the vendor's.
    pub name: String,
    /// A model is of it whose name holds one of these, in any case.
    pub contains: Vec<String>,
    /// How much findings about it count.
    pub status: FamilyStatus,
}

/// How much findings about a family of models count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FamilyStatus {
    /// As they are.
    Enforced,
    /// An error is a warning.
    WarnOnly,
    /// Everything is an info: nobody should start with it.
    Deprecated,
    /// Everything is an info: it only reviews.
    ReviewerOnly,
}

/// A text that agents for one vendor's models hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Demand {
    /// Whose models.
    pub vendor: String,
    /// The text.
    pub text: String,
}

/// A text that long agents for one vendor's models hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LongBody {
    /// Whose models.
    pub vendor: String,
    /// The text.
    pub text: String,
    /// The longest body that needs no such text.
    pub lines: usize,
}

/// Who looks before answering.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Research {
    /// Whose models.
    pub vendor: String,
    /// The text that says so.
    pub text: String,
    /// Beginnings of the names of files that hold it.
    pub files: Vec<String>,
    /// Names of agents that do not: they answer in one go.
    pub one_shot: Vec<String>,
}

/// The skeleton of an agent that begins with the outcome.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct OutcomeFirst {
    /// Families that are written for in this way.
    pub families: Vec<String>,
    /// Its headings of the first level.
    pub headings: Vec<String>,
    /// The heading whose section holds text.
    pub stop_rules: String,
    /// Families for which it does.
    pub stop_rules_families: Vec<String>,
    /// The heading of a section for agents that talk with people.
    pub personality: String,
    /// What their names hold, in lower case.
    pub personality_for: String,
}

/// Tags that one vendor's models know nothing of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ForeignTags {
    /// Whose models.
    pub vendor: String,
    /// The tags.
    pub tags: Vec<String>,
}

/// How many absolute words there may be.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AbsoluteWords {
    /// The words, in their case.
    pub words: Vec<String>,
    /// The most there may be in 100 lines that are not blank.
    pub max_per_100: usize,
    /// Words on lines that hold one of these do not count; lower case, their own case is no matter.
    pub exclude: Vec<String>,
}

/// Words that ask for the beginning of an answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Prefill {
    /// Whose models.
    pub vendor: String,
    /// The words, in lower case.
    pub phrases: Vec<String>,
}

impl ModelFamily {
    /// Whether a model is of this family.
    pub fn holds(&self, model: &str) -> bool {
        let model = model.to_lowercase();
        let mut parts = self.contains.iter();
        parts.any(|part| model.contains(&part.to_lowercase()))
    }

    /// Who makes the models: what the name begins with.
    pub fn vendor(&self) -> &str {
        self.name.split('-').next().unwrap_or(&self.name)
    }
}

impl Prompting {
    /// Those of a pack's generation; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str, generation: &str) -> Prompting {
        let text = match pack {
            "apex" => include_str!("../../../../rules/packs/apex/prompting.toml"),
            _ => "",
        };
        by_generation(text, generation).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{FamilyStatus, ModelFamily, Prompting};
    use crate::pack::packs;

    #[test]
    fn every_generation_of_the_family_has_its_table() {
        for pack in packs().iter().filter(|pack| pack.name == "apex") {
            for generation in &pack.generations {
                let found = Prompting::of(&pack.name, &generation.name);
                assert!(!found.verified.is_empty(), "{}", generation.name);
            }
        }
        let of = |generation| Prompting::of("apex", generation);
        let researchers = |generation| of(generation).research.map(|found| found.files.len());
        assert_eq!(researchers("june"), Some(3));
        assert_eq!(researchers("may"), Some(4));
        assert_eq!(researchers("april"), Some(4));
        assert_eq!(researchers("march"), None);
        assert!(of("april").reasoning_effort.is_some() && !of("april").model_style);
        assert!(of("may").reasoning_effort.is_none() && of("may").model_style);
        assert!(Prompting::of("generic", "current").families.is_empty());
    }

    #[test]
    fn a_model_is_of_the_first_family_that_fits() {
        let table = Prompting::of("apex", "june");
        let family = |model: &str| {
            let mut families = table.families.iter();
            families.find(|family| family.holds(model))
        };
        for (model, name, status) in [
            ("Claude Opus 4.8", "claude-opus", FamilyStatus::Enforced),
            (
                "Claude Haiku 4.5 (copilot)",
                "claude-haiku",
                FamilyStatus::WarnOnly,
            ),
            ("claude fable", "claude", FamilyStatus::WarnOnly),
            ("GPT-5.4 mini", "gpt-5.4", FamilyStatus::Deprecated),
            ("GPT-5.3-Codex", "gpt-codex", FamilyStatus::ReviewerOnly),
            ("MAI-Code-1", "mai-code", FamilyStatus::ReviewerOnly),
        ] {
            let found = family(model).expect("a family");
            assert_eq!((found.name.as_str(), found.status), (name, status));
        }
        assert!(family("Gemini 3 Pro").is_none() && family("GPT-5").is_none());
        assert_eq!(family("gpt-4o").map(ModelFamily::vendor), Some("gpt"));
    }
}
