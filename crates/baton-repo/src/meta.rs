//! What a pack expects of what a repository says about itself, by generation.

use serde::Deserialize;

use crate::pack::by_generation;

/// What one generation of a pack expects of what a repository says about itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MetaConventions {
    /// Kinds of file that are missed when they are not there.
    pub expected: Vec<String>,
    /// Keys that a count manifest must have.
    pub counted: Vec<String>,
    /// Which numbers in texts are counts.
    pub counts: Option<CountWords>,
    /// How long instructions for many files may be.
    pub instructions: Option<InstructionLimits>,
    /// Phrases that may not stand in certain files.
    pub forbidden_text: Vec<TextRule>,
    /// The table of regions.
    pub regions: Option<Regions>,
    /// Which agents must not read artifacts again.
    pub context_budget: Option<ContextBudget>,
}

/// Which numbers in texts are counts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CountWords {
    /// The largest number that is no count.
    pub small: u32,
    /// The largest number that is no count on lines that `step_line` matches.
    pub step_most: u32,
    /// A pattern of lines that number steps.
    pub step_line: String,
    /// Patterns of lines on which numbers are no counts.
    pub skip_lines: Vec<String>,
    /// Globs of files in which numbers are no counts.
    pub skip_paths: Vec<String>,
    /// What is counted.
    #[serde(rename = "pattern")]
    pub patterns: Vec<CountPattern>,
}

/// A number and what follows it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountPattern {
    /// The most digits the number has.
    pub digits: u32,
    /// A pattern of what follows, in any case.
    pub follows: String,
}

/// How long instructions for many files may be.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InstructionLimits {
    /// Globs that match every file.
    pub match_all: Vec<String>,
    /// The most lines of instructions for every file.
    pub match_all_lines: usize,
    /// Globs that match every document.
    pub markdown: Vec<String>,
    /// The most lines of instructions for every document.
    pub markdown_lines: usize,
}

/// A text that matters in certain files.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TextRule {
    /// Globs of the files.
    pub files: Vec<String>,
    /// A pattern of the text, which lies on one line.
    pub pattern: String,
    /// Whether capitals do not matter.
    #[serde(default)]
    pub ignore_case: bool,
    /// What to do about it: an imperative sentence with a full stop.
    pub message: String,
}

/// The table of regions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regions {
    /// The heading of level 3 above it.
    pub heading: String,
}

/// Which agents must not read artifacts again, and how they say that they do not.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ContextBudget {
    /// Names of artifacts that no longer change.
    pub artifacts: Vec<String>,
    /// What stands on the same line when an agent demands one.
    pub demand: String,
    /// Ways to look things up without reading the artifact, in any case.
    pub cache_markers: Vec<String>,
    /// Ways to say that the artifact is not read again, in any case.
    pub reread_markers: Vec<String>,
}

impl MetaConventions {
    /// Those of a pack's generation; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str, generation: &str) -> MetaConventions {
        let text = match pack {
            "apex" => include_str!("../../../rules/packs/apex/meta.toml"),
            "generic" => include_str!("../../../rules/packs/generic/meta.toml"),
            _ => "",
        };
        by_generation(text, generation).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::MetaConventions;
    use crate::packs;

    #[test]
    fn every_generation_has_its_table() {
        for pack in packs() {
            for generation in &pack.generations {
                let found = MetaConventions::of(&pack.name, &generation.name);
                assert!(found.instructions.is_some(), "{}", generation.name);
            }
        }
        let phrases = |generation| MetaConventions::of("apex", generation).forbidden_text.len();
        assert_eq!(
            (phrases("june"), phrases("vnext"), phrases("april")),
            (3, 3, 0)
        );
        assert!(MetaConventions::of("apex", "march").counts.is_none());
        assert!(MetaConventions::of("generic", "current").counts.is_none());
    }
}
