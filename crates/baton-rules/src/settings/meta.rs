//! Settings about what a repository says about itself.

use regex::Regex;
use serde::Deserialize;

/// Settings about what a repository says about itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Meta {
    /// Terms of the block list.
    pub terminology: Terminology,
    /// Numbers in texts.
    pub counts: Counts,
    /// Texts that may not stand in certain files, besides those of the pack.
    pub forbidden_text: Vec<ForbiddenText>,
    /// Agents that must not read artifacts again.
    pub context_budget: ContextBudget,
}

/// Settings about terms of the block list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Terminology {
    /// Whether terms count in code spans and code blocks of Markdown: `judge` or `skip`.
    pub code: Code,
}

/// What becomes of code in Markdown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// It is judged like any other text.
    #[default]
    Judge,
    /// It is left alone.
    Skip,
}

/// Settings about numbers in texts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Counts {
    /// Patterns of further lines on which numbers are no counts.
    pub skip_lines: Vec<Pattern>,
    /// Globs of further files in which numbers are no counts.
    pub skip_paths: Vec<String>,
}

/// A text that may not stand in certain files.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ForbiddenText {
    /// Globs of the files.
    pub files: Vec<String>,
    /// A pattern of the text, which lies on one line.
    pub pattern: Pattern,
    /// Whether capitals do not matter.
    #[serde(default)]
    pub ignore_case: bool,
    /// What to do about it.
    pub message: String,
}

/// Settings about agents that must not read artifacts again; what is not set is as the pack has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ContextBudget {
    /// Names of artifacts that no longer change.
    pub artifacts: Option<Vec<String>>,
    /// Ways to look things up without reading the artifact, in any case.
    pub cache_markers: Option<Vec<String>>,
    /// Ways to say that the artifact is not read again, in any case.
    pub reread_markers: Option<Vec<String>>,
}

/// A regular expression; one that cannot be read is refused with the configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern(pub Regex);

impl TryFrom<String> for Pattern {
    type Error = regex::Error;

    fn try_from(text: String) -> Result<Pattern, regex::Error> {
        Regex::new(&text).map(Pattern)
    }
}
